// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of FollowReader and FollowWriter on both databases.
#include "testdatabase.h"

using namespace graminsta;
using namespace graminsta::test;
using entities::Page;
using entities::PageRequest;
using entities::Relationship;
using ports::FollowEdge;
using ports::FollowRow;
using ports::FollowState;

class tst_SqlFollows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsHowTwoAccountsStand_data() { addDatabaseRows(); }
    void tellsHowTwoAccountsStand();
    void updatesAFollowThatIsThereButNotItsState_data() { addDatabaseRows(); }
    void updatesAFollowThatIsThereButNotItsState();
    void pagesBothListsWithoutGaps_data() { addDatabaseRows(); }
    void pagesBothListsWithoutGaps();
    void turnsARequestIntoAFollowOnce_data() { addDatabaseRows(); }
    void turnsARequestIntoAFollowOnce();
};

void tst_SqlFollows::tellsHowTwoAccountsStand()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId followed = database.addAccount(QStringLiteral("followed")).id;
    const AccountId asked = database.addAccount(QStringLiteral("asked")).id;
    const AccountId stranger = database.addAccount(QStringLiteral("stranger")).id;
    database.follow(me, followed);
    database.follow(me, asked, FollowState::Requested);
    database.follow(followed, me, FollowState::Requested);
    database.follow(asked, me);

    const QList<Relationship> all =
        must(database->relations().relationships(me, { stranger, asked, AccountId { 1 }, followed, me }, {}, kSoon));
    QCOMPARE(all.size(), 4);
    QVERIFY(all[0].accountId == stranger && !all[0].following && !all[0].requested && !all[0].followedBy);
    QVERIFY(all[1].accountId == asked && !all[1].following && all[1].requested && all[1].followedBy);
    QVERIFY(all[2].accountId == followed && all[2].following && !all[2].requested && !all[2].followedBy
            && all[2].requestedBy);
    QVERIFY(all[3].accountId == me && !all[3].following);
}

void tst_SqlFollows::updatesAFollowThatIsThereButNotItsState()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId a = database.addAccount(QStringLiteral("a")).id;
    const AccountId b = database.addAccount(QStringLiteral("b")).id;
    QList<bool> isNew;
    std::optional<FollowState> removed;
    std::optional<FollowState> removedAgain;
    Relationship relationship;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        isNew.clear();
        const FollowRow asked { database.newId<FollowId>(), a, b, FollowState::Requested, true, false, {} };
        const FollowRow again { database.newId<FollowId>(), a, b, FollowState::Accepted, false, true, {} };
        isNew.append(GI_TRY(writers.follows.insert(asked)));
        isNew.append(GI_TRY(writers.follows.insert(again)));
        relationship = GI_TRY(writers.relations.relationships(a, { b }, {}, kSoon)).first();
        removed = GI_TRY(writers.follows.remove(a, b));
        removedAgain = GI_TRY(writers.follows.remove(a, b));
        return {};
    });
    QCOMPARE(isNew, (QList<bool> { true, false }));
    QVERIFY(relationship.requested && !relationship.following && !relationship.showingReblogs
            && relationship.notifying);
    QVERIFY(removed == FollowState::Requested);
    QVERIFY(!removedAgain);
}

void tst_SqlFollows::pagesBothListsWithoutGaps()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId hub = database.addAccount(QStringLiteral("hub")).id;
    QList<AccountId> newestFirst;
    for (int index = 0; index < 8; ++index) {
        const AccountId other = database.addAccount(QStringLiteral("other%1").arg(index)).id;
        database.follow(other, hub, index == 3 ? FollowState::Requested : FollowState::Accepted);
        database.follow(hub, other, index == 3 ? FollowState::Requested : FollowState::Accepted);
        if (index != 3)
            newestFirst.prepend(other);
    }
    using List = std::function<Result<Page<FollowEdge>>(const PageRequest &)>;
    const List lists[] = {
        [&](const PageRequest &page) { return database->follows().followers(hub, page, kSoon); },
        [&](const PageRequest &page) { return database->follows().following(hub, page, kSoon); },
    };
    for (const List &list : lists) {
        QList<AccountId> down;
        PageRequest page { 0, 0, 0, 3 };
        for (Page<FollowEdge> read = must(list(page)); !read.rows.isEmpty(); read = must(list(page))) {
            for (const FollowEdge &edge : read.rows)
                down.append(edge.accountId);
            QCOMPARE(read.bounds.newest, read.rows.first().id.number());
            page.maxId = read.bounds.oldest;
        }
        QVERIFY(down == newestFirst);
        const Page<FollowEdge> above = must(list({ 0, 0, page.maxId, 2 }));
        QCOMPARE(above.rows.size(), 2);
        QVERIFY(above.rows.at(1).accountId == newestFirst.at(5));
    }
}

void tst_SqlFollows::turnsARequestIntoAFollowOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId star = database.addAccount(QStringLiteral("star")).id;
    QList<AccountId> newestFirst;
    for (int index = 0; index < 3; ++index) {
        newestFirst.prepend(database.addAccount(QStringLiteral("fan%1").arg(index)).id);
        database.follow(newestFirst.first(), star, FollowState::Requested);
    }
    const auto asking = [&](const PageRequest &page) {
        QList<AccountId> ids;
        for (const FollowEdge &edge : must(database->follows().requests(star, page, kSoon)).rows)
            ids.append(edge.accountId);
        return ids;
    };
    QVERIFY(asking({}) == newestFirst);
    const Page<FollowEdge> first = must(database->follows().requests(star, { 0, 0, 0, 1 }, kSoon));
    QVERIFY(asking({ first.bounds.oldest, 0, 0, 1 }) == QList<AccountId> { newestFirst.at(1) });
    QCOMPARE(must(database->follows().countRequests(star, 10, kSoon)), 3);
    QCOMPARE(must(database->follows().countRequests(star, 2, kSoon)), 2);

    const FollowId accepted = database.newId<FollowId>();
    QList<bool> changed;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        changed.clear();
        changed.append(GI_TRY(writers.follows.accept(newestFirst.at(1), star, accepted)));
        changed.append(GI_TRY(writers.follows.accept(newestFirst.at(1), star, database.newId<FollowId>())));
        changed.append(GI_TRY(writers.follows.accept(star, newestFirst.at(0), database.newId<FollowId>())));
        return {};
    });
    QCOMPARE(changed, (QList<bool> { true, false, false }));
    QVERIFY(asking({}) == (QList<AccountId> { newestFirst.at(0), newestFirst.at(2) }));
    const Page<FollowEdge> followers = must(database->follows().followers(star, {}, kSoon));
    QCOMPARE(followers.rows.size(), 1);
    QVERIFY(followers.rows.first().id == accepted && followers.rows.first().accountId == newestFirst.at(1));
}

QTEST_GUILESS_MAIN(tst_SqlFollows)
#include "tst_sqlfollows.moc"
