// SPDX-License-Identifier: GPL-3.0-or-later
// What every MediaStore keeps to. One row an adapter; below, what only the one on files has.
#include <graminsta/media/filemediastore.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <functional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace graminsta;
using media::FileMediaStore;
using media::FileMediaStoreSettings;
using ports::MediaArea;
using ports::MediaKey;

using StoreFactory = std::function<std::unique_ptr<ports::MediaStore>(const QString &folder)>;
Q_DECLARE_METATYPE(StoreFactory)

namespace
{

Deadline enoughTime()
{
    return Deadline::after(std::chrono::seconds(10));
}

MediaKey keyOf(const QByteArray &content, MediaArea area = MediaArea::Public)
{
    const QByteArray hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    return { area, QString::fromLatin1(hash.toHex()) + QStringLiteral(".jpg") };
}

QString stage(const ports::MediaStore &store, const QByteArray &content, const QString &name = QStringLiteral("new"))
{
    QFile file(store.stagingFolder() + QLatin1Char('/') + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write to the staging folder");
    return file.fileName();
}

QByteArray contentOf(const Result<QString> &path)
{
    QFile file(path.value_or({}));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::unique_ptr<ports::MediaStore> fileStore(const QString &folder)
{
    FileMediaStoreSettings settings;
    settings.folder = folder + QStringLiteral("/media");
    settings.minFreeBytes = 0;
    return FileMediaStore::create(settings, SystemClock()).value();
}

} // namespace

class MediaStoreTest : public QObject
{
    Q_OBJECT

private:
    void adapters()
    {
        QTest::addColumn<StoreFactory>("makeStore");
        QTest::newRow("files") << StoreFactory(fileStore);
    }

private Q_SLOTS:
    void givesBackWhatWasPut_data() { adapters(); }
    void givesBackWhatWasPut()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        for (const MediaArea area : { MediaArea::Public, MediaArea::Private, MediaArea::Restricted }) {
            const MediaKey key = keyOf("content", area);
            const QString staged = stage(*store, "content");
            QVERIFY(store->put(key, staged, enoughTime()));
            QVERIFY(!QFile::exists(staged));
            QCOMPARE(contentOf(store->localFile(key, enoughTime())), QByteArray("content"));
        }
    }

    void keepsPrivateAndPublicApart_data() { adapters(); }
    void keepsPrivateAndPublicApart()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        QVERIFY(store->put(keyOf("secret", MediaArea::Private), stage(*store, "secret"), enoughTime()));
        const auto path = store->localFile(keyOf("secret", MediaArea::Public), enoughTime());
        QVERIFY(!path);
        QVERIFY(path.error().fault == Fault::NotFound);
    }

