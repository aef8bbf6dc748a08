// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of MediaReader and MediaWriter on both databases.
#include "testdatabase.h"

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::MediaAttachment;
using entities::MediaState;
using entities::VariantSize;

class tst_SqlMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField_data() { addDatabaseRows(); }
    void keepsEveryField();
    void describesWhatIsProcessedMeanwhile_data() { addDatabaseRows(); }
    void describesWhatIsProcessedMeanwhile();
    void settlesOnceAndCountsAnew_data() { addDatabaseRows(); }
    void settlesOnceAndCountsAnew();
    void attachesInOrderAllOrNone_data() { addDatabaseRows(); }
    void attachesInOrderAllOrNone();
    void givesAPhotoToOneOfTwoParallelPosts_data() { addDatabaseRows(); }
    void givesAPhotoToOneOfTwoParallelPosts();
};

namespace
{

MediaAttachment fullMedia(MediaId id, AccountId owner)
{
    MediaAttachment media;
    media.id = id;
    media.accountId = owner;
    media.state = MediaState::Ready;
    media.failure = QStringLiteral("none");
    media.description = QStringLiteral("A \"photo\"\nof 100 % \u5bcc\u58eb\u5c71");
    media.focus = { -0.1, 0.333333333333333314829616256247 };
    media.blurhash = QStringLiteral("LEHV6nWB2yk8pyo0adR*.7kCMdnj");
    media.originalKey = QStringLiteral("original.heic");
    media.originalMimeType = QStringLiteral("image/heic");
    media.originalBytes = 5'000'000'000;
    media.width = 4032;
    media.height = 3024;
    media.kind = entities::MediaKind::Video;
    media.duration = std::chrono::milliseconds(3'000'000'000);
    media.frameRate = { 30000, 1001 };
    media.variants = { { VariantSize::Grid, QStringLiteral("a.jpg"), QStringLiteral("image/jpeg"), 320, 240, 1 },
                       { VariantSize::Full, QStringLiteral("b.avif"), QStringLiteral("image/avif"), 4032, 3024,
                         6'000'000'000 } };
    media.createdAt = fromUnixMs(1'700'000'000'789);
    return media;
}

void compare(const MediaAttachment &a, const MediaAttachment &b)
{
    QCOMPARE(a.id.number(), b.id.number());
    QCOMPARE(a.accountId.number(), b.accountId.number());
    QCOMPARE(a.statusId.number(), b.statusId.number());
    QCOMPARE(a.position, b.position);
    QCOMPARE(a.state, b.state);
    QCOMPARE(a.failure, b.failure);
    QCOMPARE(a.description, b.description);
    QVERIFY(a.focus == b.focus);
    QCOMPARE(a.license, b.license);
    QCOMPARE(a.blurhash, b.blurhash);
    QCOMPARE(a.originalKey, b.originalKey);
    QCOMPARE(a.originalMimeType, b.originalMimeType);
    QCOMPARE(a.originalBytes, b.originalBytes);
    QCOMPARE(a.width, b.width);
    QCOMPARE(a.height, b.height);
    QCOMPARE(a.kind, b.kind);
    QCOMPARE(a.duration, b.duration);
    QCOMPARE(a.frameRate, b.frameRate);
    QCOMPARE(toUnixMs(a.createdAt), toUnixMs(b.createdAt));
    QCOMPARE(a.variants.size(), b.variants.size());
    for (qsizetype index = 0; index < a.variants.size(); ++index) {
        QCOMPARE(a.variants[index].size, b.variants[index].size);
        QCOMPARE(a.variants[index].key, b.variants[index].key);
        QCOMPARE(a.variants[index].mimeType, b.variants[index].mimeType);
        QCOMPARE(a.variants[index].width, b.variants[index].width);
        QCOMPARE(a.variants[index].height, b.variants[index].height);
        QCOMPARE(a.variants[index].bytes, b.variants[index].bytes);
    }
}

} // namespace

void tst_SqlMedia::keepsEveryField()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("owner")).id;
    MediaAttachment media = fullMedia(MediaId { 9 }, owner);
    database.write([&](ports::WriteSet &writers) { return writers.media.insert(media); });
    compare(must(database->media().byId(media.id, kSoon)), media);

    database.write([&](ports::WriteSet &writers) { return writers.media.remove(media.id); });
    QCOMPARE(database->media().byId(media.id, kSoon).error().fault, Fault::NotFound);
}

void tst_SqlMedia::describesWhatIsProcessedMeanwhile()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("owner")).id;
    const MediaAttachment media = fullMedia(MediaId { 9 }, owner);
    database.write([&](ports::WriteSet &writers) { return writers.media.insert(media); });
    // As it was read before it was ready: only what a person says of it is taken from this.
    MediaAttachment described;
    described.id = media.id;
    described.description = QStringLiteral("new words");
    described.focus = { 0.5, -0.5 };
    described.license = entities::License::CcBySa;
    database.write([&](ports::WriteSet &writers) { return writers.media.describe(described); });
    MediaAttachment expected = media;
    expected.description = described.description;
    expected.focus = described.focus;
    expected.license = described.license;
    compare(must(database->media().byId(media.id, kSoon)), expected);

    described.id = MediaId { 10 };
    const Result<> missing = database->unitOfWork().write(
        kSoon, [&](ports::WriteSet &writers) { return writers.media.describe(described); });
    QCOMPARE(missing.error().fault, Fault::NotFound);
}

