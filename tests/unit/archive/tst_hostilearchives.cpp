// SPDX-License-Identifier: GPL-3.0-or-later
// Archives that somebody has made up: each is refused by a sentence that names what is wrong, and none takes more than
// its bounds.
#include "zipmaker.h"

#include <graminsta/archive/ziparchives.h>

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <functional>

namespace graminsta::archive_test
{

using archive::ZipArchives;
using entities::ArchivePart;
using ports::ArchiveLimits;
using ports::ArchiveReader;

namespace
{

const QByteArray kPhoto(3000, 'p');

QByteArray statusLine(const QByteArray &more = {})
{
    return R"({"id":"5","created_at":"2026-01-01T00:00:00Z","visibility":"public","text":"hello")" + more + "}\n";
}

Files good()
{
    return { { "statuses.jsonl", statusLine() }, { "media/" + sha256(kPhoto) + ".jpg", kPhoto } };
}

// The bytes of a file after a change.
void patch(const QString &path, const std::function<void(QByteArray &)> &change)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    change(bytes);
    file.resize(0);
    file.seek(0);
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class tst_HostileArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAGoodOne();
    void refusesNamesThatLeaveTheFolder_data();
    void refusesNamesThatLeaveTheFolder();
    void refusesBombsByTheirRatio();
    void refusesMoreThanAllMayBe();
    void refusesMoreEntriesThanThereMayBe();
    void refusesListsThatPromiseTooMuch();
    void refusesTornFiles();
    void namesWhatIsNotAsListed();
    void namesWhatIsNotListed();
    void namesWhatIsMissing();
    void namesADamagedEntry();
    void refusesAnotherKindOfArchive_data();
    void refusesAnotherKindOfArchive();
    void takesOnlyTheFileThatThePostMeans();
    void stopsAtTheLargestPhoto();
    void survivesAbsurdJson_data();
    void survivesAbsurdJson();
    void stopsAtTheLongestLine();
    void goesOnWhereItStopped();

private:
    [[nodiscard]] QString write(const Files &files)
    {
        const QString path = m_folder.filePath(QStringLiteral("%1.zip").arg(++m_number));
        writeZip(path, files);
        return path;
    }
    // The sentence of the refusal, by whichever step; empty if it is taken.
    [[nodiscard]] QString refusalOf(const QString &path, const ArchiveLimits &limits = {}) const
    {
        Result<std::unique_ptr<ArchiveReader>> reader = m_archives.open(path, limits);
        if (!reader)
            return reader.error().fault == Fault::Unprocessable ? reader.error().safe : QStringLiteral("(fault)");
        const Result<std::optional<qint64>> verified =
            (*reader)->verify(0, Deadline::after(std::chrono::seconds { 60 }));
        return verified ? QString() : verified.error().safe;
    }

    const QTemporaryDir m_folder;
    const ZipArchives m_archives {};
    int m_number = 0;
};

void tst_HostileArchives::takesAGoodOne()
{
    QCOMPARE(refusalOf(write(archiveOf(good()))), QString());
}

void tst_HostileArchives::refusesNamesThatLeaveTheFolder_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : { "../x", "media/../../x", "/etc/passwd", "a\\b", "C:x", "a\nb", "./x", "media/.." })
        QTest::addRow("%s", name) << QByteArray(name);
}

void tst_HostileArchives::refusesNamesThatLeaveTheFolder()
{
    QFETCH(QByteArray, name);
    Files files = good();
    files.insert(name, "x");
    const QString refusal = refusalOf(write(archiveOf(files)));
    QVERIFY2(refusal.contains(QStringLiteral("is no name")), qPrintable(refusal));
}

void tst_HostileArchives::refusesBombsByTheirRatio()
{
    Files files = good();
    files.insert("media/zeros.jpg", QByteArray(20 << 20, '\0'));
    const QString refusal = refusalOf(write(archiveOf(files)));
    QVERIFY2(refusal.startsWith(QStringLiteral("media/zeros.jpg would be 20971520 bytes out of ")),
             qPrintable(refusal));
}

void tst_HostileArchives::refusesMoreThanAllMayBe()
{
    ArchiveLimits limits;
    limits.maxUnpackedBytes = 2000;
    QVERIFY(refusalOf(write(archiveOf(good())), limits).contains(QStringLiteral("more than 2000 bytes")));
}

void tst_HostileArchives::refusesMoreEntriesThanThereMayBe()
{
    ArchiveLimits limits;
    limits.maxEntries = 3;
    QVERIFY(refusalOf(write(archiveOf(good())), limits).contains(QStringLiteral("4 entries")));
}

