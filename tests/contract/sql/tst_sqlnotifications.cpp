// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of NotificationReader and NotificationWriter on both databases.
#include "testdatabase.h"

using namespace graminsta;
using namespace graminsta::test;
using entities::Notification;
using entities::NotificationType;
using entities::Page;
using entities::PageRequest;

class tst_SqlNotifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfOneThingOnce_data() { addDatabaseRows(); }
    void tellsOfOneThingOnce();
    void asksForAPushOfWhatItStores_data() { addDatabaseRows(); }
    void asksForAPushOfWhatItStores();
    void putsTogetherWhatComesWithinTwelveHours_data() { addDatabaseRows(); }
    void putsTogetherWhatComesWithinTwelveHours();
    void listsGroupsByTheirNewest_data() { addDatabaseRows(); }
    void listsGroupsByTheirNewest();
    void filtersAndPages_data() { addDatabaseRows(); }
    void filtersAndPages();
};

namespace
{

QList<qint64> numbersOf(const Page<Notification> &page)
{
    QList<qint64> numbers;
    for (const Notification &notification : page.rows)
        numbers.append(notification.id.number());
    return numbers;
}

} // namespace

void tst_SqlNotifications::tellsOfOneThingOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    const StatusId status = database.post(database.draft(me)).id;
    const Notification follow { NotificationId { 1 }, me, NotificationType::Follow, other, {}, fromUnixMs(7) };
    const Notification like { NotificationId { 2 }, me, NotificationType::Favourite, other, status, fromUnixMs(8) };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.notifications.insert(follow));
        GI_TRY(writers.notifications.insert(like));
        for (Notification again : { follow, like }) {
            again.id = database.newId<NotificationId>();
            GI_TRY(writers.notifications.insert(again));
        }
        return {};
    });
    const auto list = [&] { return must(database->notifications().list(me, {}, {}, kSoon)); };
    QCOMPARE(numbersOf(list()), (QList<qint64> { 2, 1 }));
    const Notification read = must(database->notifications().byId(me, like.id, kSoon));
    QVERIFY(read.accountId == me && read.fromAccountId == other && read.statusId == status);
    QCOMPARE(read.type, NotificationType::Favourite);
    QCOMPARE(toUnixMs(read.createdAt), 8);
    QVERIFY(list().rows.at(1).statusId.isNull());
    QCOMPARE(database->notifications().byId(other, like.id, kSoon).error().fault, Fault::NotFound);

    const auto remove = [&](NotificationType type, StatusId of) {
        database.write([&](ports::WriteSet &writers) { return writers.notifications.remove(me, type, other, of); });
    };
    remove(NotificationType::Favourite, StatusId {});
    QCOMPARE(list().rows.size(), 2);
    remove(NotificationType::Favourite, status);
    remove(NotificationType::Follow, StatusId {});
    remove(NotificationType::Follow, StatusId {});
    QVERIFY(list().rows.isEmpty());
}

void tst_SqlNotifications::asksForAPushOfWhatItStores()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    entities::Application application;
    application.id = database.newId<ApplicationId>();
    application.clientId = application.id.toString();
    entities::PushSubscription subscription;
    subscription.id = database.newId<entities::PushSubscriptionId>();
    subscription.tokenId = database.newId<TokenId>();
    subscription.accountId = me;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.insertApplication(application));
        return writers.oauth.insertToken(
            { subscription.tokenId, "hash", application.id, me, QStringLiteral("push"), fromUnixMs(1) });
    });
    must(database->push().put(subscription, kSoon));

    const auto tell = [&](const Notification &notification, bool fails = false) {
        return database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.notifications.insert(notification));
            return fails ? Result<>(makeError(Fault::Invalid, QStringLiteral("no"))) : Result<>();
        });
    };
    const auto notification = [&](AccountId to, AccountId from) {
        return Notification { database.newId<NotificationId>(), to, NotificationType::Follow, from, {}, fromUnixMs(7) };
    };
    const Notification told = notification(me, other);
    QVERIFY(!tell(told, true));
    QVERIFY(must(database->jobs().counts(kSoon)).isEmpty());
    must(tell(told));
    must(tell(notification(me, other))); // the same thing again
    must(tell(notification(other, me))); // has no subscription
    const QList<entities::Job> jobs =
        must(database->jobs().claim(QLatin1String(ports::kPushJob), fromUnixMs(7), fromUnixMs(8), 10, kSoon));
    QCOMPARE(jobs.size(), 1);
    const std::optional<ports::PushErrand> errand = ports::PushErrand::read(jobs.first().payload);
    QVERIFY(errand && errand->account == me && errand->notification == told.id && errand->subscription.isNull());
}

