// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of RelationReader and RelationWriter on both databases, and what blocks and mutes keep from being told.
#include "testdatabase.h"

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::Notification;
using entities::NotificationType;
using entities::Page;
using entities::PageRequest;
using entities::Relationship;
using entities::Standing;
using ports::FollowState;
using ports::MuteRow;
using ports::RelationEdge;

namespace
{

constexpr Timestamp kNow = fromUnixMs(1'000'000);
constexpr Timestamp kLater = fromUnixMs(2'000'000);

} // namespace

class tst_SqlRelations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfBlocksFromBothSides_data() { addDatabaseRows(); }
    void tellsOfBlocksFromBothSides();
    void endsAMuteByTime_data() { addDatabaseRows(); }
    void endsAMuteByTime();
    void replacesAMute_data() { addDatabaseRows(); }
    void replacesAMute();
    void keepsANoteUntilItIsEmpty_data() { addDatabaseRows(); }
    void keepsANoteUntilItIsEmpty();
    void pagesBothLists_data() { addDatabaseRows(); }
    void pagesBothLists();
    void tellsNothingAcrossABlockOrAMute_data() { addDatabaseRows(); }
    void tellsNothingAcrossABlockOrAMute();
    void letsNoFollowPassABlock_data() { addDatabaseRows(); }
    void letsNoFollowPassABlock();
    void findsAFollowAcrossABlock_data() { addDatabaseRows(); }
    void findsAFollowAcrossABlock();
    void suggestsWhomFriendsFollow_data() { addDatabaseRows(); }
    void suggestsWhomFriendsFollow();

private:
    static Relationship between(TestDatabase &database, AccountId viewer, AccountId other, Timestamp now = kNow)
    {
        return must(database->relations().relationships(viewer, { other }, now, kSoon)).first();
    }
    static QHash<AccountId, Standing> standings(TestDatabase &database, AccountId viewer,
                                                const QList<AccountId> &others, Timestamp now = kNow)
    {
        const QHash<AccountId, Standing> known = must(database->relations().standings(viewer, others, now, kSoon));
        // Together with the accounts it is the same.
        const QList<ports::SeenAccount> seen = must(database->relations().seenBy(viewer, others, now, kSoon));
        if (seen.size() != others.size())
            QTest::qFail("seenBy() does not give each account once", __FILE__, __LINE__);
        for (const ports::SeenAccount &person : seen) {
            const Standing standing = known.value(person.account.id);
            if (person.account.username.isEmpty() || person.standing.following != standing.following
                || person.standing.blocked != standing.blocked || person.standing.muting != standing.muting
                || person.standing.mutingNotifications != standing.mutingNotifications)
                QTest::qFail("seenBy() and standings() differ", __FILE__, __LINE__);
        }
        return known;
    }
    static void block(TestDatabase &database, AccountId who, AccountId whom)
    {
        database.write([&](ports::WriteSet &writers) {
            return writers.relations.block(database.newId<RelationId>(), who, whom, kNow);
        });
    }
    static void mute(TestDatabase &database, AccountId who, AccountId whom, bool notifications,
                     std::optional<Timestamp> end = {})
    {
        database.write([&](ports::WriteSet &writers) {
            return writers.relations.mute(
                MuteRow { database.newId<RelationId>(), who, whom, notifications, end, kNow });
        });
    }
};

void tst_SqlRelations::tellsOfBlocksFromBothSides()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId foe = database.addAccount(QStringLiteral("foe")).id;
    const AccountId friendly = database.addAccount(QStringLiteral("friend")).id;
    const AccountId stranger = database.addAccount(QStringLiteral("stranger")).id;
    database.follow(me, friendly);
    database.follow(stranger, me);
    block(database, me, foe);
    block(database, me, foe);

    QVERIFY(between(database, me, foe).blocking && !between(database, me, foe).blockedBy);
    QVERIFY(!between(database, foe, me).blocking && between(database, foe, me).blockedBy);
    QVERIFY(!between(database, me, friendly).blocking && !between(database, me, friendly).blockedBy);
    const QHash<AccountId, Standing> mine = standings(database, me, { foe, friendly, stranger });
    QCOMPARE(mine.size(), 2);
    QVERIFY(mine.value(foe).blocked && mine.value(friendly).following && !mine.value(friendly).blocked);
    QVERIFY(standings(database, foe, { me }).value(me).blocked);

    for (int twice = 0; twice < 2; ++twice)
        database.write([&](ports::WriteSet &writers) { return writers.relations.unblock(me, foe); });
    QVERIFY(standings(database, foe, { me }).isEmpty());
}

