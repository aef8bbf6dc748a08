// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads in pieces on both databases and on real files: rows, bytes, locks, and what is swept.
#include "../sql/testdatabase.h"

#include <graminsta/domain/uploads/appendupload.h>
#include <graminsta/domain/uploads/createupload.h>
#include <graminsta/domain/uploads/ownuploads.h>
#include <graminsta/domain/uploads/sweepuploads.h>
#include <graminsta/media/filemediastore.h>
#include <graminsta/media/fileuploadstore.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <atomic>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace graminsta;
using namespace graminsta::test;
using entities::Upload;
using entities::UploadId;
using ports::UploadAppend;

namespace
{

class SetClock final : public Clock
{
public:
    Timestamp now() const override { return SystemClock().now() + offset.load(); }
    std::atomic<std::chrono::minutes> offset { std::chrono::minutes { 0 } };
};

// The use cases on a database and a folder, as a server has them.
struct Server {
    Server(sql::SqlDatabase &theDatabase, const QString &folder, int node = 2)
        : database(theDatabase)
        , ids(clock, node)
        , mediaStore(must(media::FileMediaStore::create({ folder }, clock)))
        , store(must(
              media::FileUploadStore::create({ folder + QStringLiteral("/uploads"), mediaStore->stagingFolder() })))
    {
    }

    [[nodiscard]] static entities::Viewer viewer(AccountId account)
    {
        entities::Viewer viewer;
        viewer.account = account;
        return viewer;
    }
    [[nodiscard]] Result<Upload> begin(AccountId account, qint64 length) const
    {
        return create.run(viewer(account), { length, {} }, kSoon);
    }
    [[nodiscard]] Result<domain::OpenUpload> open(AccountId account, UploadId id, qint64 offset, qint64 bytes) const
    {
        return append.run(viewer(account), { id, offset, bytes, {}, {} }, kSoon);
    }
    [[nodiscard]] qint64 offset(AccountId account, UploadId id) const
    {
        return must(own.show(viewer(account), id, kSoon)).offset;
    }

    sql::SqlDatabase &database;
    SetClock clock;
    IdGenerator ids;
    domain::InstanceSettings settings;
    std::unique_ptr<media::FileMediaStore> mediaStore;
    std::unique_ptr<media::FileUploadStore> store;
    domain::CreateUpload create { settings, database.uploads(), *store, database.unitOfWork(), ids, clock };
    domain::AppendUpload append { settings, database.uploads(), *store, database.unitOfWork(), clock };
    domain::OwnUploads own { database.uploads(), *store, database.unitOfWork(), clock };
    domain::SweepUploads sweep { settings, database.uploads(), *store, database.unitOfWork(), clock };
};

} // namespace

class tst_Uploads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsRows_data() { addDatabaseRows(); }
    void keepsRows();
    void becomesOneAttachmentOnly_data() { addDatabaseRows(); }
    void becomesOneAttachmentOnly();
    void countsWhatIsUnfinishedAlsoInParallel_data() { addDatabaseRows(); }
    void countsWhatIsUnfinishedAlsoInParallel();
    void sweepsWhatHasExpired_data() { addDatabaseRows(); }
    void sweepsWhatHasExpired();
    void keepsBytesWithoutACommit();
    void keepsNothingOfWhatACheckSumWasFor();
    void isLockedForOtherProcessesToo();
    void takesTheLockFromWhoHasStalled();
    void letsGoOfTheLockWithItsProcess();
    void stagesUnderAnotherName();
    void joinsParts();
    void refusesWhatTheDiskHasNoRoomFor();

private:
    [[nodiscard]] static int files(const QString &folder)
    {
        return int(QDir(folder + QStringLiteral("/uploads")).entryList(QDir::Files | QDir::Hidden).size());
    }
    std::unique_ptr<media::FileUploadStore>
    freshStore(const QTemporaryDir &folder, std::chrono::milliseconds stalledAfter = std::chrono::seconds { 60 }) const
    {
        QDir(folder.path()).mkpath(QStringLiteral("staging"));
        media::FileUploadStoreSettings settings;
        settings.folder = folder.filePath(QStringLiteral("uploads"));
        settings.stagingFolder = folder.filePath(QStringLiteral("staging"));
        settings.stalledAfter = stalledAfter;
        return must(media::FileUploadStore::create(settings));
    }
    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    const UploadId m_id { 7 };
};