void tst_SqlNotifications::putsTogetherWhatComesWithinTwelveHours()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const StatusId status = database.post(database.draft(me)).id;
    const StatusId another = database.post(database.draft(me)).id;
    int people = 0;
    const auto hourOf = [&](NotificationType type, StatusId of, qint64 hour) {
        const AccountId from = database.addAccount(QStringLiteral("fan%1").arg(++people)).id;
        Notification notification { database.newId<NotificationId>(), me, type, from, of,
                                    fromUnixMs(hour * 3'600'000 + 5) };
        notification.groupHour = 77; // not the caller's to say
        database.write([&](ports::WriteSet &writers) { return writers.notifications.insert(notification); });
        return must(database->notifications().byId(me, notification.id, kSoon)).groupHour;
    };
    QCOMPARE(hourOf(NotificationType::Favourite, status, 100), 100);
    QCOMPARE(hourOf(NotificationType::Favourite, status, 105), 100);
    QCOMPARE(hourOf(NotificationType::Favourite, status, 111), 100);
    QCOMPARE(hourOf(NotificationType::Favourite, status, 112), 112);
    QCOMPARE(hourOf(NotificationType::Favourite, status, 113), 112);
    QCOMPARE(hourOf(NotificationType::Favourite, another, 113), 113);
    QCOMPARE(hourOf(NotificationType::Reblog, status, 114), 114);
    QCOMPARE(hourOf(NotificationType::Follow, {}, 115), 115);
    QCOMPARE(hourOf(NotificationType::Follow, {}, 120), 115);
    QCOMPARE(hourOf(NotificationType::Mention, status, 115), 0);
    QCOMPARE(hourOf(NotificationType::FollowRequest, {}, 115), 0);
}

