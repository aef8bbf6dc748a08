// SPDX-License-Identifier: GPL-3.0-or-later
// The contracts of markers, followed hashtags and reports on both databases.
#include "testdatabase.h"

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::MarkedTimeline;
using entities::Marker;
using entities::Page;
using entities::Report;
using ports::ReportState;
using ports::TagFollowEdge;
using ports::TagUse;

class tst_SqlReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTheVersionsOfAMarker_data() { addDatabaseRows(); }
    void countsTheVersionsOfAMarker();
    void letsOneOfManyClientsMoveAMarker_data() { addDatabaseRows(); }
    void letsOneOfManyClientsMoveAMarker();
    void followsTags_data() { addDatabaseRows(); }
    void followsTags();
    void countsPublicUsesOfTags_data() { addDatabaseRows(); }
    void countsPublicUsesOfTags();
    void ranksByLikesAndComments_data() { addDatabaseRows(); }
    void ranksByLikesAndComments();
    void keepsReportsForModerators_data() { addDatabaseRows(); }
    void keepsReportsForModerators();
    void dismissesOnesOwnNotifications_data() { addDatabaseRows(); }
    void dismissesOnesOwnNotifications();
};

void tst_SqlReading::countsTheVersionsOfAMarker()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const auto set = [&](qint64 id, std::optional<qint64> expected) -> Result<Marker> {
        Marker marker;
        GI_TRY(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
            marker = GI_TRY(writers.markers.set(me, MarkedTimeline::Home, id, expected, fromUnixMs(id)));
            return {};
        }));
        return marker;
    };
    QVERIFY(set(5, 3).error().fault == Fault::Conflict);
    QVERIFY(must(database->markers().markers(me, kSoon)).isEmpty());
    QCOMPARE(must(set(7, {})).version, 0);
    QCOMPARE(must(set(8, {})).version, 1);
    QCOMPARE(must(set(9, 1)).version, 2);
    QVERIFY(set(10, 1).error().fault == Fault::Conflict);
    const QList<Marker> markers = must(database->markers().markers(me, kSoon));
    QCOMPARE(markers.size(), 1);
    QCOMPARE(markers.first().lastReadId, 9);
    QCOMPARE(markers.first().version, 2);
    QVERIFY(markers.first().updatedAt == fromUnixMs(9));
}

void tst_SqlReading::letsOneOfManyClientsMoveAMarker()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    constexpr int kClients = 8;
    std::vector<std::thread> clients;
    std::atomic<int> moved = 0;
    std::atomic<int> refused = 0;
    for (int client = 0; client < kClients; ++client) {
        clients.emplace_back([&] {
            const Result<> written = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.markers.set(me, MarkedTimeline::Notifications, 1, {}, fromUnixMs(1)));
                return {};
            });
            if (written)
                ++moved;
            else if (written.error().fault == Fault::Conflict)
                ++refused;
        });
    }
    for (std::thread &client : clients)
        client.join();
    QCOMPARE(moved + refused, kClients);
    QVERIFY(moved >= 1);
    QCOMPARE(must(database->markers().markers(me, kSoon)).first().version, qint64 { moved - 1 });
}

void tst_SqlReading::followsTags()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const QStringList tags { QStringLiteral("sea"), QStringLiteral("\"quoted\\"), QStringLiteral("caf\u00e9") };
    for (int twice = 0; twice < 2; ++twice) {
        for (const QString &tag : tags)
            database.write([&](ports::WriteSet &writers) {
                return writers.tags.follow(database.newId<TagFollowId>(), me, tag, fromUnixMs(1));
            });
    }
    const auto followed = [&](const entities::PageRequest &page) {
        QStringList names;
        for (const TagFollowEdge &edge : must(database->tags().followed(me, page, kSoon)).rows)
            names.append(edge.tag);
        return names;
    };
    QCOMPARE(followed({}), QStringList({ tags[2], tags[1], tags[0] }));
    const Page<TagFollowEdge> first = must(database->tags().followed(me, { 0, 0, 0, 2 }, kSoon));
    QCOMPARE(followed({ first.bounds.oldest, 0, 0, 2 }), QStringList { tags[0] });
    QCOMPARE(must(database->tags().followedAmong(me, { tags[1], QStringLiteral("land") }, kSoon)),
             QStringList { tags[1] });
    for (int twice = 0; twice < 2; ++twice)
        database.write([&](ports::WriteSet &writers) { return writers.tags.unfollow(me, tags[1]); });
    QCOMPARE(followed({}), QStringList({ tags[2], tags[0] }));
}

