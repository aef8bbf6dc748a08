// SPDX-License-Identifier: GPL-3.0-or-later
// Posts for later on both databases: their rows, the photos that are reserved for them, and that each is posted once,
// whoever tries it.
#include "../sql/testdatabase.h"

#include <graminsta/domain/statuses/publishscheduled.h>
#include <graminsta/domain/statuses/schedulestatus.h>
#include <graminsta/media/filemediastore.h>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::ScheduledStatus;

namespace
{

class SetClock final : public Clock
{
public:
    Timestamp now() const override { return SystemClock().now() + offset.load(); }
    std::atomic<std::chrono::minutes> offset { std::chrono::minutes { 0 } };
};

// The use cases on a database, as a server has them.
struct Server {
    explicit Server(sql::SqlDatabase &theDatabase, int node)
        : database(theDatabase)
        , ids(clock, node)
    {
    }

    // What is due by now.
    [[nodiscard]] QList<entities::Job> claim()
    {
        return must(database.jobs().claim(domain::kPublishJob, clock.now(), clock.now() + std::chrono::minutes { 1 },
                                          10, kSoon));
    }

    sql::SqlDatabase &database;
    SetClock clock;
    IdGenerator ids;
    domain::InstanceSettings settings;
    domain::VisibilityPolicy visibility { database.relations(), clock };
    domain::MediaGrants grants { "key", clock };
    QTemporaryDir folder;
    std::unique_ptr<media::FileMediaStore> store { must(media::FileMediaStore::create({ folder.path() }, clock)) };
    domain::BringFiles files { *store, database.unitOfWork(), ids, clock };
    domain::PublishMedia publishMedia { database.media(), files, database.unitOfWork() };
    domain::GatherStatuses gather { visibility,       database.accounts(), database.media(),
                                    database.oauth(), database.statuses(), grants };
    domain::ShowStatus showStatus { database.statuses(), visibility, gather };
    domain::PostStatus postStatus { settings, database.accounts(), database.statuses(),   showStatus,
                                    gather,   publishMedia,        database.unitOfWork(), ids,
                                    clock };
    domain::ScheduleStatus schedule { postStatus, database.scheduledStatuses(), database.media(),
                                      grants,     database.unitOfWork(),        ids,
                                      clock };
    domain::PublishScheduled publish { postStatus, database.scheduledStatuses(), database.unitOfWork() };
};

} // namespace

class tst_Scheduled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAndPages_data() { addDatabaseRows(); }
    void keepsAndPages();
    void postsOnceWhoeverTries_data() { addDatabaseRows(); }
    void postsOnceWhoeverTries();
    void reservesPhotosUntilItIsTakenBack_data() { addDatabaseRows(); }
    void reservesPhotosUntilItIsTakenBack();
    void postsWithoutAPhotoThatIsGone_data() { addDatabaseRows(); }
    void postsWithoutAPhotoThatIsGone();
    void keepsWhatCanNoLongerBePosted_data() { addDatabaseRows(); }
    void keepsWhatCanNoLongerBePosted();
    void goesWithItsAccountsJobs_data() { addDatabaseRows(); }
    void goesWithItsAccountsJobs();
    void isNotPostedOnceItIsMoved_data() { addDatabaseRows(); }
    void isNotPostedOnceItIsMoved();
    void holdsToItsBounds_data() { addDatabaseRows(); }
    void holdsToItsBounds();

private:
    static constexpr std::chrono::minutes kLater { 10 };

    static entities::Viewer viewer(AccountId account)
    {
        entities::Viewer viewer;
        viewer.account = account;
        return viewer;
    }
    static domain::StatusRequest request(const QString &text, const QList<MediaId> &media = {})
    {
        domain::StatusRequest request;
        request.text = text;
        request.media = media;
        return request;
    }
    static ScheduledStatus schedule(Server &server, AccountId account, const domain::StatusRequest &request,
                                    std::chrono::minutes after = kLater)
    {
        return must(server.schedule.create(viewer(account), request, server.clock.now() + after, kSoon))
            .statuses.first();
    }
    static MediaId photo(TestDatabase &database, AccountId account)
    {
        entities::MediaAttachment media;
        media.id = database.newId<MediaId>();
        media.accountId = account;
        media.state = entities::MediaState::Ready;
        database.write([&](ports::WriteSet &writers) { return writers.media.insert(media); });
        return media.id;
    }
    static QList<StatusId> posts(const TestDatabase &database, AccountId account)
    {
        ports::AccountTimelineFilter filter;
        filter.upTo = entities::Visibility::Direct;
        return must(database->statuses().accountTimeline(account, filter, { 0, 0, 0, 40 }, kSoon)).rows;
    }
    static QList<ScheduledStatus> waiting(const TestDatabase &database, AccountId account)
    {
        return must(database->scheduledStatuses().list(account, { 0, 0, 0, 40 }, kSoon)).rows;
    }
};