void tst_SqlNotifications::listsGroupsByTheirNewest()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const StatusId status = database.post(database.draft(me)).id;
    QList<AccountId> fans;
    for (int i = 0; i < 4; ++i)
        fans.append(database.addAccount(QStringLiteral("fan%1").arg(i)).id);
    // 1 like, 2 follow, 3 like, 4 mention, 5 follow, 6 like, 7 mention
    const QList<NotificationType> types { NotificationType::Favourite, NotificationType::Follow,
                                          NotificationType::Favourite, NotificationType::Mention,
                                          NotificationType::Follow,    NotificationType::Favourite,
                                          NotificationType::Mention };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (qsizetype i = 0; i < types.size(); ++i) {
            const StatusId of = types[i] == NotificationType::Follow ? StatusId {} : status;
            GI_TRY(writers.notifications.insert(
                { NotificationId { i + 1 }, me, types[i], fans[i / 2], of, fromUnixMs(1'800'000'000'000 + i) }));
        }
        return {};
    });
    const QList<NotificationType> all { NotificationType::Favourite, NotificationType::Follow };
    const auto groups = [&](const QList<NotificationType> &grouped, const PageRequest &page,
                            const ports::NotificationFilter &filter = {}) {
        return numbersOf(must(database->notifications().groups(me, filter, grouped, page, kSoon)));
    };
    PageRequest page;
    page.limit = 10;
    QCOMPARE(groups(all, page), (QList<qint64> { 7, 6, 5, 4 }));
    QCOMPARE(groups({}, page), (QList<qint64> { 7, 6, 5, 4, 3, 2, 1 }));
    QCOMPARE(groups({ NotificationType::Follow }, page), (QList<qint64> { 7, 6, 5, 4, 3, 1 }));
    page.maxId = 6;
    QCOMPARE(groups(all, page), (QList<qint64> { 5, 4 }));
    page = {};
    page.minId = 4;
    page.limit = 2;
    QCOMPARE(groups(all, page), (QList<qint64> { 6, 5 }));
    page = {};
    page.limit = 10;
    ports::NotificationFilter first;
    first.from = fans[1];
    QCOMPARE(groups(all, page, first), (QList<qint64> { 4, 3 }));

    const auto members = [&](AccountId from, qint64 lowest, int most) {
        QList<QList<qint64>> rows;
        const auto found = must(database->notifications().members(me, { NotificationId { 6 }, NotificationId { 5 } },
                                                                  from, NotificationId { lowest }, most, kSoon));
        for (const ports::GroupMember &member : found)
            rows.append({ member.newest.number(), member.notification.id.number(), member.total,
                          member.lowestOnPage.number() });
        return rows;
    };
    using Rows = QList<QList<qint64>>;
    QCOMPARE(members({}, 2, 10),
             (Rows { { 6, 6, 3, 3 }, { 6, 3, 3, 3 }, { 6, 1, 3, 3 }, { 5, 5, 2, 2 }, { 5, 2, 2, 2 } }));
    QCOMPARE(members({}, 0, 1), (Rows { { 6, 6, 3, 1 }, { 5, 5, 2, 2 } }));
    QCOMPARE(members(fans[0], 0, 10), (Rows { { 6, 1, 1, 1 }, { 5, 2, 1, 2 } }));

    const entities::NotificationGroupKey likes =
        must(database->notifications().byId(me, NotificationId { 1 }, kSoon)).groupKey();
    const auto ofGroup = [&](const entities::NotificationGroupKey &key, AccountId account) {
        PageRequest request;
        request.limit = 10;
        return numbersOf(must(database->notifications().ofGroup(account, key, request, kSoon)));
    };
    QCOMPARE(ofGroup(likes, me), (QList<qint64> { 6, 3, 1 }));
    QCOMPARE(ofGroup(likes, fans[0]), QList<qint64>());
    QCOMPARE(ofGroup({ NotificationId { 7 } }, me), QList<qint64> { 7 });
    QCOMPARE(ofGroup({ NotificationId { 7 } }, fans[0]), QList<qint64>());
    for (const AccountId account : { fans[0], me })
        database.write([&](ports::WriteSet &writers) { return writers.notifications.dismissGroup(account, likes); });
    QCOMPARE(groups(all, page), (QList<qint64> { 7, 5, 4 }));
    database.write(
        [&](ports::WriteSet &writers) { return writers.notifications.dismissGroup(me, { NotificationId { 7 } }); });
    QCOMPARE(groups({}, page), (QList<qint64> { 5, 4, 2 }));
}

void tst_SqlNotifications::filtersAndPages()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId a = database.addAccount(QStringLiteral("a")).id;
    const AccountId b = database.addAccount(QStringLiteral("b")).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int id = 1; id <= 9; ++id) {
            const entities::Status status = database.draft(me);
            GI_TRY(writers.statuses.insert(status));
            GI_TRY(writers.notifications.insert({ NotificationId { id },
                                                  me,
                                                  static_cast<NotificationType>(id % 3),
                                                  id % 2 == 0 ? a : b,
                                                  status.id,
                                                  {} }));
        }
        return {};
    });
    const auto list = [&](const ports::NotificationFilter &filter, const PageRequest &page) {
        return numbersOf(must(database->notifications().list(me, filter, page, kSoon)));
    };
    QCOMPARE(list({}, { 0, 0, 0, 4 }), (QList<qint64> { 9, 8, 7, 6 }));
    QCOMPARE(list({}, { 6, 0, 0, 4 }), (QList<qint64> { 5, 4, 3, 2 }));
    QCOMPARE(list({}, { 0, 0, 2, 3 }), (QList<qint64> { 5, 4, 3 }));
    QCOMPARE(list({}, { 0, 2, 0, 3 }), (QList<qint64> { 9, 8, 7 }));
    QCOMPARE(list({ { NotificationType::Mention }, {}, {} }, {}), (QList<qint64> { 9, 6, 3 }));
    QCOMPARE(list({ {}, { NotificationType::Mention, NotificationType::Follow }, {} }, {}),
             (QList<qint64> { 7, 4, 1 }));
    QCOMPARE(list({ { NotificationType::Mention }, { NotificationType::Mention }, {} }, {}), QList<qint64> {});
    QCOMPARE(list({ {}, {}, a }, {}), (QList<qint64> { 8, 6, 4, 2 }));
}

QTEST_GUILESS_MAIN(tst_SqlNotifications)
#include "tst_sqlnotifications.moc"