// A few bytes that make whoever believes them read gigabytes.
void tst_HostileArchives::refusesListsThatPromiseTooMuch()
{
    const QString path = write(archiveOf(good()));
    patch(path, [](QByteArray &bytes) {
        const qsizetype end = bytes.lastIndexOf("PK\x05\x06");
        qToLittleEndian<quint32>(0x7fffffff, bytes.data() + end + 12);
    });
    QVERIFY(refusalOf(path).contains(QStringLiteral("too many for this server")));
}

void tst_HostileArchives::refusesTornFiles()
{
    const QString whole = write(archiveOf(good()));
    QFile file(whole);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    for (qsizetype size = 0; size < bytes.size(); size += 97) {
        QFile torn(m_folder.filePath(QStringLiteral("torn.zip")));
        QVERIFY(torn.open(QIODevice::WriteOnly | QIODevice::Truncate));
        torn.write(bytes.first(size));
        torn.close();
        QVERIFY2(!refusalOf(torn.fileName()).isEmpty(), qPrintable(QString::number(size)));
    }
}

void tst_HostileArchives::namesWhatIsNotAsListed()
{
    Files files = archiveOf(good());
    files.insert("statuses.jsonl", statusLine(R"(,"sensitive":true)"));
    QCOMPARE(refusalOf(write(files)),
             QStringLiteral("statuses.jsonl is not what SHA256SUMS says: its SHA-256 is another"));
    files = archiveOf(good());
    files["SHA256SUMS"].replace("statuses", "statuser");
    QVERIFY(refusalOf(write(files)).startsWith(QStringLiteral("SHA256SUMS is not what manifest.json says")));
}

void tst_HostileArchives::namesWhatIsNotListed()
{
    Files files = archiveOf(good());
    files.insert("more.txt", "x");
    QCOMPARE(refusalOf(write(files)), QStringLiteral("more.txt is not listed in SHA256SUMS"));
}

void tst_HostileArchives::namesWhatIsMissing()
{
    Files files = archiveOf(good());
    files.remove("statuses.jsonl");
    QCOMPARE(refusalOf(write(files)),
             QStringLiteral("SHA256SUMS lists statuses.jsonl, which the archive does not have"));
}

void tst_HostileArchives::namesADamagedEntry()
{
    const QString path = write(archiveOf(good()));
    patch(path, [](QByteArray &bytes) {
        // Inside the photo's data, behind its name.
        const qsizetype at = bytes.indexOf(sha256(kPhoto)) + 68 + 10;
        bytes[at] = char(bytes.at(at) ^ 0x55);
    });
    const QString refusal = refusalOf(path);
    QVERIFY2(refusal.contains(QString::fromLatin1(sha256(kPhoto))), qPrintable(refusal));
}

void tst_HostileArchives::refusesAnotherKindOfArchive_data()
{
    QTest::addColumn<QByteArray>("manifest");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QByteArray("{}") << QStringLiteral("another kind of archive");
    QTest::newRow("no object") << QByteArray("[]") << QStringLiteral("no JSON object");
    QTest::newRow("no JSON") << QByteArray("hello") << QStringLiteral("not JSON");
    QTest::newRow("newer") << QByteArray(R"({"format":"graminsta-archive","version":2})")
                           << QStringLiteral("this server reads 1");
    QTest::newRow("nobody's") << QByteArray(R"({"format":"graminsta-archive","version":1})")
                              << QStringLiteral("must have an \"id\"");
    QTest::newRow("deep") << QByteArray(5000, '[') << QStringLiteral("not JSON");
}

void tst_HostileArchives::refusesAnotherKindOfArchive()
{
    QFETCH(QByteArray, manifest);
    QFETCH(QString, said);
    Files files = archiveOf(good());
    files.insert("manifest.json", manifest);
    const QString refusal = refusalOf(write(files));
    QVERIFY2(refusal.startsWith(QStringLiteral("manifest.json: ")) && refusal.contains(said), qPrintable(refusal));
    files.remove("manifest.json");
    QCOMPARE(refusalOf(write(files)), QStringLiteral("The archive has no manifest.json"));
}

void tst_HostileArchives::takesOnlyTheFileThatThePostMeans()
{
    const std::unique_ptr<ArchiveReader> reader = *m_archives.open(write(archiveOf(good())), {});
    const QString path = QStringLiteral("media/%1.jpg").arg(QLatin1String(sha256(kPhoto)));
    const QString target = m_folder.filePath(QStringLiteral("photo"));
    QVERIFY(reader->extract(path, QString::fromLatin1(sha256(kPhoto)), target));
    QCOMPARE(QFile(target).size(), kPhoto.size());
    // Nothing is written over.
    QVERIFY(!reader->extract(path, {}, target));
    const Result<> other =
        reader->extract(path, QString::fromLatin1(sha256("x")), m_folder.filePath(QStringLiteral("other")));
    QVERIFY(!other);
    QCOMPARE(other.error().fault, Fault::Unprocessable);
    const Result<> missing = reader->extract(QStringLiteral("../../etc/passwd"), {}, target);
    QVERIFY(!missing);
    QCOMPARE(missing.error().fault, Fault::NotFound);
}