void tst_Scheduled::keepsAndPages()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    domain::StatusRequest full =
        request(QStringLiteral("text #tag"), { photo(database, account), photo(database, account) });
    full.spoilerText = QStringLiteral("warning");
    full.sensitive = true;
    full.visibility = entities::Visibility::Private;
    full.language = QStringLiteral("de");
    full.commentsDisabled = true;
    full.idempotencyKey = QStringLiteral("key");
    const ScheduledStatus first = schedule(server, account, full);
    QCOMPARE(first.text, full.text);
    QCOMPARE(first.spoilerText, full.spoilerText);
    QCOMPARE(first.media, full.media);
    QVERIFY(first.sensitive == true && first.visibility == entities::Visibility::Private && first.commentsDisabled);
    QCOMPARE(first.language, full.language);
    // The same key is the same post, with whatever text.
    domain::StatusRequest again = request(QStringLiteral("other"));
    again.idempotencyKey = full.idempotencyKey;
    QCOMPARE(schedule(server, account, again).id, first.id);
    const ScheduledStatus second = schedule(server, account, request(QStringLiteral("second")));
    QVERIFY(!second.sensitive && !second.visibility);
    QCOMPARE(must(database->scheduledStatuses().list(account, { 0, 0, 0, 1 }, kSoon)).rows.first().id, second.id);
    QCOMPARE(must(database->scheduledStatuses().list(account, { second.id.number(), 0, 0, 1 }, kSoon)).rows.first().id,
             first.id);
}

void tst_Scheduled::postsOnceWhoeverTries()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const MediaId media = photo(database, account);
    schedule(server, account, request(QStringLiteral("at last"), { media }));
    QVERIFY(server.claim().isEmpty());
    server.clock.offset = kLater + std::chrono::minutes { 1 };
    const QList<entities::Job> jobs = server.claim();
    QCOMPARE(jobs.size(), 1);

    const std::unique_ptr<sql::SqlDatabase> otherDoor = database.openAgain();
    Server other(*otherDoor, 3);
    std::vector<std::thread> threads;
    for (Server *each : { &server, &other, &server, &other })
        threads.emplace_back([each, &jobs] { static_cast<void>(each->publish.run(jobs.first(), kSoon)); });
    for (std::thread &thread : threads)
        thread.join();

    const QList<StatusId> posted = posts(database, account);
    QCOMPARE(posted.size(), 1);
    QCOMPARE(must(database->statuses().byId(posted.first(), kSoon)).text, QStringLiteral("at last"));
    QCOMPARE(must(database->media().byId(media, kSoon)).statusId, posted.first());
    QVERIFY(waiting(database, account).isEmpty());
    server.clock.offset = kLater + std::chrono::hours { 2 };
    QVERIFY(server.claim().isEmpty());
    QCOMPARE(must(database->accounts().byId(account, kSoon)).statusesCount, 1);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_Scheduled::reservesPhotosUntilItIsTakenBack()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const QList<MediaId> media { photo(database, account) };
    const ScheduledStatus scheduled = schedule(server, account, request(QStringLiteral("mine"), media));
    const auto now = server.postStatus.run(viewer(account), request(QStringLiteral("now"), media), kSoon);
    QCOMPARE(now.error().fault, Fault::Unprocessable);
    const auto twice = server.schedule.create(viewer(account), request(QStringLiteral("too"), media),
                                              server.clock.now() + kLater, kSoon);
    QCOMPARE(twice.error().fault, Fault::Unprocessable);
    QCOMPARE(waiting(database, account).size(), 1);
    must(server.schedule.remove(viewer(account), scheduled.id, kSoon));
    QVERIFY(server.postStatus.run(viewer(account), request(QStringLiteral("now"), media), kSoon));
    server.clock.offset = kLater * 2;
    QVERIFY(server.claim().isEmpty());
}