void tst_Uploads::keepsRows()
{
    TestDatabase database;
    if (!database.open())
        return;
    Upload upload;
    upload.id = database.newId<UploadId>();
    upload.accountId = database.addAccount(QStringLiteral("ann")).id;
    upload.kind = entities::UploadKind::Joined;
    upload.metadata = "filename c2Vh";
    upload.parts = "/files/1 /files/2";
    upload.createdAt = Timestamp { std::chrono::milliseconds { 1000 } };
    upload.expiresAt = Timestamp { std::chrono::milliseconds { 5000 } };
    database.write([&](ports::WriteSet &writers) { return writers.uploads.insert(upload); });
    Upload kept = must(database->uploads().byId(upload.id, kSoon));
    QVERIFY(!kept.length);
    QVERIFY(kept.mediaId.isNull());
    QCOMPARE(kept.metadata, upload.metadata);
    QCOMPARE(kept.parts, upload.parts);
    QCOMPARE(kept.kind, upload.kind);
    QVERIFY(kept.createdAt == upload.createdAt && kept.expiresAt == upload.expiresAt);
    database.write([&](ports::WriteSet &writers) { return writers.uploads.setLength(upload.id, 9); });
    QCOMPARE(must(database->uploads().byId(upload.id, kSoon)).length, std::optional<qint64>(9));
    const Result<> again = database->unitOfWork().write(
        kSoon, [&](ports::WriteSet &writers) { return writers.uploads.setLength(upload.id, 10); });
    QCOMPARE(again.error().fault, Fault::Conflict);
    QVERIFY(must(database->uploads().expired(upload.expiresAt - std::chrono::milliseconds { 1 }, 10, kSoon)).isEmpty());
    QCOMPARE(must(database->uploads().expired(upload.expiresAt, 10, kSoon)), QList<UploadId> { upload.id });
    const Timestamp sooner = upload.expiresAt - std::chrono::seconds { 2 };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.uploads.expire({ upload.id }, sooner));
        return writers.uploads.expire({ upload.id }, upload.expiresAt); // no longer life
    });
    QVERIFY(must(database->uploads().byId(upload.id, kSoon)).expiresAt == sooner);
    for (int twice = 0; twice < 2; ++twice)
        database.write([&](ports::WriteSet &writers) { return writers.uploads.remove({ upload.id }); });
    QCOMPARE(database->uploads().byId(upload.id, kSoon).error().fault, Fault::NotFound);
}

void tst_Uploads::becomesOneAttachmentOnly()
{
    TestDatabase database;
    if (!database.open())
        return;
    Upload upload;
    upload.id = database.newId<UploadId>();
    upload.accountId = database.addAccount(QStringLiteral("ann")).id;
    upload.length = 5;
    database.write([&](ports::WriteSet &writers) { return writers.uploads.insert(upload); });
    std::atomic<int> redeemed = 0;
    std::vector<std::thread> threads;
    for (int i = 1; i <= 8; ++i) {
        threads.emplace_back([&, i] {
            const Result<> written = database->unitOfWork().write(
                kSoon, [&](ports::WriteSet &writers) { return writers.uploads.redeem(upload.id, MediaId { i }); });
            redeemed += written ? 1 : 0;
            if (!written)
                QCOMPARE(written.error().fault, Fault::Conflict);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(redeemed.load(), 1);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        const ports::UnfinishedUploads unfinished = GI_TRY(writers.uploads.unfinished(upload.accountId, 100));
        return unfinished.count == 0 ? Result<> {} : makeError(Fault::Internal, QStringLiteral("it still counts"));
    });
}

void tst_Uploads::countsWhatIsUnfinishedAlsoInParallel()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QTemporaryDir folder;
    Server server(*database, folder.path());
    server.settings.uploads.perAccount = 3;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    std::atomic<int> begun = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] { begun += server.begin(ann, 10) ? 1 : 0; });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(begun.load(), 3);
    QCOMPARE(files(folder.path()), 3); // of those refused there is nothing
    QVERIFY(server.begin(database.addAccount(QStringLiteral("bob")).id, 10));
}