void tst_SqlRelations::endsAMuteByTime()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId noisy = database.addAccount(QStringLiteral("noisy")).id;
    mute(database, me, noisy, true, kLater);
    const Relationship before = between(database, me, noisy, kLater - std::chrono::milliseconds { 1 });
    QVERIFY(before.muting && before.mutingNotifications);
    QVERIFY(before.muteEndsAt == kLater);
    QVERIFY(!between(database, noisy, me).muting);
    const Relationship after = between(database, me, noisy, kLater);
    QVERIFY(!after.muting && !after.mutingNotifications && !after.muteEndsAt);
    QVERIFY(standings(database, me, { noisy }, kLater).isEmpty());
    QCOMPARE(must(database->relations().mutes(me, kNow, {}, kSoon)).rows.size(), 1);
    QCOMPARE(must(database->relations().mutes(me, kLater, {}, kSoon)).rows.size(), 0);
}

void tst_SqlRelations::replacesAMute()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId noisy = database.addAccount(QStringLiteral("noisy")).id;
    mute(database, me, noisy, true, kLater);
    mute(database, me, noisy, false);
    const Relationship relationship = between(database, me, noisy, kLater);
    QVERIFY(relationship.muting && !relationship.mutingNotifications && !relationship.muteEndsAt);
    const Standing standing = standings(database, me, { noisy }).value(noisy);
    QVERIFY(standing.muting && !standing.mutingNotifications && !standing.blocked);
    for (int twice = 0; twice < 2; ++twice)
        database.write([&](ports::WriteSet &writers) { return writers.relations.unmute(me, noisy); });
    QVERIFY(!between(database, me, noisy).muting);
}

void tst_SqlRelations::keepsANoteUntilItIsEmpty()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    const auto set = [&](const QString &note) {
        database.write([&](ports::WriteSet &writers) { return writers.relations.setNote(me, other, note); });
    };
    set(QStringLiteral("met in Lisbon"));
    set(QStringLiteral("met in Porto"));
    QCOMPARE(between(database, me, other).note, QStringLiteral("met in Porto"));
    QCOMPARE(between(database, other, me).note, QString());
    set({});
    QCOMPARE(between(database, me, other).note, QString());
}

void tst_SqlRelations::pagesBothLists()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    QList<AccountId> newestFirst;
    for (int index = 0; index < 5; ++index) {
        const AccountId other = database.addAccount(QStringLiteral("other%1").arg(index)).id;
        block(database, me, other);
        block(database, other, me);
        mute(database, me, other, true);
        newestFirst.prepend(other);
    }
    using List = std::function<Result<Page<RelationEdge>>(const PageRequest &)>;
    const List lists[] = {
        [&](const PageRequest &page) { return database->relations().blocks(me, page, kSoon); },
        [&](const PageRequest &page) { return database->relations().mutes(me, kNow, page, kSoon); },
    };
    for (const List &list : lists) {
        QList<AccountId> down;
        PageRequest page { 0, 0, 0, 2 };
        for (Page<RelationEdge> read = must(list(page)); !read.rows.isEmpty(); read = must(list(page))) {
            for (const RelationEdge &edge : read.rows)
                down.append(edge.accountId);
            page.maxId = read.bounds.oldest;
        }
        QVERIFY(down == newestFirst);
        const Page<RelationEdge> above = must(list({ 0, 0, page.maxId, 2 }));
        QCOMPARE(above.rows.size(), 2);
        QVERIFY(above.rows.at(1).accountId == newestFirst.at(3));
    }
}