void tst_Scheduled::postsWithoutAPhotoThatIsGone()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const QList<MediaId> media { photo(database, account), photo(database, account) };
    schedule(server, account, request(QStringLiteral("text"), media));
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(media.first()); });
    server.clock.offset = kLater * 2;
    must(server.publish.run(server.claim().first(), kSoon));
    const QList<StatusId> posted = posts(database, account);
    QCOMPARE(posted.size(), 1);
    QCOMPARE(must(database->media().byStatuses(posted, kSoon)).size(), 1);
}

void tst_Scheduled::keepsWhatCanNoLongerBePosted()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const entities::Status parent = database.post(database.draft(account));
    domain::StatusRequest comment = request(QStringLiteral("a comment"));
    comment.inReplyTo = parent.id;
    const ScheduledStatus scheduled = schedule(server, account, comment);
    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(parent.id); });
    server.clock.offset = kLater * 2;
    must(server.publish.run(server.claim().first(), kSoon));
    QVERIFY(posts(database, account).isEmpty());
    QCOMPARE(waiting(database, account).first().id, scheduled.id);
    QVERIFY(server.claim().isEmpty());
    // It can be taken back.
    must(server.schedule.remove(viewer(account), scheduled.id, kSoon));
    QVERIFY(waiting(database, account).isEmpty());
}

void tst_Scheduled::goesWithItsAccountsJobs()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const ScheduledStatus scheduled = schedule(server, account, request(QStringLiteral("text")));
    // As when its account is gone: the row went without the job.
    database.write([&](ports::WriteSet &writers) { return writers.scheduled.remove(scheduled.id); });
    server.clock.offset = kLater * 2;
    must(server.publish.run(server.claim().first(), kSoon));
    server.clock.offset = kLater * 20;
    QVERIFY(server.claim().isEmpty());
    QVERIFY(posts(database, account).isEmpty());
}

void tst_Scheduled::isNotPostedOnceItIsMoved()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const ScheduledStatus scheduled = schedule(server, account, request(QStringLiteral("text")));
    server.clock.offset = kLater * 2;
    const QList<entities::Job> jobs = server.claim();
    // Moved after the job was taken, and before it is done.
    must(server.schedule.change(viewer(account), scheduled.id, server.clock.now() + kLater, kSoon));
    QVERIFY(!server.publish.run(jobs.first(), kSoon));
    QVERIFY(posts(database, account).isEmpty());
    server.clock.offset = kLater * 4;
    must(server.publish.run(server.claim().first(), kSoon));
    QCOMPARE(posts(database, account).size(), 1);
}

void tst_Scheduled::holdsToItsBounds()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(*database, 2);
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    const Timestamp tomorrow =
        std::chrono::floor<std::chrono::days>(server.clock.now()) + std::chrono::days { 1 } + std::chrono::hours { 1 };
    const auto add = [&](AccountId who, Timestamp at) {
        return server.schedule.create(viewer(who), request(QStringLiteral("text")), at, kSoon);
    };
    for (int count = 0; count < domain::kMostScheduledPerDay; ++count)
        must(add(account, tomorrow));
    const auto tooMany = add(account, tomorrow + std::chrono::hours { 20 });
    QCOMPARE(tooMany.error().fault, Fault::Unprocessable);
    QCOMPARE(tooMany.error().safe,
             QStringLiteral("Validation failed: You have exceeded the limit of 50 scheduled posts for today"));
    const ScheduledStatus next = must(add(account, tomorrow + std::chrono::days { 1 })).statuses.first();
    QVERIFY(!server.schedule.change(viewer(account), next.id, tomorrow, kSoon));
    // Those of the day itself may move within it.
    QVERIFY(server.schedule.change(viewer(account), waiting(database, account).last().id,
                                   tomorrow + std::chrono::hours { 2 }, kSoon));
    must(add(other, tomorrow));
    QCOMPARE(add(other, server.clock.now() + std::chrono::minutes { 4 }).error().fault, Fault::Unprocessable);
    QCOMPARE(server.schedule.show(viewer(other), next.id, kSoon).error().fault, Fault::NotFound);
    QCOMPARE(server.schedule.remove(viewer(other), next.id, kSoon).error().fault, Fault::NotFound);
}

QTEST_GUILESS_MAIN(tst_Scheduled)
#include "tst_scheduled.moc"
