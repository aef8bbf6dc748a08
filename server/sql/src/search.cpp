// SPDX-License-Identifier: GPL-3.0-or-later
#include "search.h"

#include "searchwords.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <limits>

namespace graminsta::sql
{

using ports::SearchStep;
using ports::StatusSearch;

namespace
{

constexpr int kMostSought = 32; // words of the index that one query looks for
constexpr int kCounted = 1000;

// How many statuses have each word, the rarest first. What many have is not counted to its end.
const QByteArray kRarest = "SELECT w.value, (SELECT count(*) FROM"
                           " (SELECT 1 FROM search_words s WHERE s.word = w.value LIMIT ?2) c) AS number"
                           " FROM {rows-of-texts ?1 w} ORDER BY number, w.value LIMIT 1";
const QByteArray kCountOfAuthor = "SELECT count(*) FROM (SELECT 1 FROM statuses s WHERE s.account_id = ?1 LIMIT ?2) c";

// Where to look. Rows are compared as a whole, so that only the index that begins with the word can answer: by the
// index of statuses alone PostgreSQL might walk through all of them beside a word that few have.
const QByteArray kWithWord = "SELECT status_id FROM search_words WHERE (word, status_id) > (?1, ?2)"
                             " AND (word, status_id) < (?1, ?3) ORDER BY word DESC, status_id DESC LIMIT ?4";
const QByteArray kOfAuthor =
    "SELECT id FROM statuses WHERE account_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4";
const QByteArray kOfAll = "SELECT id FROM statuses WHERE id > ?2 AND id < ?3 AND id > ?1 ORDER BY id DESC LIMIT ?4";

// ?1 candidates, ?2 viewer, ?3 words and ?4 their number, ?5 words that must not be there, ?6 author or 0, ?7 other
// authors, ?8 media, ?9 link, ?10 sensitive, ?11 comment (-1: either), ?12 language or empty, ?13 whether only what is
// public, ?14 whether only what is the viewer's or marked by the viewer.
const QByteArray kFilter =
    "SELECT s.id FROM statuses s WHERE s.id {in ?1} AND s.reblog_of_id IS NULL"
    " AND (s.visibility = 0 OR (CAST(?13 AS bigint) = 0 AND (s.account_id = ?2 OR (s.visibility < 3 AND EXISTS"
    " (SELECT 1 FROM follows f WHERE f.follower_id = ?2 AND f.followed_id = s.account_id AND f.state = 0)))))"
    " AND (CAST(?6 AS bigint) = 0 OR s.account_id = ?6) AND NOT (s.account_id {in ?7})"
    " AND (CAST(?8 AS bigint) = -1 OR (CASE WHEN s.media_count > 0 THEN 1 ELSE 0 END) = ?8)"
    " AND (CAST(?9 AS bigint) = -1 OR (CASE WHEN s.text LIKE '%://%' THEN 1 ELSE 0 END) = ?9)"
    " AND (CAST(?10 AS bigint) = -1 OR s.sensitive = ?10) AND (CAST(?11 AS bigint) = -1 OR s.is_comment = ?11)"
    " AND (CAST(?12 AS text) = '' OR s.language = ?12)"
    " AND (SELECT count(*) FROM search_words a WHERE a.status_id = s.id AND a.word {in-texts ?3}) = ?4"
    " AND NOT EXISTS (SELECT 1 FROM search_words n WHERE n.status_id = s.id AND n.word {in-texts ?5})"
    " AND (CAST(?14 AS bigint) = 0 OR s.account_id = ?2"
    " OR EXISTS (SELECT 1 FROM favourites v WHERE v.account_id = ?2 AND v.status_id = s.id)"
    " OR EXISTS (SELECT 1 FROM bookmarks b WHERE b.account_id = ?2 AND b.status_id = s.id)"
    " OR EXISTS (SELECT 1 FROM statuses r WHERE r.reblog_of_id = s.id AND r.account_id = ?2))"
    " ORDER BY s.id DESC";

const QByteArray kTexts = "SELECT s.id, 0 AS part, s.text, s.spoiler_text FROM statuses s WHERE s.id {in ?1}"
                          " UNION ALL SELECT m.status_id, m.position + 1, m.description, '' FROM media m"
                          " WHERE m.status_id {in ?1} ORDER BY 1, 2";
const QByteArray kWords = "SELECT word FROM search_words WHERE status_id = ?1";
const QByteArray kRemove = "DELETE FROM search_words WHERE status_id = ?1 AND word {in-texts ?2}";
// WHERE true: or SQLite takes ON for the condition of a join.
const QByteArray kAdd = "INSERT INTO search_words (word, status_id) SELECT w.value, CAST(?2 AS bigint)"
                        " FROM {rows-of-texts ?1 w} WHERE true ON CONFLICT DO NOTHING";

const QByteArray kBacklog = "SELECT below FROM search_backlog WHERE id = 1 {for update}";
const QByteArray kWaiting = "SELECT id FROM statuses WHERE id < ?1 ORDER BY id DESC LIMIT ?2 {for update}";
const QByteArray kShorten = "UPDATE search_backlog SET below = ?1 WHERE id = 1";

const QByteArray kNextIndexed = "SELECT id FROM statuses WHERE id > ?1 AND id >= (SELECT CASE WHEN below > 0 THEN below"
                                " ELSE 0 END FROM search_backlog WHERE id = 1) ORDER BY id LIMIT 500";
const QByteArray kWordsOfMany = "SELECT status_id, word FROM search_words WHERE status_id {in ?1}";

StatusId idOf(const Row &row)
{
    return row.id<StatusId>(0);
}

int either(const std::optional<bool> &wanted)
{
    return wanted ? int(*wanted) : -1;
}

// A query in the words of the index.
struct Sought {
    QStringList wanted;
    QStringList unwanted;
    QList<SoughtPhrase> wantedPhrases; // that the index alone does not decide
    QList<SoughtPhrase> unwantedPhrases;
};

Sought soughtBy(const StatusSearch &search)
{
    Sought sought;
    for (const QString &text : search.wanted) {
        const SoughtPhrase phrase(text);
        sought.wanted += phrase.indexed();
        if (!phrase.isEmpty() && !phrase.isDecidedByIndex())
            sought.wantedPhrases.append(phrase);
    }
    for (const QString &text : search.unwanted) {
        const SoughtPhrase phrase(text);
        if (phrase.isEmpty())
            continue;
        if (phrase.isDecidedByIndex())
            sought.unwanted += phrase.indexed();
        else
            sought.unwantedPhrases.append(phrase);
    }
    sought.wanted.removeDuplicates();
    if (sought.wanted.size() > kMostSought)
        sought.wanted.resize(kMostSought);
    return sought;
}

bool hasPhrases(const Sought &sought, const QStringList &texts)
{
    const auto isIn = [&texts](const SoughtPhrase &phrase) { return phrase.isIn(texts); };
    return std::all_of(sought.wantedPhrases.cbegin(), sought.wantedPhrases.cend(), isIn)
        && std::none_of(sought.unwantedPhrases.cbegin(), sought.unwantedPhrases.cend(), isIn);
}

// Where to look, and its parameter.
struct Source {
    const QByteArray &sql;
    Binding of;
};

Result<Source> sourceOf(Executor &executor, const StatusSearch &search, const QStringList &words,
                        const Deadline &deadline)
{
    const bool hasAuthor = !search.author.isNull();
    if (words.isEmpty())
        return hasAuthor ? Source { kOfAuthor, toBinding(search.author) } : Source { kOfAll, toBinding(0) };
    if (words.size() == 1 && !hasAuthor)
        return Source { kWithWord, toBinding(words.first()) };
    struct Word {
        QString text;
        qint64 number = 0;
    };
    const std::optional<Word> rarest =
        GI_TRY(executor.first<Word>(kRarest, Bindings(words, kCounted), deadline, [](const Row &row) {
            return Word { row.text(0), row.integer(1) };
        }));
    if (hasAuthor) {
        const std::optional<qint64> ofAuthor =
            GI_TRY(executor.first<qint64>(kCountOfAuthor, Bindings(search.author, kCounted), deadline,
                                          [](const Row &row) { return row.integer(0); }));
        if (!rarest || !ofAuthor || *ofAuthor < rarest->number)
            return Source { kOfAuthor, toBinding(search.author) };
    }
    return Source { kWithWord, toBinding(rarest->text) };
}

QHash<StatusId, QStringList> groupedTexts(const QList<std::pair<StatusId, QStringList>> &rows)
{
    QHash<StatusId, QStringList> texts;
    for (const auto &[id, some] : rows)
        texts[id] += some;
    return texts;
}

std::pair<StatusId, QStringList> textRow(const Row &row)
{
    return { idOf(row), { row.text(2), row.text(3) } };
}

} // namespace

Result<SearchStep> SqlSearch::statuses(const StatusSearch &search, int candidates, const Deadline &deadline) const
{
    const Sought sought = soughtBy(search);
    if (sought.wanted.isEmpty() && !search.wanted.isEmpty())
        return SearchStep {};
    const qint64 below = search.below > 0 ? search.below : std::numeric_limits<qint64>::max();
    const Source source = GI_TRY(sourceOf(m_executor, search, sought.wanted, deadline));
    Bindings place;
    place.append(source.of);
    place.append(search.above);
    place.append(below);
    place.append(candidates);
    const QList<StatusId> looked = GI_TRY(m_executor.list<StatusId>(source.sql, place, deadline, idOf));
    if (looked.isEmpty())
        return SearchStep {};

    SearchStep step;
    step.oldest = looked.size() < candidates ? 0 : looked.last().number();
    step.found = GI_TRY(m_executor.list<StatusId>(
        kFilter,
        Bindings(looked, search.viewer, sought.wanted, sought.wanted.size(), sought.unwanted, search.author.number(),
                 search.notAuthors, either(search.hasMedia), either(search.hasLink), either(search.isSensitive),
                 either(search.isComment), search.language, search.onlyPublic, search.onlyLibrary),
        deadline, idOf));
    if (step.found.isEmpty() || (sought.wantedPhrases.isEmpty() && sought.unwantedPhrases.isEmpty()))
        return step;
    const QHash<StatusId, QStringList> texts = GI_TRY(textsOf(step.found, deadline));
    step.found.removeIf([&](StatusId id) { return !hasPhrases(sought, texts.value(id)); });
    return step;
}

Result<QHash<StatusId, QStringList>> SqlSearch::textsOf(const QList<StatusId> &ids, const Deadline &deadline) const
{
    return groupedTexts(
        GI_TRY((m_executor.list<std::pair<StatusId, QStringList>>(kTexts, Bindings(ids), deadline, textRow))));
}

Result<> SqlSearch::index(StatusId id)
{
    const QHash<StatusId, QStringList> texts = GI_TRY(textsOf({ id }, m_executor.deadline()));
    const QStringList words = indexedWordsOf(texts.value(id));
    const QList<QString> present = GI_TRY(m_executor.list<QString>(kWords, Bindings(id), m_executor.deadline(),
                                                                   [](const Row &row) { return row.text(0); }));
    const QSet<QString> before(present.cbegin(), present.cend());
    const QSet<QString> after(words.cbegin(), words.cend());
    const QStringList gone = QSet<QString>(before).subtract(after).values();
    if (!gone.isEmpty())
        GI_TRY(m_executor.change(kRemove, Bindings(id, gone)));
    return add(id, QSet<QString>(after).subtract(before).values());
}

Result<> SqlSearch::add(StatusId id, const QStringList &words)
{
    if (!words.isEmpty())
        GI_TRY(m_executor.change(kAdd, Bindings(words, id)));
    return {};
}

Result<bool> SqlSearch::indexBacklog(int most)
{
    const Deadline &deadline = m_executor.deadline();
    const qint64 below = GI_TRY(m_executor.first<qint64>(kBacklog, Bindings(), deadline, [](const Row &row) {
                             return row.integer(0);
                         })).value_or(0);
    if (below == 0)
        return false;
    // Locked: an edit at the same time would leave the words of what was read before it.
    const QList<StatusId> ids = GI_TRY(m_executor.list<StatusId>(kWaiting, Bindings(below, most), deadline, idOf));
    const QHash<StatusId, QStringList> texts = GI_TRY(textsOf(ids, deadline));
    for (const StatusId id : ids)
        GI_TRY(add(id, indexedWordsOf(texts.value(id))));
    const bool isLast = ids.size() < most;
    GI_TRY(m_executor.change(kShorten, Bindings(isLast ? 0 : ids.last().number())));
    return !isLast;
}

Result<> findUnindexed(Connection &connection, int most, const Deadline &deadline, QStringList &damage)
{
    int lines = 0;
    for (qint64 after = 0; lines < most;) {
        QList<qint64> ids;
        GI_TRY(connection.run(kNextIndexed, Bindings(after), deadline,
                              [&ids](const Row &row) { ids.append(row.integer(0)); }));
        if (ids.isEmpty())
            return {};
        after = ids.last();
        QList<std::pair<StatusId, QStringList>> rows;
        GI_TRY(connection.run(kTexts, Bindings(ids), deadline, [&rows](const Row &row) { rows.append(textRow(row)); }));
        QHash<StatusId, QSet<QString>> indexed;
        GI_TRY(connection.run(kWordsOfMany, Bindings(ids), deadline,
                              [&indexed](const Row &row) { indexed[idOf(row)].insert(row.text(1)); }));
        const QHash<StatusId, QStringList> texts = groupedTexts(rows);
        for (auto text = texts.cbegin(); text != texts.cend() && lines < most; ++text) {
            const QStringList words = indexedWordsOf(text.value());
            if (QSet<QString>(words.cbegin(), words.cend()) == indexed.value(text.key()))
                continue;
            damage.append(QStringLiteral("the words of status %1 are not those of its texts").arg(text.key().number()));
            ++lines;
        }
    }
    return {};
}

} // namespace graminsta::sql
