// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/sql/seed.h>

#include "blobs.h"
#include "bulkinsert.h"
#include "sqlaccess.h"
#include "textcolumns.h"

#include <graminsta/core/idgenerator.h>

#include <QSet>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace graminsta::sql
{

using entities::MediaAttachment;

namespace
{

constexpr int kPerTransaction = 5'000;
constexpr std::chrono::hours kLimit { 24 };
// Most worlds are not made to be searched: the server that is started on one does it beside its work.
const QByteArray kWaitForWords =
    "UPDATE search_backlog SET below = (SELECT coalesce(max(id) + 1, 0) FROM statuses) WHERE id = 1";
constexpr Timestamp kBegin = fromUnixMs(1'735'689'600'000); // 2025-01-01
constexpr std::chrono::hours kSpan { 24 * 365 };

const QStringList &subjects()
{
    static const QStringList words { QStringLiteral("sunset"), QStringLiteral("coffee"),  QStringLiteral("forest"),
                                     QStringLiteral("city"),   QStringLiteral("cat"),     QStringLiteral("sea"),
                                     QStringLiteral("bread"),  QStringLiteral("bicycle"), QStringLiteral("garden") };
    return words;
}

QList<MediaAttachment> someOrDefault(QList<MediaAttachment> pictures)
{
    if (!pictures.isEmpty())
        return pictures;
    MediaAttachment picture;
    picture.blurhash = QStringLiteral("LEHV6nWB2yk8pyo0adR*.7kCMdnj");
    picture.originalMimeType = QStringLiteral("image/jpeg");
    picture.originalBytes = 3'000'000;
    picture.width = 4000;
    picture.height = 3000;
    const QString name = QString(64, QLatin1Char('0')) + QStringLiteral(".jpg");
    picture.originalKey = name;
    picture.variants = { { entities::VariantSize::Grid, name, picture.originalMimeType, 320, 240, 20'000 },
                         { entities::VariantSize::Feed, name, picture.originalMimeType, 1080, 810, 200'000 },
                         { entities::VariantSize::Full, name, picture.originalMimeType, 4000, 3000, 2'000'000 } };
    return { picture };
}

class Seeder
{
public:
    Seeder(SqlDatabase &database, const SeedOptions &options, const SeedProgress &progress);

    Result<> run();

private:
    using Step = std::function<Result<>(Transaction &, int)>;

    [[nodiscard]] Result<> checkEmpty();
    // Runs `step` for 0..count-1, many in one transaction, and `flush` at the end of each.
    [[nodiscard]] Result<> inBatches(int count, const Step &step, const std::vector<BulkInsert *> &inserts);
    [[nodiscard]] Result<> addAccount(Transaction &transaction, int index);
    [[nodiscard]] Result<> addFollows(Transaction &transaction, int index);
    [[nodiscard]] Result<> addStatus(Transaction &transaction, int index);
    [[nodiscard]] Result<> countEverything();

    [[nodiscard]] bool isSparse(int index) const;
    // Few are drawn often and most rarely: the density falls with the index.
    [[nodiscard]] int drawPopular();
    [[nodiscard]] int drawBelow(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }
    // Ids tell the time, as the server's own: spread over the span, in order.
    [[nodiscard]] qint64 statusId(int index) const;
    [[nodiscard]] static qint64 accountId(int index) { return firstIdAt(kBegin) - 1'000'000'000 + index; }

    SqlDatabase &m_database;
    const SeedOptions m_options;
    const SeedProgress m_progress;
    const QList<MediaAttachment> m_pictures;
    std::mt19937 m_random;
    qint64 m_done = 0;
    qint64 m_total = 0;
    qint64 m_follows = 0;

    BulkInsert m_insertAccount { "accounts (id, username, username_folded, display_name, display_name_folded, note,"
                                 " avatar_key, header_key, fields, locked, bot, discoverable, created_at,"
                                 " followers_count, following_count, statuses_count)",
                                 16 };
    BulkInsert m_insertUser { "users (account_id, email, email_folded, password_hash, role, locale,"
                              " default_visibility, default_sensitive, default_language, created_at)",
                              10 };
    BulkInsert m_insertFollow { "follows (id, follower_id, followed_id, state, show_reblogs, notify, created_at)", 7 };
    BulkInsert m_insertStatus { "statuses (id, account_id, text, spoiler_text, sensitive, visibility, language,"
                                " is_comment, tags, mentions, media_count, favourites_count, replies_count,"
                                " created_at)",
                                14 };
    BulkInsert m_insertTag { "status_tags (tag, status_id)", 2 };
    BulkInsert m_insertMedia { "media (id, account_id, status_id, position, state, failure, description, focus_x,"
                               " focus_y, blurhash, original_key, original_mime_type, original_bytes, width, height,"
                               " variants, created_at, published, counted)",
                               19 };
};

Seeder::Seeder(SqlDatabase &database, const SeedOptions &options, const SeedProgress &progress)
    : m_database(database)
    , m_options(options)
    , m_progress(progress)
    , m_pictures(someOrDefault(options.pictures))
    , m_random(options.randomSeed)
    , m_total(qint64 { options.accounts } * 2 + options.statuses)
{
}

Result<> Seeder::run()
{
    GI_TRY(checkEmpty());
    GI_TRY(inBatches(m_options.accounts,
                     [this](Transaction &transaction, int index) { return addAccount(transaction, index); },
                     { &m_insertAccount, &m_insertUser }));
    GI_TRY(inBatches(m_options.accounts,
                     [this](Transaction &transaction, int index) { return addFollows(transaction, index); },
                     { &m_insertFollow }));
    GI_TRY(inBatches(m_options.statuses,
                     [this](Transaction &transaction, int index) { return addStatus(transaction, index); },
                     { &m_insertStatus, &m_insertTag, &m_insertMedia }));
    return countEverything();
}

Result<> Seeder::checkEmpty()
{
    const Result<entities::Account> owner = m_database.accounts().owner(Deadline::after(kLimit));
    if (owner)
        return makeError(Fault::Conflict, QStringLiteral("Only an empty database can be seeded; this has accounts"));
    if (owner.error().fault != Fault::NotFound)
        return owner.error();
    return {};
}

Result<> Seeder::inBatches(int count, const Step &step, const std::vector<BulkInsert *> &inserts)
{
    for (int begin = 0; begin < count; begin += kPerTransaction) {
        const int end = std::min(count, begin + kPerTransaction);
        GI_TRY(
            SqlAccess::transactions(m_database).run(Deadline::after(kLimit), [&](Transaction &transaction) -> Result<> {
                for (int index = begin; index < end; ++index)
                    GI_TRY(step(transaction, index));
                for (BulkInsert *insert : inserts)
                    GI_TRY(insert->flush(transaction));
                return {};
            }));
        m_done += end - begin;
        if (m_progress)
            m_progress(m_done, m_total);
    }
    return {};
}

Result<> Seeder::addAccount(Transaction &transaction, int index)
{
    const QString username = QStringLiteral("user%1").arg(index + 1);
    const QString name = QStringLiteral("User %1").arg(index + 1);
    const QString email = username + QStringLiteral("@example.org");
    const entities::Role role = index == 0 ? entities::Role::Owner : entities::Role::User;
    GI_TRY(m_insertAccount.add(transaction, accountId(index), username, username, name, folded(name),
                               QStringLiteral("Made by the seed, for measuring."), QString(), QString(), QString(), 0,
                               0, 1, kBegin, 0, 0, 0));
    return m_insertUser.add(transaction, accountId(index), email, email, m_options.passwordHash, role,
                            QStringLiteral("en"), 0, 0, QStringLiteral("en"), kBegin);
}

bool Seeder::isSparse(int index) const
{
    const int every = m_options.sparseShare > 0 ? std::max(1, int(std::lround(1 / m_options.sparseShare))) : 0;
    return every > 0 && index % every == every - 1;
}

int Seeder::drawPopular()
{
    // A power law: the share of the first x of all is the cube root of x.
    const double share = std::uniform_real_distribution<double>(0, 1)(m_random);
    return std::min(int(share * share * share * m_options.accounts), m_options.accounts - 1);
}

Result<> Seeder::addFollows(Transaction &transaction, int index)
{
    const int others = m_options.accounts - 1;
    const int wanted = std::min(isSparse(index) ? 3 : m_options.followsPerAccount, others);
    QSet<int> followed { index };
    while (followed.size() <= wanted) {
        // The last half of the accounts posts rarely. Half of what others follow is by interest, not by fame.
        int candidate = drawBelow(m_options.accounts);
        if (isSparse(index))
            candidate = m_options.accounts / 2 + drawBelow(m_options.accounts - m_options.accounts / 2);
        else if (drawBelow(2) == 0)
            candidate = drawPopular();
        // A small world may hold too few of a kind.
        while (followed.contains(candidate))
            candidate = (candidate + 1) % m_options.accounts;
        followed.insert(candidate);
        GI_TRY(m_insertFollow.add(transaction, firstIdAt(kBegin) + m_follows++, accountId(index), accountId(candidate),
                                  0, 1, 0, kBegin));
    }
    return {};
}

qint64 Seeder::statusId(int index) const
{
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(kSpan);
    const auto offset = std::chrono::milliseconds { span.count() * index / std::max(m_options.statuses, 1) };
    return firstIdAt(kBegin + offset) + index % 4096;
}

Result<> Seeder::addStatus(Transaction &transaction, int index)
{
    const qint64 id = statusId(index);
    const qint64 author = accountId(drawPopular());
    const Timestamp time = idTime(id);
    const int kind = drawBelow(20); // of twenty one is for followers only and one not listed
    const entities::Visibility visibility = kind == 0 ? entities::Visibility::Private
        : kind == 1                                   ? entities::Visibility::Unlisted
                                                      : entities::Visibility::Public;
    const QString subject = subjects().at(drawBelow(int(subjects().size())));
    GI_TRY(m_insertStatus.add(transaction, id, author,
                              QStringLiteral("A %1 this morning, before everybody else was up. #%1").arg(subject),
                              QString(), 0, visibility, QStringLiteral("en"), 0, packTexts({ subject }), QString(),
                              m_options.mediaPerStatus, 0, 0, time));
    GI_TRY(m_insertTag.add(transaction, subject, id));
    for (int position = 0; position < m_options.mediaPerStatus; ++position) {
        const MediaAttachment &picture = m_pictures.at((index + position) % m_pictures.size());
        GI_TRY(m_insertMedia.add(transaction, qint64 { index } * m_options.mediaPerStatus + position + 1, author, id,
                                 position, entities::MediaState::Ready, QString(),
                                 QStringLiteral("A photo of a %1").arg(subject), picture.focus.x, picture.focus.y,
                                 picture.blurhash, picture.originalKey, picture.originalMimeType, picture.originalBytes,
                                 picture.width, picture.height, packVariants(picture.variants), time,
                                 visibility != entities::Visibility::Private, 1));
    }
    return {};
}

Result<> Seeder::countEverything()
{
    static const QByteArray sql =
        "UPDATE accounts SET"
        " followers_count = (SELECT count(*) FROM follows f WHERE f.followed_id = accounts.id),"
        " following_count = (SELECT count(*) FROM follows f WHERE f.follower_id = accounts.id),"
        " statuses_count = (SELECT count(*) FROM statuses s WHERE s.account_id = accounts.id),"
        " last_status_id = (SELECT max(s.id) FROM statuses s WHERE s.home_account_id = accounts.id)";
    static const QByteArray bytesSql =
        "UPDATE users SET media_bytes ="
        " coalesce((SELECT sum(m.original_bytes) FROM media m WHERE m.account_id = users.account_id), 0)";
    // The same few pictures over and over.
    static const QByteArray namesSql = "SELECT original_key, variants, count(*), sum(published) FROM media"
                                       " GROUP BY original_key, variants";
    static const QByteArray blobsSql =
        "INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at) VALUES (?1, ?2, ?3, 0, 0, 0)"
        " ON CONFLICT (area, name) DO UPDATE SET refs = blobs.refs + excluded.refs";
    return SqlAccess::transactions(m_database).run(Deadline::after(kLimit), [](Transaction &transaction) -> Result<> {
        struct Uses {
            ports::MediaArea area;
            QString name;
            qint64 number;
        };
        QList<Uses> uses;
        GI_TRY(transaction.query(namesSql, Bindings(), transaction.deadline(), [&uses](const Row &row) {
            uses.append({ ports::MediaArea::Private, row.text(0), row.integer(2) });
            for (const QString &name : pictureNames(unpackVariants(row.utf8(1)))) {
                uses.append({ ports::MediaArea::Restricted, name, row.integer(2) });
                uses.append({ ports::MediaArea::Public, name, row.integer(3) });
            }
        }));
        for (const Uses &one : std::as_const(uses)) {
            if (one.number > 0)
                GI_TRY(transaction.change(blobsSql, Bindings(one.area, one.name, one.number), {}));
        }
        GI_TRY(transaction.change(sql, Bindings(), {}));
        GI_TRY(transaction.change(kWaitForWords, Bindings(), {}));
        GI_TRY(transaction.change(bytesSql, Bindings(), {}));
        // Without numbers about the tables both would plan blindly until they gather them by themselves.
        GI_TRY(transaction.change("ANALYZE", Bindings(), {}));
        return {};
    });
}

} // namespace

Result<> seed(SqlDatabase &database, const SeedOptions &options, const SeedProgress &progress)
{
    if (options.accounts < 1 || options.statuses < 0 || options.followsPerAccount < 0 || options.mediaPerStatus < 0)
        return makeError(Fault::Invalid, QStringLiteral("A world needs an account, and no number can be negative"));
    return Seeder(database, options, progress).run();
}

} // namespace graminsta::sql