void tst_HostileArchives::stopsAtTheLargestPhoto()
{
    ArchiveLimits limits;
    limits.maxFileBytes = 2999;
    const std::unique_ptr<ArchiveReader> reader = *m_archives.open(write(archiveOf(good())), limits);
    const Result<> extracted = reader->extract(QStringLiteral("media/%1.jpg").arg(QLatin1String(sha256(kPhoto))), {},
                                               m_folder.filePath(QStringLiteral("large")));
    QVERIFY(!extracted);
    QCOMPARE(extracted.error().fault, Fault::TooLarge);
}

void tst_HostileArchives::survivesAbsurdJson_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *name, const QByteArray &line) { QTest::newRow(name) << line; };
    row("no JSON", "hello");
    row("a list", "[]");
    row("a number", "5");
    row("nothing in it", "{}");
    row("deep", QByteArray(10'000, '[') + QByteArray(10'000, ']'));
    row("id is no text", R"({"id":5,"created_at":"2026-01-01T00:00:00Z","visibility":"public","text":"a"})");
    row("id is no number", R"({"id":"../5","created_at":"2026-01-01T00:00:00Z","visibility":"public","text":"a"})");
    row("no time", R"({"id":"5","created_at":"yesterday","visibility":"public","text":"a"})");
    row("no visibility", R"({"id":"5","created_at":"2026-01-01T00:00:00Z","visibility":"all","text":"a"})");
    row("text is a list", R"({"id":"5","created_at":"2026-01-01T00:00:00Z","visibility":"public","text":[]})");
    row("media without a hash", statusLine(R"(,"media_attachments":[{"id":"1","file":"media/x"}])").trimmed());
    row("broken UTF-8", "{\"id\":\"5\xff\xfe\"}");
    row("edits of nothing", statusLine(R"(,"edits":[5])").trimmed());
}

void tst_HostileArchives::survivesAbsurdJson()
{
    QFETCH(QByteArray, line);
    Files files { { "statuses.jsonl", line + '\n' + statusLine() } };
    const std::unique_ptr<ArchiveReader> reader = *m_archives.open(write(archiveOf(files)), {});
    const auto items = reader->items(ArchivePart::Statuses, 0, 10);
    QVERIFY(items);
    QCOMPARE(items->size(), 2);
    QVERIFY(!items->first());
    QCOMPARE(items->first().error().fault, Fault::Unprocessable);
    QVERIFY(items->last());
}

void tst_HostileArchives::stopsAtTheLongestLine()
{
    ArchiveLimits limits;
    limits.maxLineBytes = 1000;
    QByteArray noise(400'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < noise.size(); ++i)
        noise[i] = char('a' + (i * i / 7) % 26);
    const Files files { { "statuses.jsonl", statusLine() + noise + '\n' } };
    const std::unique_ptr<ArchiveReader> reader = *m_archives.open(write(archiveOf(files)), limits);
    const auto items = reader->items(ArchivePart::Statuses, 0, 10);
    QVERIFY(!items);
    QVERIFY(items.error().safe.startsWith(QStringLiteral("statuses.jsonl line 2 is longer than")));
}

void tst_HostileArchives::goesOnWhereItStopped()
{
    QByteArray lines;
    for (int i = 1; i <= 500; ++i)
        lines += "{\"name\":\"tag" + QByteArray::number(i) + "\"}\n";
    const std::unique_ptr<ArchiveReader> reader =
        *m_archives.open(write(archiveOf({ { "followed_tags.jsonl", lines } })), {});
    for (const qint64 position : { 0, 20, 490, 100, 499, 500 }) {
        const auto items = reader->items(ArchivePart::FollowedTags, position, 20);
        QVERIFY(items);
        QCOMPARE(items->size(), qMin<qint64>(20, 500 - position));
        if (!items->isEmpty())
            QCOMPARE(std::get<entities::ArchivedTag>(*items->first()).name, QStringLiteral("tag%1").arg(position + 1));
    }
    // A deadline that has come lets it stop between entries.
    const auto stopped = reader->verify(0, Deadline::after(std::chrono::milliseconds { 0 }));
    QVERIFY(stopped && *stopped);
}

} // namespace graminsta::archive_test

QTEST_GUILESS_MAIN(graminsta::archive_test::tst_HostileArchives)

#include "tst_hostilearchives.moc"
