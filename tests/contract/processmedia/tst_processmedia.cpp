// SPDX-License-Identifier: GPL-3.0-or-later
// From an upload to a picture that can be posted, on the real databases, store, queue and image processor.
#include "../sql/testdatabase.h"

#include <graminsta/domain/media/awaitmedia.h>
#include <graminsta/domain/media/processmedia.h>
#include <graminsta/domain/media/receivemedia.h>
#include <graminsta/events/localevents.h>
#include <graminsta/jobs/jobrunner.h>
#include <graminsta/media/filemediastore.h>
#include <graminsta/media/vipsimageprocessor.h>
#include <graminsta/video/ffmpegvideoprocessor.h>
#include <rig/photo.h>

#include <QDir>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using namespace std::chrono_literals;
using entities::Job;
using entities::MediaAttachment;
using entities::MediaState;

namespace
{

const QString kKind = QLatin1String(domain::kProcessMediaJob);
constexpr int kForEver = 1000;

// The real processor, with faults when the test says so.
class FaultyProcessor final : public ports::ImageProcessor
{
public:
    Result<ports::ImageIdentity> identify(const QString &file, const ports::ImageLimits &limits) const override
    {
        return m_real->identify(file, limits);
    }
    Result<ports::ProcessedImage> process(const QString &file, const ports::ImageLimits &limits,
                                          const QList<ports::VariantSpec> &variants, const QString &outputFolder,
                                          const Deadline &deadline) override
    {
        ++calls;
        if (meanwhile)
            meanwhile();
        if (faults > 0) {
            --faults;
            return makeError(fault, QStringLiteral("a fault that the test makes"));
        }
        return m_real->process(file, limits, variants, outputFolder, deadline);
    }
    QStringList supportedMimeTypes() const override { return m_real->supportedMimeTypes(); }

    std::atomic<int> calls = 0;
    std::atomic<int> faults = 0; // how many calls fail
    Fault fault = Fault::Unavailable;
    std::function<void()> meanwhile;

private:
    std::unique_ptr<media::VipsImageProcessor> m_real = media::VipsImageProcessor::create().value();
};

std::unique_ptr<media::FileMediaStore> makeStore(const QString &folder)
{
    const SystemClock clock;
    media::FileMediaStoreSettings settings;
    settings.folder = folder;
    settings.minFreeBytes = 0;
    return must(media::FileMediaStore::create(settings, clock));
}

// A server's media side, without its HTTP.
struct Place {
    Place()
    {
        if (database.open())
            owner = database.addAccount(QStringLiteral("owner")).id;
    }

    [[nodiscard]] MediaAttachment receive(const QByteArray &bytes)
    {
        const QString path = store->stagingFolder() + QStringLiteral("/upload-%1").arg(++uploads);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("the upload cannot be staged");
        file.close();
        entities::Viewer viewer;
        viewer.account = owner;
        return must(receiveMedia.run(
            viewer, { path, QStringLiteral("words"), {}, entities::License::AllRightsReserved }, kSoon));
    }
    [[nodiscard]] MediaAttachment now(MediaId id) { return must(database->media().byId(id, kSoon)); }
    [[nodiscard]] Job claim(std::chrono::milliseconds time = 1h)
    {
        return must(database->jobs().claim(kKind, clock.now() + 24h, clock.now() + time, 1, kSoon)).value(0);
    }
    [[nodiscard]] ports::JobCount jobs()
    {
        for (const ports::JobCount &count : must(database->jobs().counts(kSoon))) {
            if (count.kind == kKind)
                return count;
        }
        return {};
    }
    [[nodiscard]] QStringList staged() const { return QDir(store->stagingFolder()).entryList(QDir::Files); }

    TestDatabase database;
    QTemporaryDir folder;
    SystemClock clock;
    IdGenerator ids { clock, 2 };
    AccountId owner;
    int uploads = 0;
    domain::InstanceSettings settings;
    std::unique_ptr<media::FileMediaStore> store = makeStore(folder.path());
    FaultyProcessor processor;
    events::LocalEvents events;
    domain::MediaGrants grants { "key", clock };
    domain::BringFiles files { *store, database->unitOfWork(), ids, clock };
    std::unique_ptr<video::FfmpegVideoProcessor> videos = video::FfmpegVideoProcessor::create().value();
    domain::ReceiveMedia receiveMedia {
        settings, database->accounts(), database->media(), processor, *videos, files, database->unitOfWork(), ids, clock
    };
    domain::ProcessMedia processMedia { settings, database->media(),     processor, *videos, *store,
                                        files,    database->unitOfWork() };
};

} // namespace

