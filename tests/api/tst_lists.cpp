// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every list, whatever happens between its pages: each entry once, in order, with every filter kept.
// The pages' lengths and what arrives are random; GRAMINSTA_SEED repeats a run.
// https://docs.joinmastodon.org/api/guidelines/#pagination
#include "crowd.h"
#include "suites.h"

#include <QRandomGenerator>
#include <QUrlQuery>

#include <algorithm>
#include <functional>

namespace graminsta::api_test
{

using rig::HttpReply;

namespace
{

constexpr int kMostPages = 400;
constexpr int kMostArrivals = 3; // in one walk: there are that many spares for each

using Items = QList<std::pair<QString, QString>>;

// The parameters but for the bounds of the page.
Items filtersOf(const QByteArray &target)
{
    Items items = QUrlQuery(QUrl::fromEncoded(target)).queryItems(QUrl::FullyDecoded);
    items.removeIf([](const std::pair<QString, QString> &item) {
        return item.first == QLatin1String("max_id") || item.first == QLatin1String("min_id")
            || item.first == QLatin1String("since_id");
    });
    std::sort(items.begin(), items.end());
    return items;
}

QStringList entriesOf(const HttpReply &reply)
{
    QStringList found;
    for (const QJsonValue &entry : reply.array())
        found.append(
            entry[entry[QLatin1String("history")].isArray() ? QLatin1String("name") : QLatin1String("id")].toString());
    return found;
}

QStringList common(const QStringList &list, const QStringList &known)
{
    QStringList found;
    for (const QString &entry : list) {
        if (known.contains(entry))
            found.append(entry);
    }
    return found;
}

} // namespace

class tst_Lists : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void init();
    void givesEachOnceGoingDownWhileMoreArrive_data() { addLists(); }
    void givesEachOnceGoingDownWhileMoreArrive();
    void givesEachOnceGoingUpWhileMoreArrive_data() { addLists(); }
    void givesEachOnceGoingUpWhileMoreArrive();
    void takesItsOwnIdsAsBounds_data() { addLists(); }
    void takesItsOwnIdsAsBounds();
    void leadsOnFromPagesOfWhatIsHidden_data();
    void leadsOnFromPagesOfWhatIsHidden();

private:
    enum Trait { Plain = 0, OwnIds = 1, Shared = 2 };
    struct List {
        const char *name;
        const Person *viewer;
        QByteArray target;
        std::function<QStringList()> expected;
        std::function<void()> arrive;
        int traits = Plain; // OwnIds: bounds are ids of entries; Shared: has others' entries too
    };

    void addLists() const
    {
        QTest::addColumn<qsizetype>("index");
        for (qsizetype i = 0; i < m_lists.size(); ++i)
            QTest::newRow(m_lists[i].name) << i;
    }
    void describePosts();
    void describePeople();
    [[nodiscard]] int random(int from, int to) { return m_random.bounded(from, to + 1); }
    [[nodiscard]] const Person &someFan() { return m->fans.at(std::size_t(random(0, Crowd::kFans - 1))); }
    // Who has not yet done it; the same ones for each thing to do.
    [[nodiscard]] const Person *nextSpare(const char *forWhat);
    void act(const Person &who, const QByteArray &target) const { GI_STATUS(w.client(who).post(target), 200); }
    // Something new in the list, one time in two.
    void perhapsArrive(const List &list);
    [[nodiscard]] QByteArray withLimit(const QByteArray &target, int limit) const
    {
        return target + (target.contains('?') ? '&' : '?') + "limit=" + QByteArray::number(limit);
    }
    void checkFilters(const HttpReply &reply, const QByteArray &asked) const;
    // Everything below what `target` gives first, and the last page's link to the one above it.
    void walkDown(const List &list, const QByteArray &target, QStringList &found, QByteArray *up, bool arrivals);

    Crowd *m = nullptr;
    QList<List> m_lists;
    QHash<QByteArray, int> m_used; // spares by what they have done
    QStringList m_told; // the author's notifications that have arrived
    QRandomGenerator m_random;
    int m_arrivals = 0;
};

