// SPDX-License-Identifier: GPL-3.0-or-later
// The home timeline on both databases, against the plain definition of what it is.
#include "testdatabase.h"

#include <graminsta/sql/querycounter.h>

#include <QRandomGenerator>
#include <QSet>

using namespace graminsta;
using namespace graminsta::test;
using entities::Page;
using entities::PageRequest;
using entities::Status;
using entities::Visibility;

class tst_SqlHome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsPostsOfTheViewerAndTheFollowedOnly_data() { addDatabaseRows(); }
    void showsPostsOfTheViewerAndTheFollowedOnly();
    void equalsTheDefinitionOnRandomGraphs_data() { addDatabaseRows(); }
    void equalsTheDefinitionOnRandomGraphs();
    void followsDeletionsAndCommentsThatLostTheirParent_data() { addDatabaseRows(); }
    void followsDeletionsAndCommentsThatLostTheirParent();
    void costsOneQuery_data() { addDatabaseRows(); }
    void costsOneQuery();
};

namespace
{

QList<qint64> numbersOf(const QList<StatusId> &ids)
{
    QList<qint64> numbers;
    for (const StatusId id : ids)
        numbers.append(id.number());
    return numbers;
}

// What a page is, said plainly: `all` in any order.
QList<qint64> expectedPage(QList<qint64> all, const PageRequest &page)
{
    std::sort(all.begin(), all.end(), std::greater<>());
    QList<qint64> within;
    for (const qint64 id : all) {
        if ((page.maxId == 0 || id < page.maxId) && id > std::max(page.sinceId, page.minId))
            within.append(id);
    }
    return page.minId > 0 ? within.last(std::min<qsizetype>(page.limit, within.size())) : within.mid(0, page.limit);
}

// A small world: some post all the time, most rarely or never.
struct World {
    QList<AccountId> accounts;
    QList<Status> statuses;
    QHash<AccountId, QSet<AccountId>> follows;
    QHash<AccountId, QSet<AccountId>> withoutReblogs; // of those

    [[nodiscard]] QList<qint64> homeOf(AccountId viewer) const
    {
        QList<qint64> ids;
        for (const Status &status : statuses) {
            const bool isPost = status.inReplyToId.isNull() && status.visibility != Visibility::Direct;
            const bool isHidden = status.isReblog() && withoutReblogs.value(viewer).contains(status.accountId);
            if (isPost && !isHidden && (status.accountId == viewer || follows.value(viewer).contains(status.accountId)))
                ids.append(status.id.number());
        }
        return ids;
    }
};

World makeWorld(TestDatabase &database, QRandomGenerator &random, int accountCount, int statusCount)
{
    World world;
    for (int index = 0; index < accountCount; ++index)
        world.accounts.append(database.addAccount(QStringLiteral("account%1").arg(index)).id);
    for (const AccountId follower : std::as_const(world.accounts)) {
        const int wanted = random.bounded(3) == 0 ? random.bounded(3) : random.bounded(accountCount);
        QSet<AccountId> met { follower };
        for (int count = 0; count < wanted; ++count) {
            const AccountId followed = world.accounts.at(random.bounded(accountCount));
            if (met.contains(followed))
                continue;
            met.insert(followed);
            const bool isAccepted = random.bounded(10) > 0;
            const bool showReblogs = random.bounded(3) > 0;
            database.follow(follower, followed,
                            isAccepted ? ports::FollowState::Accepted : ports::FollowState::Requested, showReblogs);
            if (isAccepted)
                world.follows[follower].insert(followed);
            if (!showReblogs)
                world.withoutReblogs[follower].insert(followed);
        }
    }
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int index = 0; index < statusCount; ++index) {
            // The cube of an even share: a few authors make most of it.
            const double share = random.generateDouble();
            Status status = database.draft(world.accounts.at(int(share * share * share * accountCount)));
            status.visibility = static_cast<Visibility>(random.bounded(4));
            if (!world.statuses.isEmpty() && random.bounded(5) == 0) {
                const Status &parent = world.statuses.at(random.bounded(int(world.statuses.size())));
                status.inReplyToId = parent.id;
                status.inReplyToAccountId = parent.accountId;
            } else if (!world.statuses.isEmpty() && random.bounded(3) == 0) {
                const Status &original = world.statuses.at(random.bounded(int(world.statuses.size())));
                const bool isFree =
                    std::none_of(world.statuses.cbegin(), world.statuses.cend(), [&](const Status &other) {
                        return other.reblogOfId == original.id && other.accountId == status.accountId;
                    });
                if (isFree && !original.isReblog())
                    status.reblogOfId = original.id;
            }
            GI_TRY(writers.statuses.insert(status));
            GI_TRY(writers.accounts.refreshLastStatus(status.accountId));
            world.statuses.append(status);
        }
        return {};
    });
    return world;
}

} // namespace