class tst_ProcessMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesItReadyAndTakesTheJobOff_data() { addDatabaseRows(); }
    void makesItReadyAndTakesTheJobOff();
    void changesNothingWhenItIsRepeated_data() { addDatabaseRows(); }
    void changesNothingWhenItIsRepeated();
    void keepsWhatIsWrittenMeanwhile_data() { addDatabaseRows(); }
    void keepsWhatIsWrittenMeanwhile();
    void leavesTheEffectToWhoeverHasTheJob_data() { addDatabaseRows(); }
    void leavesTheEffectToWhoeverHasTheJob();
    void refusesABrokenFileAtOnce_data() { addDatabaseRows(); }
    void refusesABrokenFileAtOnce();
    void triesAgainAndThenGivesUp_data() { addDatabaseRows(); }
    void triesAgainAndThenGivesUp();
    void givesUpWhatEndsEveryProcess_data() { addDatabaseRows(); }
    void givesUpWhatEndsEveryProcess();
    void refusesWhatIsAlwaysTooSlow_data() { addDatabaseRows(); }
    void refusesWhatIsAlwaysTooSlow();
    void endsWithItsAccount_data() { addDatabaseRows(); }
    void endsWithItsAccount();
    void tellsThoseWhoWait_data() { addDatabaseRows(); }
    void tellsThoseWhoWait();
    void doesNotHoldUpOtherJobs_data() { addDatabaseRows(); }
    void doesNotHoldUpOtherJobs();
};

void tst_ProcessMedia::makesItReadyAndTakesTheJobOff()
{
    Place place;
    if (!place.database.open())
        return;
    const QByteArray photo = rig::makePhoto(1);
    const MediaAttachment received = place.receive(photo);
    QCOMPARE(received.state, MediaState::Received);
    QVERIFY(received.variants.isEmpty());
    QCOMPARE(place.jobs().waiting, qint64 { 1 });
    QCOMPARE(place.processor.calls.load(), 0);

    must(place.processMedia.run(place.claim(), kSoon));
    const MediaAttachment ready = place.now(received.id);
    QCOMPARE(ready.state, MediaState::Ready);
    QCOMPARE(QSize(ready.width, ready.height), QSize(96, 64));
    QVERIFY(!ready.blurhash.isEmpty());
    QCOMPARE(ready.variants.size(), 5);
    for (const entities::MediaVariant &variant : ready.variants) {
        const QString file = must(place.store->localFile({ ports::MediaArea::Restricted, variant.key }, kSoon));
        QCOMPARE(QFileInfo(file).size(), variant.bytes);
    }
    QFile original(must(place.store->localFile({ ports::MediaArea::Private, ready.originalKey }, kSoon)));
    QVERIFY(original.open(QIODevice::ReadOnly));
    QCOMPARE(original.readAll(), photo);
    QCOMPARE(place.jobs().waiting, qint64 { 0 });
    QCOMPARE(must(place.database->media().bytesOf(place.owner, kSoon)), qint64 { photo.size() });
    QVERIFY2(place.staged().isEmpty(), qPrintable(place.staged().join(QLatin1Char(' '))));
}

void tst_ProcessMedia::changesNothingWhenItIsRepeated()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(2));
    const Job job = place.claim();
    must(place.processMedia.run(job, kSoon));
    const MediaAttachment ready = place.now(received.id);
    must(place.processMedia.run(job, kSoon));
    QCOMPARE(place.processor.calls.load(), 1);
    QCOMPARE(place.now(received.id).variants.size(), ready.variants.size());
    QCOMPARE(must(place.database->media().bytesOf(place.owner, kSoon)), received.originalBytes);
    QVERIFY(place.staged().isEmpty());
}