    void hasItInTwoAreasByItself_data() { adapters(); }
    void hasItInTwoAreasByItself()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        const MediaKey from = keyOf("content", MediaArea::Restricted);
        const MediaKey to = keyOf("content", MediaArea::Public);
        QCOMPARE(store->copy(from, MediaArea::Public, enoughTime()).error().fault, Fault::NotFound);
        QVERIFY(!store->localFile(to, enoughTime()));
        QVERIFY(store->put(from, stage(*store, "content"), enoughTime()));
        for (int round = 0; round < 2; ++round) {
            QVERIFY(store->copy(from, MediaArea::Public, enoughTime()));
            QCOMPARE(contentOf(store->localFile(to, enoughTime())), QByteArray("content"));
            QCOMPARE(contentOf(store->localFile(from, enoughTime())), QByteArray("content"));
        }
        QVERIFY(store->remove(from, enoughTime()));
        QCOMPARE(contentOf(store->localFile(to, enoughTime())), QByteArray("content"));
        QVERIFY(store->copy(to, MediaArea::Restricted, enoughTime()));
        QVERIFY(store->remove(to, enoughTime()));
        QCOMPARE(contentOf(store->localFile(from, enoughTime())), QByteArray("content"));
        QCOMPARE(store->copy(from, MediaArea::Public, Deadline::after(std::chrono::seconds(0))).error().fault,
                 Fault::Timeout);
    }

    void listsEveryObjectOnce_data() { adapters(); }
    void listsEveryObjectOnce()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        QStringList names;
        for (int number = 0; number < 60; ++number) {
            const QByteArray content = QByteArray::number(number);
            names.append(keyOf(content).name);
            QVERIFY(store->put(keyOf(content, MediaArea::Restricted), stage(*store, content), enoughTime()));
        }
        QVERIFY(store->put(keyOf("other", MediaArea::Public), stage(*store, "other"), enoughTime()));
        names.sort();
        const Timestamp later = SystemClock().now() + std::chrono::hours(1);
        for (const int limit : { 1, 7, 60, 100 }) {
            QStringList found;
            QString last;
            int parts = 0;
            do {
                const auto listing = store->list(MediaArea::Restricted, last, later, limit, enoughTime());
                QVERIFY(listing);
                QVERIFY(listing->names.size() <= limit);
                found += listing->names;
                last = listing->last;
            } while (!last.isEmpty() && ++parts < 1000);
            QCOMPARE(found, names);
        }
        const Timestamp earlier = SystemClock().now() - std::chrono::hours(1);
        const auto young = store->list(MediaArea::Restricted, {}, earlier, 100, enoughTime());
        QVERIFY(young && young->names.isEmpty() && young->last.isEmpty());
    }

    void takesTheSameObjectTwice_data() { adapters(); }
    void takesTheSameObjectTwice()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        for (int round = 0; round < 2; ++round) {
            const QString staged = stage(*store, "twice");
            QVERIFY(store->put(keyOf("twice"), staged, enoughTime()));
            QVERIFY(!QFile::exists(staged));
        }
        QCOMPARE(contentOf(store->localFile(keyOf("twice"), enoughTime())), QByteArray("twice"));
    }

    void takesTheSameObjectFromManyThreads_data() { adapters(); }
    void takesTheSameObjectFromManyThreads()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&store, &failures, i] {
                for (int round = 0; round < 50; ++round) {
                    const QByteArray content = QByteArray::number(round);
                    const QString staged = stage(*store, content, QStringLiteral("%1-%2").arg(i).arg(round));
                    if (!store->put(keyOf(content), staged, enoughTime())
                        || contentOf(store->localFile(keyOf(content), enoughTime())) != content)
                        ++failures;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures, 0);
        QVERIFY(QDir(store->stagingFolder()).isEmpty());
    }

    void leavesTheStagedFileAfterAFailure_data() { adapters(); }
    void leavesTheStagedFileAfterAFailure()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        const QString staged = stage(*store, "late");
        const auto late = store->put(keyOf("late"), staged, Deadline::after(std::chrono::milliseconds(0)));
        QVERIFY(!late);
        QVERIFY(late.error().fault == Fault::Timeout);
        QVERIFY(QFile::exists(staged));

        QVERIFY(!store->put(keyOf("none"), store->stagingFolder() + QStringLiteral("/none"), enoughTime()));
        QVERIFY(!store->localFile(keyOf("none"), enoughTime()));
    }

    void removesAndRemovesAgain_data() { adapters(); }
    void removesAndRemovesAgain()
    {
        QFETCH(StoreFactory, makeStore);
        QTemporaryDir folder;
        const auto store = makeStore(folder.path());
        QVERIFY(store->put(keyOf("gone"), stage(*store, "gone"), enoughTime()));
        QVERIFY(store->remove(keyOf("gone"), enoughTime()));
        QVERIFY(store->remove(keyOf("gone"), enoughTime()));
        QVERIFY(!store->localFile(keyOf("gone"), enoughTime()));
    }

    void refusesNamesThatAreNoKeys_data()
    {
        QTest::addColumn<QString>("name");
        const QString hash(64, QLatin1Char('a'));
        for (const QString &name :
             { QString(), QStringLiteral("../../etc/passwd"), QStringLiteral("/etc/passwd"), hash,
               hash + QStringLiteral("."), hash + QStringLiteral(".JPG"), hash + QStringLiteral(".jpg/.."),
               hash + QStringLiteral(".toolong"), hash.toUpper() + QStringLiteral(".jpg"),
               QStringLiteral("../") + hash.sliced(3) + QStringLiteral(".jpg"), hash + QStringLiteral(".j\0g"),
               hash + QStringLiteral(".jpg\n"), hash + QStringLiteral("\u0661.jpg") })
            QTest::newRow(qPrintable(QStringLiteral("'%1'").arg(name))) << name;
    }

    void refusesNamesThatAreNoKeys()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        const auto store = fileStore(folder.path());
        const QString staged = stage(*store, "evil");
        const auto put = store->put({ MediaArea::Public, name }, staged, enoughTime());
        QVERIFY(!put);
        QVERIFY(put.error().fault == Fault::Invalid);
        QVERIFY(QFile::exists(staged));
        QVERIFY(!store->localFile({ MediaArea::Public, name }, enoughTime()));
        QVERIFY(!store->remove({ MediaArea::Public, name }, enoughTime()));
    }

    void sweepsOldStagedFilesAtStart()
    {
        QTemporaryDir folder;
        QString fresh;
        QString old;
        {
            const auto store = fileStore(folder.path());
            fresh = stage(*store, "fresh", QStringLiteral("fresh"));
            old = stage(*store, "old", QStringLiteral("old"));
            QFile file(old);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-2), QFileDevice::FileModificationTime));
        }
        const auto store = fileStore(folder.path());
        QVERIFY(QFile::exists(fresh));
        QVERIFY(!QFile::exists(old));
    }

    void saysWhetherThereIsRoom()
    {
        QTemporaryDir folder;
        QVERIFY(fileStore(folder.path())->ping(enoughTime()));

        FileMediaStoreSettings settings;
        settings.folder = folder.filePath(QStringLiteral("media"));
        settings.minFreeBytes = std::numeric_limits<qint64>::max();
        const auto full = FileMediaStore::create(settings, SystemClock()).value();
        const auto answer = full->ping(enoughTime());
        QVERIFY(!answer);
        QVERIFY(answer.error().fault == Fault::Unavailable);
        QVERIFY(QDir(settings.folder).removeRecursively());
        QVERIFY(!full->ping(enoughTime()));
    }

    void saysSoIfTheFolderCannotBeMade()
    {
        FileMediaStoreSettings settings;
        settings.folder = QStringLiteral("/dev/null/media");
        QVERIFY(!FileMediaStore::create(settings, SystemClock()));
    }

    // kill -9 loses no acknowledged object and leaves no half one. (Power cuts are not tried here: what they may take
    // is decided by the order of the syncs in put().)
    void keepsWhatItAcknowledgedWhenItIsKilled()
    {
        QTemporaryDir folder;
        for (int round = 0; round < 20; ++round) {
            int acknowledgements[2];
            QVERIFY(::pipe(acknowledgements) == 0);
            const pid_t child = ::fork();
            if (child == 0)
                putUntilKilled(folder.path(), round, acknowledgements[1]);
            ::close(acknowledgements[1]);
            QTest::qSleep(10 + round * 3);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);

            int last = -1;
            while (::read(acknowledgements[0], &last, sizeof last) == sizeof last) { }
            ::close(acknowledgements[0]);
            checkObjects(folder.path(), round, last);
        }
    }

private:
    static QByteArray objectContent(int round, int number)
    {
        return QByteArray::number(round) + '-' + QByteArray::number(number) + QByteArray(50'000, 'x');
    }

    [[noreturn]] static void putUntilKilled(const QString &folder, int round, int acknowledgements)
    {
        const auto store = fileStore(folder);
        for (int number = 0;; ++number) {
            const QByteArray content = objectContent(round, number);
            if (!store->put(keyOf(content), stage(*store, content), enoughTime())
                || ::write(acknowledgements, &number, sizeof number) != sizeof number)
                ::_exit(1);
        }
    }

    static void checkObjects(const QString &folder, int round, int last)
    {
        const auto store = fileStore(folder);
        for (int number = 0; number <= last; ++number) {
            const QByteArray content = objectContent(round, number);
            QCOMPARE(contentOf(store->localFile(keyOf(content), enoughTime())), content);
        }
        const QByteArray next = objectContent(round, last + 1);
        const auto path = store->localFile(keyOf(next), enoughTime());
        if (path)
            QCOMPARE(contentOf(path), next);
    }
};

QTEST_GUILESS_MAIN(MediaStoreTest)
#include "tst_mediastore.moc"
