// SPDX-License-Identifier: GPL-3.0-or-later
// What is written into an archive is what is read out of it.
#include <graminsta/archive/ziparchives.h>

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

namespace graminsta::archive_test
{

using archive::ZipArchives;
using namespace entities;

namespace
{

constexpr std::chrono::seconds kSoon { 60 };

Timestamp at(qint64 seconds)
{
    return fromUnixMs(1'790'000'000'000 + seconds * 1000);
}

} // namespace

class tst_ZipArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote();
    void goesWithoutWhatIsDamaged();
    void endsWhenItIsTold();
    void leavesNothingBehind();

private:
    // A file with these bytes, and the hash that names it.
    [[nodiscard]] QPair<QString, QString> file(const QByteArray &bytes)
    {
        QFile made(m_folder.filePath(QStringLiteral("original-%1").arg(++m_number)));
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
            return {};
        return { made.fileName(), QLatin1String(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()) };
    }
    static ports::FileSource from(const QString &path)
    {
        return [path] { return Result<QString>(path); };
    }

    const QTemporaryDir m_folder;
    const ZipArchives m_archives {};
    int m_number = 0;
};

void tst_ZipArchives::readsWhatItWrote()
{
    const auto [photo, hash] = file(QByteArray(100'000, 'x'));
    const QString path = QStringLiteral("media/%1.jpg").arg(hash);
    ArchivedStatus status;
    status.status.id = StatusId { 42 };
    status.status.text = QStringLiteral("Grüße \U0001F30A\n#sea");
    status.status.spoilerText = QStringLiteral("a \"warning\"");
    status.status.visibility = Visibility::Private;
    status.status.language = QStringLiteral("de");
    status.status.createdAt = at(5);
    status.status.editedAt = at(6);
    status.status.commentsDisabled = true;
    status.status.mentions = { { AccountId { 7 }, QStringLiteral("bob") } };
    status.isPinned = true;
    status.media = {
        { MediaId { 9 }, path, hash, 100'000, QStringLiteral("image/jpeg"), QStringLiteral("a wall"), { 0.5, -0.25 } }
    };
    status.edits = { { {}, {}, QStringLiteral("old"), {}, false, { { MediaId { 9 }, QStringLiteral("w") } }, at(4) } };
    Filter filter;
    filter.title = QStringLiteral("cats");
    filter.contexts = static_cast<int>(FilterContext::Home) | static_cast<int>(FilterContext::Thread);
    filter.action = FilterAction::Blur;
    filter.keywords = { { {}, QStringLiteral("cat"), false } };
    ArchivedRelation mute;
    mute.person = { AccountId { 8 }, QStringLiteral("eve") };
    mute.hideNotifications = false;
    mute.endsAt = at(100);

    const std::unique_ptr<ports::ArchiveWriter> writer =
        *m_archives.create(m_folder.path(), QStringLiteral("https://photos.example"));
    QVERIFY(writer->add(ArchivePart::Statuses, status));
    QVERIFY(writer->add(ArchivePart::Filters, filter));
    QVERIFY(writer->add(ArchivePart::Mutes, mute));
    QVERIFY(writer->addFile(path, hash, from(photo)));
    QVERIFY(writer->addFile(path, hash, from(photo))); // once, all the same
    ArchiveManifest manifest;
    manifest.createdAt = at(0);
    manifest.account = { AccountId { 3 }, QStringLiteral("ann") };
    const QString target = m_folder.filePath(QStringLiteral("all.zip"));
    QVERIFY(writer->finish(target, manifest, {}));
    QCOMPARE(manifest.media, 1);
    QVERIFY(manifest.missing.isEmpty());

    const std::unique_ptr<ports::ArchiveReader> reader = *m_archives.open(target, {});
    QCOMPARE(reader->manifest().account.id, AccountId { 3 });
    QCOMPARE(reader->manifest().items[size_t(ArchivePart::Statuses)], 1);
    const Result<std::optional<qint64>> verified = reader->verify(0, Deadline::after(kSoon));
    QVERIFY2(verified, verified ? "" : qPrintable(verified.error().safe));
    QVERIFY(!*verified);

    const auto read = std::get<ArchivedStatus>(*reader->items(ArchivePart::Statuses, 0, 5)->first());
    QCOMPARE(read.status.id, status.status.id);
    QCOMPARE(read.status.text, status.status.text);
    QCOMPARE(read.status.spoilerText, status.status.spoilerText);
    QVERIFY(read.status.visibility == Visibility::Private);
    QCOMPARE(read.status.language, QStringLiteral("de"));
    QVERIFY(read.status.createdAt == at(5) && read.status.editedAt == at(6));
    QVERIFY(read.status.commentsDisabled && read.isPinned && !read.isComment);
    QCOMPARE(read.status.mentions.first().accountId, AccountId { 7 });
    QCOMPARE(read.media.first().sha256, hash);
    QCOMPARE(read.media.first().description, QStringLiteral("a wall"));
    QVERIFY(read.media.first().focus == status.media.first().focus);
    QCOMPARE(read.edits.first().text, QStringLiteral("old"));
    QVERIFY(read.edits.first().media == status.edits.first().media);
    const auto readFilter = std::get<Filter>(*reader->items(ArchivePart::Filters, 0, 5)->first());
    QCOMPARE(readFilter.contexts, filter.contexts);
    QVERIFY(readFilter.action == FilterAction::Blur && !readFilter.keywords.first().wholeWord);
    const auto readMute = std::get<ArchivedRelation>(*reader->items(ArchivePart::Mutes, 0, 5)->first());
    QVERIFY(!readMute.hideNotifications && readMute.endsAt == at(100));
    // A part that nothing was added to.
    QVERIFY(reader->items(ArchivePart::Notes, 0, 5)->isEmpty());
}

// An old photo that a disk has spoiled must not keep its owner from all the others.
void tst_ZipArchives::goesWithoutWhatIsDamaged()
{
    const auto [good, goodHash] = file("good");
    const auto [spoiled, spoiledHash] = file("as it was");
    QFile disk(spoiled);
    QVERIFY(disk.open(QIODevice::WriteOnly) && disk.write("as it is!") == 9);
    disk.close();
    const std::unique_ptr<ports::ArchiveWriter> writer = *m_archives.create(m_folder.path(), {});
    QVERIFY(writer->addFile(QStringLiteral("media/good.jpg"), goodHash, from(good)));
    QVERIFY(writer->addFile(QStringLiteral("media/spoiled.jpg"), spoiledHash, from(spoiled)));
    QVERIFY(writer->addFile(QStringLiteral("media/gone.jpg"), goodHash,
                            [] { return Result<QString>(makeError(Fault::NotFound, QStringLiteral("gone"))); }));
    ArchiveManifest manifest;
    manifest.account.id = AccountId { 3 };
    const QString target = m_folder.filePath(QStringLiteral("without.zip"));
    QVERIFY(writer->finish(target, manifest, {}));
    QCOMPARE(manifest.missing, QStringList({ QStringLiteral("media/spoiled.jpg"), QStringLiteral("media/gone.jpg") }));
    const std::unique_ptr<ports::ArchiveReader> reader = *m_archives.open(target, {});
    QVERIFY(reader->verify(0, Deadline::after(kSoon)));
    QVERIFY(reader->extract(QStringLiteral("media/good.jpg"), goodHash, m_folder.filePath(QStringLiteral("out"))));
    QCOMPARE(
        reader->extract(QStringLiteral("media/spoiled.jpg"), {}, m_folder.filePath(QStringLiteral("no"))).error().fault,
        Fault::NotFound);
}

void tst_ZipArchives::endsWhenItIsTold()
{
    const auto [photo, hash] = file(QByteArray(8 << 20, 'x'));
    const std::unique_ptr<ports::ArchiveWriter> writer = *m_archives.create(m_folder.path(), {});
    QVERIFY(writer->addFile(QStringLiteral("media/large.jpg"), hash, from(photo)));
    ArchiveManifest manifest;
    const QString target = m_folder.filePath(QStringLiteral("ended.zip"));
    const Result<> finished = writer->finish(
        target, manifest, []() -> Result<> { return makeError(Fault::Unavailable, QStringLiteral("stopping")); });
    QVERIFY(!finished);
    QCOMPARE(finished.error().safe, QStringLiteral("stopping"));
    QVERIFY(!QFile::exists(target));
}

void tst_ZipArchives::leavesNothingBehind()
{
    const QTemporaryDir folder;
    {
        const std::unique_ptr<ports::ArchiveWriter> writer = *m_archives.create(folder.path(), {});
        QVERIFY(writer->add(ArchivePart::FollowedTags, ArchivedTag { QStringLiteral("sea") }));
        ArchiveManifest manifest;
        QVERIFY(writer->finish(m_folder.filePath(QStringLiteral("left.zip")), manifest, {}));
        // Its parts are there until it goes.
        QVERIFY(!QDir(folder.path()).isEmpty());
    }
    QVERIFY(QDir(folder.path()).isEmpty());
}

} // namespace graminsta::archive_test

QTEST_GUILESS_MAIN(graminsta::archive_test::tst_ZipArchives)

#include "tst_ziparchives.moc"