void tst_Uploads::sweepsWhatHasExpired()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QTemporaryDir folder;
    Server server(*database, folder.path());
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const UploadId idle = must(server.begin(ann, 10)).id;
    const UploadId busy = must(server.begin(ann, 10)).id;
    std::optional<domain::OpenUpload> open = must(server.open(ann, busy, 0, 3));
    QVERIFY(!must(server.sweep.run(kSoon)));
    QCOMPARE(files(folder.path()), 2);
    server.clock.offset = std::chrono::hours { 24 };
    QCOMPARE(server.own.show(Server::viewer(ann), idle, kSoon).error().fault, Fault::Gone);
    QVERIFY(!must(server.sweep.run(kSoon)));
    // Whose bytes still come is left until they have ended.
    QCOMPARE(server.own.show(Server::viewer(ann), idle, kSoon).error().fault, Fault::NotFound);
    QCOMPARE(server.own.show(Server::viewer(ann), busy, kSoon).error().fault, Fault::Gone);
    open.reset();
    QVERIFY(!must(server.sweep.run(kSoon)));
    QCOMPARE(files(folder.path()), 0);
    QCOMPARE(server.own.show(Server::viewer(ann), busy, kSoon).error().fault, Fault::NotFound);
    // A file without a row, as a crash may leave one.
    must(server.store->create(m_id, kSoon));
    QVERIFY(!must(server.sweep.run(kSoon)));
    QCOMPARE(files(folder.path()), 1);
    server.clock.offset = std::chrono::hours { 26 };
    QVERIFY(!must(server.sweep.run(kSoon)));
    QCOMPARE(files(folder.path()), 0);
}

void tst_Uploads::keepsBytesWithoutACommit()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    must(store->create(m_id, kSoon));
    QCOMPARE(store->create(m_id, kSoon).error().fault, Fault::Conflict);
    {
        const auto append = must(store->append(m_id, {}, kSoon));
        QCOMPARE(append->offset(), 0);
        must(append->write("abc"));
        must(append->write("de"));
    }
    QCOMPARE(must(store->durableSize(m_id, kSoon)), 5);
    const auto append = must(store->append(m_id, {}, kSoon));
    QCOMPARE(append->offset(), 5);
    must(append->write("f"));
    QCOMPARE(must(append->commit(kSoon)), 6);
    QCOMPARE(content(folder.filePath(QStringLiteral("uploads/7"))), QByteArray("abcdef"));
    QCOMPARE(store->durableSize(UploadId { 8 }, kSoon).error().fault, Fault::NotFound);
    QCOMPARE(store->append(UploadId { 8 }, {}, kSoon).error().fault, Fault::NotFound);
}

void tst_Uploads::keepsNothingOfWhatACheckSumWasFor()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    must(store->create(m_id, kSoon));
    const ports::Checksum checksum { ports::ChecksumKind::Sha1,
                                     QCryptographicHash::hash("right", QCryptographicHash::Sha1) };
    {
        const auto append = must(store->append(m_id, checksum, kSoon));
        must(append->write("rig"));
        QCOMPARE(must(store->durableSize(m_id, kSoon)), 0);
    }
    {
        const auto append = must(store->append(m_id, checksum, kSoon));
        must(append->write("wrong"));
        const Result<qint64> end = append->commit(kSoon);
        QCOMPARE(end.error().code, QLatin1String(ports::kChecksumMismatch));
    }
    QCOMPARE(must(store->durableSize(m_id, kSoon)), 0);
    const auto append = must(store->append(m_id, checksum, kSoon));
    must(append->write("rig"));
    must(append->write("ht"));
    QCOMPARE(must(append->commit(kSoon)), 5);
    QCOMPARE(content(folder.filePath(QStringLiteral("uploads/7"))), QByteArray("right"));
    QCOMPARE(files(folder.path()), 1);
}