void tst_SqlReading::countsPublicUsesOfTags()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const auto post = [&](const QStringList &tags, entities::Visibility visibility = entities::Visibility::Public) {
        entities::Status status = database.draft(me);
        status.tags = tags;
        status.visibility = visibility;
        return database.post(status).id;
    };
    const QString sea = QStringLiteral("sea");
    const QString sun = QStringLiteral("sun");
    const StatusId before = post({ sea });
    const StatusId one = post({ sea, sun });
    post({ sea }, entities::Visibility::Private);
    const StatusId two = post({ sea });
    const auto pairs = [](const QList<TagUse> &uses) {
        QStringList found;
        for (const TagUse &use : uses)
            found.append(use.tag + QLatin1Char(' ') + use.statusId.toString());
        found.sort();
        return found;
    };
    const QString oneSea = sea + QLatin1Char(' ') + one.toString();
    const QString twoSea = sea + QLatin1Char(' ') + two.toString();
    const QString oneSun = sun + QLatin1Char(' ') + one.toString();
    const QList<TagUse> uses = must(database->tags().uses({ sea, sun }, before, 10, kSoon));
    QCOMPARE(pairs(uses), QStringList({ oneSea, twoSea, oneSun }));
    QVERIFY(uses.first().accountId == me);
    QCOMPARE(pairs(must(database->tags().uses({ sea, sun }, before, 1, kSoon))), QStringList({ twoSea, oneSun }));
    QCOMPARE(pairs(must(database->tags().newestUses(before, 10, kSoon))), QStringList({ oneSea, twoSea, oneSun }));
    QCOMPARE(pairs(must(database->tags().newestUses(before, 1, kSoon))), QStringList { twoSea });
}

void tst_SqlReading::ranksByLikesAndComments()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    QList<StatusId> posts;
    for (int index = 0; index < 4; ++index)
        posts.append(database.post(database.draft(me)).id);
    const auto like = [&](AccountId who, StatusId what) {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), who, what, fromUnixMs(1)));
            return {};
        });
    };
    like(me, posts[0]);
    like(other, posts[0]);
    like(other, posts[2]);
    const auto ranked = [&](StatusId since, int among, int offset, int limit) {
        return must(database->statuses().mostLiked(since, among, offset, limit, kSoon));
    };
    QVERIFY(ranked({}, 10, 0, 10) == (QList<StatusId> { posts[0], posts[2] }));
    QVERIFY(ranked({}, 10, 1, 10) == QList<StatusId> { posts[2] });
    QVERIFY(ranked({}, 10, 0, 1) == QList<StatusId> { posts[0] });
    QVERIFY(ranked({}, 2, 0, 10) == QList<StatusId> { posts[2] });
    QVERIFY(ranked(posts[0], 10, 0, 10) == QList<StatusId> { posts[2] });
}