void tst_SqlHome::showsPostsOfTheViewerAndTheFollowedOnly()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId viewer = database.addAccount(QStringLiteral("viewer")).id;
    const AccountId friendId = database.addAccount(QStringLiteral("friend")).id;
    const AccountId asked = database.addAccount(QStringLiteral("asked")).id;
    const AccountId stranger = database.addAccount(QStringLiteral("stranger")).id;
    database.follow(viewer, friendId);
    database.follow(viewer, asked, ports::FollowState::Requested);
    database.follow(stranger, viewer);

    QList<qint64> shown;
    const auto post = [&](AccountId author, Visibility visibility, StatusId parent = {}) {
        Status status = database.draft(author);
        status.visibility = visibility;
        status.inReplyToId = parent;
        return database.post(status).id;
    };
    const auto expect = [&](StatusId id) { shown.prepend(id.number()); };
    expect(post(viewer, Visibility::Public));
    expect(post(friendId, Visibility::Public));
    expect(post(friendId, Visibility::Unlisted));
    expect(post(friendId, Visibility::Private));
    post(friendId, Visibility::Direct);
    post(friendId, Visibility::Public, StatusId { shown.first() });
    post(asked, Visibility::Public);
    post(stranger, Visibility::Public);

    const Page<StatusId> page = must(database->statuses().home(viewer, { 0, 0, 0, 20 }, kSoon));
    QCOMPARE(numbersOf(page.rows), shown);
    QCOMPARE(page.bounds.newest, shown.first());
    QCOMPARE(page.bounds.oldest, shown.last());
}

void tst_SqlHome::equalsTheDefinitionOnRandomGraphs()
{
    TestDatabase database;
    if (!database.open())
        return;
    QRandomGenerator random(20261123);
    const World world = makeWorld(database, random, 40, 600);
    for (const AccountId viewer : world.accounts) {
        const QList<qint64> all = world.homeOf(viewer);
        const auto anyCursor = [&] {
            const qint64 id = world.statuses.at(random.bounded(int(world.statuses.size()))).id.number();
            return id + random.bounded(3) - 1;
        };
        for (int round = 0; round < 40; ++round) {
            PageRequest page { 0, 0, 0, 1 + random.bounded(25) };
            if (random.bounded(2) == 0)
                page.maxId = anyCursor();
            if (random.bounded(3) == 0)
                page.sinceId = anyCursor();
            if (random.bounded(3) == 0)
                page.minId = anyCursor();
            const QList<qint64> expected = expectedPage(all, page);
            const Page<StatusId> read = must(database->statuses().home(viewer, page, kSoon));
            QCOMPARE(numbersOf(read.rows), expected);
            QCOMPARE(read.bounds.newest, expected.isEmpty() ? 0 : expected.first());
            QCOMPARE(read.bounds.oldest, expected.isEmpty() ? 0 : expected.last());
        }
        // From the top to the end and back, without a gap or a repetition.
        QList<qint64> down;
        PageRequest page { 0, 0, 0, 7 };
        while (true) {
            const Page<StatusId> read = must(database->statuses().home(viewer, page, kSoon));
            if (read.rows.isEmpty())
                break;
            down += numbersOf(read.rows);
            page.maxId = read.bounds.oldest;
        }
        QCOMPARE(down, expectedPage(all, { 0, 0, 0, 10'000 }));
        QList<qint64> up;
        page = { 0, 0, 1, 7 };
        while (true) {
            const Page<StatusId> read = must(database->statuses().home(viewer, page, kSoon));
            if (read.rows.isEmpty())
                break;
            up = numbersOf(read.rows) + up;
            page.minId = read.bounds.newest;
        }
        QCOMPARE(up, down);
    }
    QVERIFY(must(database->integrityCheck(kSoon)).filter(QStringLiteral("last_status_id")).isEmpty());
}

void tst_SqlHome::followsDeletionsAndCommentsThatLostTheirParent()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Status first = database.post(database.draft(author));
    const Status second = database.post(database.draft(author));
    Status comment = database.draft(author);
    comment.inReplyToId = second.id;
    comment.inReplyToAccountId = author;
    database.post(comment);

    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.remove(second.id));
        GI_TRY(writers.accounts.changeCounters(author, { 0, 0, -1 }));
        return writers.accounts.refreshLastStatus(author);
    });
    const Page<StatusId> page = must(database->statuses().home(author, { 0, 0, 0, 20 }, kSoon));
    QCOMPARE(numbersOf(page.rows), QList<qint64> { first.id.number() });
    const Status orphan = must(database->statuses().byId(comment.id, kSoon));
    QVERIFY(orphan.inReplyToId.isNull());
    QVERIFY(orphan.inReplyToAccountId == author);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlHome::costsOneQuery()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    database.post(database.draft(author));
    for (const PageRequest &page :
         { PageRequest { 0, 0, 0, 20 }, PageRequest { 1, 0, 0, 20 }, PageRequest { 0, 0, 1, 20 } }) {
        const qint64 before = sql::queriesByThisThread();
        static_cast<void>(must(database->statuses().home(author, page, kSoon)));
        QCOMPARE(sql::queriesByThisThread() - before, 1);
    }
}

QTEST_GUILESS_MAIN(tst_SqlHome)
#include "tst_sqlhome.moc"