void tst_Uploads::isLockedForOtherProcessesToo()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    must(store->create(m_id, kSoon));
    std::unique_ptr<UploadAppend> append = must(store->append(m_id, {}, kSoon));
    const auto isLocked = [&] {
        const auto second = store->append(m_id, {}, kSoon);
        return !second && second.error().code == QLatin1String(ports::kUploadLocked);
    };
    QVERIFY(isLocked());
    QCOMPARE(store->remove(m_id, kSoon).error().code, QLatin1String(ports::kUploadLocked));
    // Readers need no lock.
    QCOMPARE(must(store->durableSize(m_id, kSoon)), 0);
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(isLocked() ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    append.reset();
    QVERIFY(!isLocked());
    must(store->remove(m_id, kSoon));
    must(store->remove(m_id, kSoon));
}

// A connection that broke without a word still has the lock when its client comes back on another.
void tst_Uploads::takesTheLockFromWhoHasStalled()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder, std::chrono::milliseconds { 50 });
    must(store->create(m_id, kSoon));
    const std::unique_ptr<UploadAppend> stalled = must(store->append(m_id, {}, kSoon));
    must(stalled->write("abc"));
    std::unique_ptr<UploadAppend> next;
    QTRY_VERIFY([&] {
        Result<std::unique_ptr<UploadAppend>> append = store->append(m_id, {}, kSoon);
        if (append)
            next = *std::move(append);
        return next != nullptr;
    }());
    QCOMPARE(next->offset(), 3);
    QCOMPARE(stalled->write("late").error().code, QLatin1String(ports::kUploadLocked));
    QCOMPARE(stalled->commit(kSoon).error().code, QLatin1String(ports::kUploadLocked));
    must(next->write("def"));
    QCOMPARE(must(next->commit(kSoon)), 6);
    QCOMPARE(content(folder.filePath(QStringLiteral("uploads/7"))), QByteArray("abcdef"));
}

void tst_Uploads::letsGoOfTheLockWithItsProcess()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    must(store->create(m_id, kSoon));
    int written[2];
    QVERIFY(::pipe(written) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto append = store->append(m_id, {}, kSoon);
        if (append && (*append)->write("abc") && ::write(written[1], "x", 1) == 1)
            ::pause();
        ::_exit(1);
    }
    char byte = 0;
    QCOMPARE(::read(written[0], &byte, 1), ssize_t(1));
    ::close(written[0]);
    ::close(written[1]);
    QCOMPARE(store->append(m_id, {}, kSoon).error().code, QLatin1String(ports::kUploadLocked));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    QCOMPARE(must(store->append(m_id, {}, kSoon))->offset(), 3);
}

void tst_Uploads::stagesUnderAnotherName()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    must(store->create(m_id, kSoon));
    must(must(store->append(m_id, {}, kSoon))->write("abc"));
    {
        const ports::StagedFile staged = must(store->stage(m_id, kSoon));
        QVERIFY(staged.path().startsWith(folder.filePath(QStringLiteral("staging"))));
        QCOMPARE(content(staged.path()), QByteArray("abc"));
        QVERIFY(QFile::remove(staged.path()));
    }
    QCOMPARE(must(store->durableSize(m_id, kSoon)), 3);
    QCOMPARE(store->stage(UploadId { 8 }, kSoon).error().fault, Fault::NotFound);
}

void tst_Uploads::joinsParts()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    QByteArray all;
    for (const qint64 part : { 1, 2 }) {
        const QByteArray bytes(700'000, char('a' + part));
        must(store->create(UploadId { part }, kSoon));
        must(must(store->append(UploadId { part }, {}, kSoon))->write(bytes));
        all += bytes;
    }
    must(store->create(m_id, kSoon));
    must(store->join(m_id, { UploadId { 1 }, UploadId { 2 } }, kSoon));
    QCOMPARE(content(folder.filePath(QStringLiteral("uploads/7"))), all);
}

void tst_Uploads::refusesWhatTheDiskHasNoRoomFor()
{
    const QTemporaryDir folder;
    const auto store = freshStore(folder);
    must(store->checkRoom(1));
    const Result<> refused = store->checkRoom(qint64 { 1 } << 60);
    QCOMPARE(refused.error().code, QLatin1String(ports::kNoStorage));
}

QTEST_GUILESS_MAIN(tst_Uploads)
#include "tst_uploads.moc"