void tst_SqlRelations::tellsNothingAcrossABlockOrAMute()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const auto tell = [&](AccountId from, Timestamp at) {
        database.write([&](ports::WriteSet &writers) {
            return writers.notifications.insert(
                { database.newId<NotificationId>(), me, NotificationType::Follow, from, {}, at });
        });
        return must(database->notifications().list(me, { {}, {}, from }, {}, kSoon)).rows.size();
    };
    const AccountId blocked = database.addAccount(QStringLiteral("blocked")).id;
    const AccountId blocking = database.addAccount(QStringLiteral("blocking")).id;
    const AccountId muted = database.addAccount(QStringLiteral("muted")).id;
    const AccountId onlyFeeds = database.addAccount(QStringLiteral("onlyfeeds")).id;
    const AccountId forAWhile = database.addAccount(QStringLiteral("forawhile")).id;
    const AccountId stranger = database.addAccount(QStringLiteral("stranger")).id;
    block(database, me, blocked);
    block(database, blocking, me);
    mute(database, me, muted, true);
    mute(database, me, onlyFeeds, false);
    mute(database, me, forAWhile, true, kLater);
    mute(database, stranger, me, true); // mutes me, and is no less heard by me
    QCOMPARE(tell(blocked, kNow), 0);
    QCOMPARE(tell(blocking, kNow), 0);
    QCOMPARE(tell(muted, kNow), 0);
    QCOMPARE(tell(onlyFeeds, kNow), 1);
    QCOMPARE(tell(forAWhile, kNow), 0);
    QCOMPARE(tell(forAWhile, kLater), 1);
    QCOMPARE(tell(stranger, kNow), 1);

    database.write([&](ports::WriteSet &writers) { return writers.notifications.removeBetween(stranger, me); });
    QCOMPARE(must(database->notifications().list(me, {}, {}, kSoon)).rows.size(), 2);
}

void tst_SqlRelations::letsNoFollowPassABlock()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId fan = database.addAccount(QStringLiteral("fan")).id;
    const AccountId star = database.addAccount(QStringLiteral("star")).id;
    for (int round = 0; round < 60; ++round) {
        std::atomic<int> ready = 0;
        const auto together = [&ready] {
            ++ready;
            while (ready < 2)
                std::this_thread::yield();
        };
        std::thread follows([&] {
            together();
            database.write([&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.relations.lock({ fan }));
                if (GI_TRY(writers.relations.standings(fan, { star }, kNow, kSoon)).value(star).blocked)
                    return {};
                GI_TRY(writers.follows.insert(
                    { database.newId<FollowId>(), fan, star, FollowState::Accepted, true, false, kNow }));
                return {};
            });
        });
        std::thread blocks([&] {
            together();
            database.write([&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.relations.lock({ star, fan }));
                GI_TRY(writers.relations.block(database.newId<RelationId>(), star, fan, kNow));
                GI_TRY(writers.follows.remove(fan, star));
                return {};
            });
        });
        follows.join();
        blocks.join();
        QVERIFY(between(database, star, fan).blocking && !between(database, star, fan).followedBy);
        database.write([&](ports::WriteSet &writers) { return writers.relations.unblock(star, fan); });
    }
}

void tst_SqlRelations::findsAFollowAcrossABlock()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId fan = database.addAccount(QStringLiteral("fan")).id;
    const AccountId star = database.addAccount(QStringLiteral("star")).id;
    database.follow(fan, star);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    block(database, star, fan);
    QCOMPARE(must(database->integrityCheck(kSoon)),
             QStringList { QStringLiteral("number of follows across a block of account %1 is 1, the facts say 0")
                               .arg(fan.toString()) });
}

void tst_SqlRelations::suggestsWhomFriendsFollow()
{
    TestDatabase database;
    if (!database.open())
        return;
    const auto add = [&](const char *name) { return database.addAccount(QLatin1String(name)).id; };
    const AccountId me = add("me");
    const AccountId friends[] = { add("one"), add("two") };
    const AccountId shared = add("shared");
    const AccountId single = add("single");
    const AccountId mine = add("mine");
    const AccountId asked = add("asked");
    database.follow(me, mine);
    database.follow(me, asked, FollowState::Requested);
    for (const AccountId id : friends) {
        database.follow(me, id);
        database.follow(id, shared);
        database.follow(id, mine);
        database.follow(id, asked);
        database.follow(id, me);
    }
    database.follow(friends[1], single);
    QVERIFY(must(database->relations().friendsOfFriends(me, 10, kSoon)) == (QList<AccountId> { shared, single }));
    QVERIFY(must(database->relations().friendsOfFriends(me, 1, kSoon)) == QList<AccountId> { shared });
    QVERIFY(must(database->relations().friendsOfFriends(single, 10, kSoon)).isEmpty());
}

QTEST_GUILESS_MAIN(tst_SqlRelations)
#include "tst_sqlrelations.moc"