void tst_ProcessMedia::keepsWhatIsWrittenMeanwhile()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(3));
    place.processor.meanwhile = [&] {
        MediaAttachment described = received;
        described.description = QStringLiteral("better words");
        described.focus = { 0.25, -0.25 };
        place.database.write([&](ports::WriteSet &writers) { return writers.media.describe(described); });
    };
    must(place.processMedia.run(place.claim(), kSoon));
    const MediaAttachment ready = place.now(received.id);
    QCOMPARE(ready.state, MediaState::Ready);
    QCOMPARE(ready.description, QStringLiteral("better words"));
    QVERIFY((ready.focus == entities::FocusPoint { 0.25, -0.25 }));
}

void tst_ProcessMedia::leavesTheEffectToWhoeverHasTheJob()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(4));
    const Job lost = place.claim();
    const Job job = place.claim(); // as when the first claim has ended
    QCOMPARE(job.id, lost.id);
    QCOMPARE(place.processMedia.run(lost, kSoon).error().fault, Fault::Conflict);
    QCOMPARE(place.now(received.id).state, MediaState::Received);
    must(place.processMedia.run(job, kSoon));
    QCOMPARE(place.now(received.id).state, MediaState::Ready);
    QVERIFY(place.staged().isEmpty());
}

void tst_ProcessMedia::refusesABrokenFileAtOnce()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(5).chopped(200));
    must(place.processMedia.run(place.claim(), kSoon));
    const MediaAttachment failed = place.now(received.id);
    QCOMPARE(failed.state, MediaState::Failed);
    QVERIFY2(failed.failure.size() > 10, qPrintable(failed.failure));
    QCOMPARE(place.jobs().waiting + place.jobs().dead, qint64 { 0 });
    QCOMPARE(must(place.database->media().bytesOf(place.owner, kSoon)), qint64 { 0 });
    QCOMPARE(must(place.database->integrityCheck(kSoon)), QStringList());
    QVERIFY(place.staged().isEmpty());
}

void tst_ProcessMedia::triesAgainAndThenGivesUp()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(6));
    place.processor.faults = kForEver;
    for (int attempt = 1; attempt <= domain::kProcessMediaAttempts; ++attempt) {
        QCOMPARE(place.now(received.id).state, MediaState::Received);
        const Job job = place.claim();
        QCOMPARE(job.attempts, attempt);
        QCOMPARE(place.processMedia.run(job, kSoon).error().fault, Fault::Unavailable);
        if (attempt < domain::kProcessMediaAttempts)
            must(place.database->jobs().retry(job, place.clock.now(), {}, kSoon));
        else
            must(place.database->jobs().bury(job, QStringLiteral("why"), kSoon));
    }
    const MediaAttachment failed = place.now(received.id);
    QCOMPARE(failed.state, MediaState::Failed);
    QVERIFY(failed.failure.contains(QStringLiteral("again")));
    QCOMPARE(place.jobs().dead, qint64 { 1 });

    // Whoever runs the server has mended it.
    place.processor.faults = 0;
    const Job dead = must(place.database->jobs().dead({}, 10, kSoon)).value(0);
    must(place.database->jobs().revive(dead.id, place.clock.now(), kSoon));
    must(place.processMedia.run(place.claim(), kSoon));
    const MediaAttachment ready = place.now(received.id);
    QCOMPARE(ready.state, MediaState::Ready);
    QVERIFY(ready.failure.isEmpty());
    QCOMPARE(place.jobs().dead, qint64 { 0 });
    QCOMPARE(must(place.database->media().bytesOf(place.owner, kSoon)), received.originalBytes);
}

void tst_ProcessMedia::givesUpWhatEndsEveryProcess()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(7));
    for (int attempt = 1; attempt <= domain::kProcessMediaAttempts; ++attempt)
        QCOMPARE(place.claim().attempts, attempt); // and whoever has it dies
    QVERIFY(!place.processMedia.run(place.claim(), kSoon));
    QCOMPARE(place.processor.calls.load(), 0);
    QCOMPARE(place.now(received.id).state, MediaState::Failed);
}

void tst_ProcessMedia::refusesWhatIsAlwaysTooSlow()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(8));
    place.processor.faults = kForEver;
    place.processor.fault = Fault::Timeout;
    int attempts = 0;
    while (place.now(received.id).state == MediaState::Received && attempts < 10) {
        ++attempts;
        const Job job = place.claim();
        if (!place.processMedia.run(job, kSoon))
            must(place.database->jobs().retry(job, place.clock.now(), {}, kSoon));
    }
    QCOMPARE(place.now(received.id).state, MediaState::Failed);
    QVERIFY2(attempts > 1 && attempts < domain::kProcessMediaAttempts, qPrintable(QString::number(attempts)));
    QCOMPARE(place.jobs().waiting + place.jobs().dead, qint64 { 0 });
}