void tst_Lists::initTestCase()
{
    bool given = false;
    quint32 seed = qEnvironmentVariable("GRAMINSTA_SEED").toUInt(&given);
    if (!given)
        seed = QRandomGenerator::global()->generate();
    m_random.seed(seed);
    qInfo("GRAMINSTA_SEED=%u", seed);
    m = &crowdOf(w);
    QCOMPARE(int(m->fans.size()), Crowd::kFans);
    describePosts();
    describePeople();
}

void tst_Lists::init()
{
    m_arrivals = 0;
}

const Person *tst_Lists::nextSpare(const char *forWhat)
{
    const std::size_t used = std::size_t(m_used[forWhat]++);
    return used < m->spares.size() ? &m->spares[used] : nullptr;
}

void tst_Lists::describePosts()
{
    const auto fanPosts = [this](const QString &text) { return postAsFan(w, *m, someFan(), text); };
    const QString tagText = QStringLiteral("hello #") + m->tag;
    const QString naming = QStringLiteral("hello @") + m->author.username;
    const auto marks = [=, this](const QByteArray &how, QStringList *list) {
        const QString post = fanPosts(QStringLiteral("mark me"));
        act(m->author, "/api/v1/statuses/" + post.toUtf8() + how);
        list->prepend(post);
    };
    static QStringList liked;
    static QStringList kept;
    liked = kept = m->marked;
    const QByteArray author = "/api/v1/accounts/" + m->author.id.toUtf8();
    const QByteArray tag = m->tag.toUtf8();
    m_lists += {
        { "home", &m->author, "/api/v1/timelines/home", [this] { return m->home; },
          [=] { fanPosts(QStringLiteral("hello")); }, OwnIds },
        { "public", &m->recluse, "/api/v1/timelines/public?local=true&only_media=false", [] { return QStringList(); },
          [=] { fanPosts(QStringLiteral("hello")); }, OwnIds | Shared },
        { "tag", &m->author, "/api/v1/timelines/tag/" + tag + "?local=true&all[]=" + tag, [this] { return m->tagged; },
          [=] { fanPosts(tagText); }, OwnIds },
        { "account", &m->locked, author + "/statuses?exclude_replies=true&exclude_reblogs=1", [this] { return m->own; },
          [this] { postAsAuthor(w, *m); }, OwnIds },
        { "account, tagged", &m->locked, author + "/statuses?tagged=" + tag,
          [this] { return m->own.mid(0, m->own.size() - 1); }, [this] { postAsAuthor(w, *m); }, OwnIds },
        { "favourites", &m->author, "/api/v1/favourites", [] { return liked; }, [=] { marks("/favourite", &liked); } },
        { "bookmarks", &m->author, "/api/v1/bookmarks", [] { return kept; }, [=] { marks("/bookmark", &kept); } },
        { "notifications", &m->author, "/api/v1/notifications?types[]=mention&types[]=favourite",
          [this] {
              QStringList all;
              walkDown(m_lists[7], m_lists[7].target + "&limit=80", all, nullptr, false);
              return all;
          },
          [=] { fanPosts(naming); }, OwnIds },
    };
    // Others' posts are there too, older ones for certain.
    m_lists[1].viewer = &m->author;
    m_lists[1].expected = [this] { return m->top; };
}

void tst_Lists::describePeople()
{
    const auto people = [this](const char *name, const Person *viewer, const QByteArray &target, const QByteArray &deed,
                               bool bySpare) {
        const auto list = std::make_shared<QStringList>(m->fanIds);
        const auto arrive = [=, this] {
            const Person *spare = nextSpare(name);
            if (!spare)
                return;
            QByteArray path = deed;
            path.replace("{spare}", spare->id.toUtf8());
            act(bySpare ? *spare : *viewer, path);
            list->prepend(spare->id);
        };
        m_lists.append({ name, viewer, target, [list] { return *list; }, arrive });
    };
    const QByteArray author = "/api/v1/accounts/" + m->author.id.toUtf8();
    const QByteArray locked = "/api/v1/accounts/" + m->locked.id.toUtf8();
    const QByteArray star = "/api/v1/statuses/" + m->star.toUtf8();
    people("followers", &m->author, author + "/followers", author + "/follow", true);
    people("following", &m->author, author + "/following", "/api/v1/accounts/{spare}/follow?reblogs=false", false);
    people("follow requests", &m->locked, "/api/v1/follow_requests", locked + "/follow", true);
    people("blocks", &m->recluse, "/api/v1/blocks", "/api/v1/accounts/{spare}/block", false);
    people("mutes", &m->recluse, "/api/v1/mutes", "/api/v1/accounts/{spare}/mute", false);
    people("favourited by", &m->author, star + "/favourited_by", star + "/favourite", true);
    people("reblogged by", &m->author, star + "/reblogged_by", star + "/reblog", true);
    m_lists.append({ "followed tags", &m->author, "/api/v1/followed_tags", [this] { return m->tags; },
                     [this] {
                         const QString name = w.freshName();
                         act(m->author, "/api/v1/tags/" + name.toUtf8() + "/follow");
                         m->tags.prepend(name);
                     } });
}