void tst_SqlMedia::settlesOnceAndCountsAnew()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("owner")).id;
    const MediaAttachment full = fullMedia(MediaId { 9 }, owner);
    MediaAttachment received = full;
    received.state = MediaState::Received;
    received.failure.clear();
    received.blurhash.clear();
    received.width = received.height = 0;
    received.duration = {};
    received.frameRate = {};
    received.variants.clear();
    database.write([&](ports::WriteSet &writers) { return writers.media.insert(received); });
    const auto settle = [&](const MediaAttachment &media) {
        return database->unitOfWork().write(kSoon,
                                            [&](ports::WriteSet &writers) { return writers.media.settle(media); });
    };
    const auto bytes = [&] { return must(database->media().bytesOf(owner, kSoon)); };

    MediaAttachment failed = received;
    failed.state = MediaState::Failed;
    failed.failure = QStringLiteral("broken");
    failed.originalBytes = 0;
    must(settle(failed));
    compare(must(database->media().byId(full.id, kSoon)), failed);
    QCOMPARE(bytes(), qint64 { 0 });

    // Its description is that of the row, whatever the processor had read.
    MediaAttachment ready = full;
    ready.description = QStringLiteral("old words");
    must(settle(ready));
    compare(must(database->media().byId(full.id, kSoon)), full);
    QCOMPARE(bytes(), full.originalBytes);

    QCOMPARE(settle(failed).error().fault, Fault::NotFound);
    ready.id = MediaId { 10 };
    QCOMPARE(settle(ready).error().fault, Fault::NotFound);
    QCOMPARE(bytes(), full.originalBytes);
}

void tst_SqlMedia::attachesInOrderAllOrNone()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("owner")).id;
    const AccountId stranger = database.addAccount(QStringLiteral("stranger")).id;
    const StatusId status = database.post(database.draft(owner)).id;
    const StatusId other = database.post(database.draft(owner)).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int id = 1; id <= 4; ++id) {
            MediaAttachment media = fullMedia(MediaId { id }, id == 3 ? stranger : owner);
            media.state = id == 4 ? MediaState::Received : MediaState::Ready;
            GI_TRY(writers.media.insert(media));
        }
        return {};
    });
    const auto attach = [&](StatusId to, const QList<int> &numbers) {
        QList<MediaId> ids;
        for (const int number : numbers)
            ids.append(MediaId { number });
        return database->unitOfWork().write(
            kSoon, [&](ports::WriteSet &writers) { return writers.media.attach(owner, to, ids); });
    };
    const QList<QList<int>> refused { { 1, 3 }, { 1, 4 }, { 1, 1 }, { 1, 99 } };
    for (const QList<int> &numbers : refused)
        QCOMPARE(attach(status, numbers).error().fault, Fault::Conflict);
    QVERIFY(must(database->media().byStatuses({ status }, kSoon)).isEmpty());

    must(attach(status, { 2, 1 }));
    QCOMPARE(attach(other, { 1 }).error().fault, Fault::Conflict);
    const QList<MediaAttachment> attached = must(database->media().byStatuses({ other, status }, kSoon));
    QCOMPARE(attached.size(), 2);
    QVERIFY(attached[0].id == MediaId { 2 } && attached[0].position == 0);
    QVERIFY(attached[1].id == MediaId { 1 } && attached[1].position == 1);
    const QList<MediaAttachment> byIds =
        must(database->media().byIds({ MediaId { 3 }, MediaId { 77 }, MediaId { 1 } }, kSoon));
    QVERIFY(byIds.size() == 2 && byIds[0].id == MediaId { 3 });

    database.write([&](ports::WriteSet &writers) { return writers.media.detach(status); });
    must(attach(other, { 1, 2 }));
}

void tst_SqlMedia::givesAPhotoToOneOfTwoParallelPosts()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("owner")).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.insert(fullMedia(MediaId { 1 }, owner)));
        return writers.media.insert(fullMedia(MediaId { 2 }, owner));
    });
    std::atomic<int> posted = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 10; ++thread) {
        threads.emplace_back([&, thread] {
            const entities::Status status = database.draft(owner);
            const QList<MediaId> ids = thread % 2 == 0 ? QList<MediaId> { MediaId { 1 }, MediaId { 2 } }
                                                       : QList<MediaId> { MediaId { 2 }, MediaId { 1 } };
            const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.statuses.insert(status));
                return writers.media.attach(owner, status.id, ids);
            });
            posted += result ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(posted.load(), 1);
}

QTEST_GUILESS_MAIN(tst_SqlMedia)
#include "tst_sqlmedia.moc"