void tst_ProcessMedia::endsWithItsAccount()
{
    Place place;
    if (!place.database.open())
        return;
    const MediaAttachment received = place.receive(rig::makePhoto(9));
    place.processor.meanwhile = [&] {
        place.database.write([&](ports::WriteSet &writers) { return writers.media.remove(received.id); });
    };
    const Job job = place.claim();
    QCOMPARE(place.processMedia.run(job, kSoon).error().fault, Fault::NotFound);
    place.processor.meanwhile = {};
    must(place.processMedia.run(job, kSoon));
    QCOMPARE(must(place.database->media().bytesOf(place.owner, kSoon)), qint64 { 0 });
    QVERIFY(place.staged().isEmpty());
}

void tst_ProcessMedia::tellsThoseWhoWait()
{
    Place place;
    if (!place.database.open())
        return;
    domain::AwaitMedia await(place.database->media(), place.grants, place.events, 1);
    const MediaAttachment received = place.receive(rig::makePhoto(10));
    QVERIFY(await.hasRoom());
    QCOMPARE(await.run(received, Deadline::after(50ms)).state, MediaState::Received);

    MediaAttachment seen;
    std::thread waiter([&] { seen = await.run(received, Deadline::after(30s)); });
    QTRY_VERIFY(!await.hasRoom());
    must(place.processMedia.run(place.claim(), kSoon));
    place.events.publish({ ports::MediaSettled { MediaId { 1 } }, ports::MediaSettled { received.id } });
    waiter.join();
    QCOMPARE(seen.state, MediaState::Ready);
    QVERIFY(await.hasRoom());

    // Of another process nobody tells: the row does.
    const MediaAttachment other = place.receive(rig::makePhoto(11));
    std::thread second([&] { seen = await.run(other, Deadline::after(30s)); });
    QTRY_VERIFY(!await.hasRoom());
    must(place.processMedia.run(place.claim(), kSoon));
    second.join();
    QCOMPARE(seen.state, MediaState::Ready);
}

void tst_ProcessMedia::doesNotHoldUpOtherJobs()
{
    Place place;
    if (!place.database.open())
        return;
    std::atomic<bool> open = false;
    place.processor.meanwhile = [&] {
        while (!open)
            QThread::msleep(5);
    };
    QList<MediaId> uploads;
    for (int i = 0; i < 12; ++i)
        uploads.append(place.receive(rig::makePhoto(20 + i)).id);
    std::atomic<int> others = 0;
    jobs::JobKind media;
    media.name = kKind;
    media.concurrency = 2;
    media.handler = [&](const Job &job, const Deadline &deadline) -> Result<jobs::Outcome> {
        GI_TRY(place.processMedia.run(job, deadline));
        return jobs::Outcome::Done;
    };
    jobs::JobKind other;
    other.name = QStringLiteral("test.other");
    other.handler = [&](const Job &, const Deadline &) -> Result<jobs::Outcome> {
        ++others;
        return jobs::Outcome::Done;
    };
    jobs::JobRunnerOptions options;
    options.threads = 3;
    options.poll = 20ms;
    jobs::JobRunner runner(place.database->jobs(), place.database->unitOfWork(), place.ids, place.clock,
                           { media, other }, options);
    runner.start();
    QTRY_COMPARE(place.processor.calls.load(), 2);
    for (int i = 0; i < 3; ++i) {
        const entities::JobId id = place.ids.next<entities::JobId>();
        place.database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.jobs.enqueue({ id, other.name, {}, place.clock.now(), {} }, place.clock.now()));
            return {};
        });
        QTRY_COMPARE(others.load(), i + 1);
    }
    QCOMPARE(place.processor.calls.load(), 2); // and no more than two at once
    open = true;
    for (const MediaId id : uploads)
        QTRY_COMPARE_WITH_TIMEOUT(place.now(id).state, MediaState::Ready, 30'000);
    runner.stop(Deadline::after(5s));
    QCOMPARE(place.processor.calls.load(), 12);
}

QTEST_GUILESS_MAIN(tst_ProcessMedia)
#include "tst_processmedia.moc"