void tst_Lists::perhapsArrive(const List &list)
{
    if (m_arrivals >= kMostArrivals || random(0, 1) == 0)
        return;
    ++m_arrivals;
    list.arrive();
}

void tst_Lists::checkFilters(const HttpReply &reply, const QByteArray &asked) const
{
    for (const char *relation : { "next", "prev" }) {
        const QByteArray link = reply.link(relation);
        if (!link.isEmpty())
            QVERIFY2(filtersOf(link) == filtersOf(asked), link + " does not keep what is in " + asked);
    }
}

void tst_Lists::walkDown(const List &list, const QByteArray &target, QStringList &found, QByteArray *up, bool arrivals)
{
    QByteArray next = target;
    QByteArray last;
    for (int page = 0; page < kMostPages && !next.isEmpty(); ++page) {
        const HttpReply reply = w.client(*list.viewer).get(next);
        GI_STATUS(reply, 200);
        checkFilters(reply, target);
        found += entriesOf(reply);
        next = reply.link("next");
        if (!reply.link("prev").isEmpty())
            last = reply.link("prev");
        if (arrivals)
            perhapsArrive(list);
        if ((list.traits & Shared) && found.contains(m->star))
            break;
    }
    if (up)
        *up = last;
}

void tst_Lists::givesEachOnceGoingDownWhileMoreArrive()
{
    QFETCH(qsizetype, index);
    const List &list = m_lists.at(index);
    for (const int limit : { random(2, 5), random(6, 20), random(21, 39), 40 }) {
        m_arrivals = 0;
        const QStringList known = list.expected();
        QStringList found;
        walkDown(list, withLimit(list.target, limit), found, nullptr, limit < 40);
        if (list.traits & OwnIds) {
            for (qsizetype i = 1; i < found.size(); ++i)
                QVERIFY2(found[i - 1].toLongLong() > found[i].toLongLong(), qPrintable(found[i]));
        }
        if (list.traits & Shared) {
            QCOMPARE(QSet<QString>(found.begin(), found.end()).size(), found.size());
            found = common(found, known);
        }
        QVERIFY2(found == known,
                 qPrintable(QStringLiteral("limit=%1: %2 entries instead of %3:\n%4\n%5")
                                .arg(limit)
                                .arg(found.size())
                                .arg(known.size())
                                .arg(found.join(QLatin1Char(' ')), known.join(QLatin1Char(' ')))));
    }
}

void tst_Lists::givesEachOnceGoingUpWhileMoreArrive()
{
    QFETCH(qsizetype, index);
    const List &list = m_lists.at(index);
    if (list.traits & Shared)
        return; // its end is others': see takesItsOwnIdsAsBounds
    const int limit = random(3, 9);
    QStringList all;
    QByteArray up;
    walkDown(list, withLimit(list.target, limit), all, &up, false);
    // Of the lowest page, which the link leads away from.
    const qsizetype lowest = all.size() % limit == 0 ? limit : all.size() % limit;
    QStringList found = all.mid(all.size() - lowest);
    for (int page = 0; page < kMostPages && !up.isEmpty(); ++page) {
        const HttpReply reply = w.client(*list.viewer).get(up);
        GI_STATUS(reply, 200);
        if (reply.array().isEmpty())
            break;
        found = entriesOf(reply) + found;
        up = reply.link("prev");
        perhapsArrive(list);
    }
    QCOMPARE(found, list.expected());
}