void tst_SqlReading::keepsReportsForModerators()
{
    TestDatabase database;
    if (!database.open())
        return;
    Report report;
    report.accountId = database.addAccount(QStringLiteral("me")).id;
    report.targetId = database.addAccount(QStringLiteral("spammer")).id;
    report.category = entities::ReportCategory::Spam;
    report.comment = QStringLiteral("buys \"likes\"");
    report.rules = { QStringLiteral("1"), QStringLiteral("3") };
    report.createdAt = fromUnixMs(5);
    const StatusId status = database.post(database.draft(report.targetId)).id;
    report.statuses = { status, StatusId { 77 } };
    QList<ReportId> ids;
    for (int index = 0; index < 3; ++index) {
        report.id = database.newId<ReportId>();
        ids.prepend(report.id);
        database.write([&](ports::WriteSet &writers) { return writers.reports.insert(report); });
    }
    const Report read = must(database->reports().byId(ids.first(), kSoon));
    QVERIFY(read.accountId == report.accountId && read.targetId == report.targetId);
    QVERIFY(read.category == report.category && read.createdAt == report.createdAt && !read.actionTakenAt);
    QCOMPARE(read.comment, report.comment);
    QVERIFY(read.statuses == report.statuses);
    QCOMPARE(read.rules, report.rules);
    QVERIFY(database->reports().byId(ReportId { 1 }, kSoon).error().fault == Fault::NotFound);

    database.write(
        [&](ports::WriteSet &writers) { return writers.reports.resolve(ids.at(1), report.targetId, fromUnixMs(9)); });
    const Result<> again = database->unitOfWork().write(
        kSoon, [&](ports::WriteSet &writers) { return writers.reports.resolve(ids.at(1), {}, fromUnixMs(10)); });
    QVERIFY(!again && again.error().fault == Fault::NotFound);
    const auto listed = [&](ReportState state, const entities::PageRequest &page) {
        QList<ReportId> found;
        for (const Report &one : must(database->reports().list({ state, {}, {} }, page, kSoon)).rows)
            found.append(one.id);
        return found;
    };
    QVERIFY(listed(ReportState::Open, {}) == (QList<ReportId> { ids.at(0), ids.at(2) }));
    QVERIFY(listed(ReportState::Open, { ids.at(0).number(), 0, 0, 5 }) == QList<ReportId> { ids.at(2) });
    QVERIFY(listed(ReportState::Resolved, {}) == QList<ReportId> { ids.at(1) });
    const Report resolved = must(database->reports().byId(ids.at(1), kSoon));
    QVERIFY(resolved.actionTakenAt == fromUnixMs(9) && resolved.actionTakenBy == report.targetId);

    Report changed = resolved;
    changed.category = entities::ReportCategory::Violation;
    changed.rules = { QStringLiteral("2") };
    changed.assignedTo = report.accountId;
    changed.actionTakenAt.reset();
    changed.actionTakenBy = {};
    changed.updatedAt = fromUnixMs(20);
    database.write([&](ports::WriteSet &writers) { return writers.reports.update(changed); });
    const Report reopened = must(database->reports().byId(ids.at(1), kSoon));
    QVERIFY(reopened.category == changed.category && reopened.assignedTo == report.accountId);
    QVERIFY(!reopened.actionTakenAt && reopened.actionTakenBy.isNull() && reopened.updatedAt == fromUnixMs(20));
    QCOMPARE(reopened.rules, changed.rules);

    const auto between = [&](AccountId by, AccountId of) {
        return must(database->reports().list({ ReportState::Open, by, of }, {}, kSoon)).rows.size();
    };
    QCOMPARE(between(report.accountId, {}), 3);
    QCOMPARE(between({}, report.targetId), 3);
    QCOMPARE(between(report.accountId, report.targetId), 3);
    QCOMPARE(between(report.targetId, {}), 0);
    QCOMPARE(between({}, report.accountId), 0);
}

void tst_SqlReading::dismissesOnesOwnNotifications()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId me = database.addAccount(QStringLiteral("me")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    const auto tell = [&](AccountId who, AccountId from, entities::NotificationType type) {
        const NotificationId id = database.newId<NotificationId>();
        database.write([&](ports::WriteSet &writers) {
            return writers.notifications.insert({ id, who, type, from, {}, fromUnixMs(1) });
        });
        return id;
    };
    const NotificationId first = tell(me, other, entities::NotificationType::Follow);
    tell(me, other, entities::NotificationType::FollowRequest);
    tell(other, me, entities::NotificationType::Follow);
    const auto count = [&](AccountId who) {
        return must(database->notifications().list(who, {}, {}, kSoon)).rows.size();
    };
    QList<bool> dismissed;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        dismissed.clear();
        dismissed.append(GI_TRY(writers.notifications.dismiss(other, first)));
        dismissed.append(GI_TRY(writers.notifications.dismiss(me, first)));
        dismissed.append(GI_TRY(writers.notifications.dismiss(me, first)));
        return {};
    });
    QCOMPARE(dismissed, (QList<bool> { false, true, false }));
    QCOMPARE(count(me), 1);
    database.write([&](ports::WriteSet &writers) { return writers.notifications.clear(me); });
    QCOMPARE(count(me), 0);
    QCOMPARE(count(other), 1);
}

QTEST_GUILESS_MAIN(tst_SqlReading)
#include "tst_sqlreading.moc"