void tst_Lists::takesItsOwnIdsAsBounds()
{
    QFETCH(qsizetype, index);
    const List &list = m_lists.at(index);
    if (!(list.traits & OwnIds))
        return; // Its bounds are not for clients to know: they are in the links alone.
    const QStringList known = list.expected();
    const qsizetype middle = random(20, 30);
    const QByteArray bound = known[middle].toUtf8();
    const int limit = random(2, 9);
    const QByteArray target = withLimit(list.target, limit);
    const auto get = [&](const QByteArray &bounds) {
        return common(entriesOf(w.client(*list.viewer).get(target + bounds)), known);
    };
    QCOMPARE(get("&max_id=" + bound), known.mid(middle + 1, limit));
    QCOMPARE(get("&since_id=" + bound), known.mid(0, limit));
    QCOMPARE(get("&min_id=" + bound), known.mid(middle - limit, limit));
    QCOMPARE(get("&since_id=" + bound + "&max_id=" + known[middle - limit - 1].toUtf8()),
             known.mid(middle - limit, limit));

    QStringList down;
    QStringList up;
    QByteArray above;
    while (true) {
        const QStringList page = get("&since_id=" + bound + above);
        if (page.isEmpty())
            break;
        down += page;
        above = "&max_id=" + page.last().toUtf8();
    }
    QCOMPARE(down, known.mid(0, middle));
    QByteArray below = bound;
    while (true) {
        const QStringList page = get("&min_id=" + below);
        if (page.isEmpty())
            break;
        up = page + up;
        below = page.first().toUtf8();
    }
    QCOMPARE(up, known.mid(0, middle));
}

void tst_Lists::leadsOnFromPagesOfWhatIsHidden_data()
{
    QTest::addColumn<QByteArray>("target");
    const QByteArray author = "/api/v1/accounts/" + m->author.id.toUtf8();
    const QByteArray star = "/api/v1/statuses/" + m->star.toUtf8();
    QTest::newRow("tag") << QByteArray("/api/v1/timelines/tag/" + m->tag.toUtf8());
    QTest::newRow("favourited by") << star + "/favourited_by";
    QTest::newRow("reblogged by") << star + "/reblogged_by";
    QTest::newRow("followers") << author + "/followers";
    QTest::newRow("following") << author + "/following";
}

void tst_Lists::leadsOnFromPagesOfWhatIsHidden()
{
    QFETCH(QByteArray, target);
    static Person watcher;
    if (watcher.id.isEmpty()) {
        watcher = w.person();
        for (std::size_t i = 8; i < 20; ++i)
            act(watcher, "/api/v1/accounts/" + m->fans[i].id.toUtf8() + "/block");
    }
    QStringList hidden;
    for (std::size_t i = 8; i < 20; ++i)
        hidden.append(m->fans[i].id);
    const List open { "", &m->author, target, {}, {} };
    const List partly { "", &watcher, target, {}, {} };
    QStringList all;
    walkDown(open, withLimit(target, 40), all, nullptr, false);
    QStringList shown;
    QStringList people;
    QByteArray next = withLimit(target, 3);
    for (int page = 0; page < kMostPages && !next.isEmpty(); ++page) {
        const HttpReply reply = w.client(watcher).get(next);
        GI_STATUS(reply, 200);
        for (const QJsonValue &entry : reply.array()) {
            shown.append(entry[QLatin1String("id")].toString());
            const QJsonValue by = entry[QLatin1String("account")];
            people.append((by.isObject() ? by : entry)[QLatin1String("id")].toString());
        }
        next = reply.link("next");
    }
    QCOMPARE(shown, common(all, shown)); // in order, each once
    QVERIFY(common(people, hidden).isEmpty());
    QVERIFY2(shown.size() < all.size() && shown.size() >= all.size() - 2 * hidden.size(),
             QByteArray::number(shown.size()));
    QCOMPARE(people.last(), m->fans[0].id); // below all that is hidden
}

SuitePointer makeListsSuite(World &world)
{
    return std::make_unique<tst_Lists>(world);
}

} // namespace graminsta::api_test

#include "tst_lists.moc"
