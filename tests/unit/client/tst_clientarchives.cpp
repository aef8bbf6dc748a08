// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of one's account, at a server that behaves as badly as networks do.
#include <graminsta/client/client.h>
#include <graminsta/client/networktransport.h>
#include <rig/awaiting.h>
#include <rig/fakeserver.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace graminsta;
using namespace graminsta::client;
using namespace std::chrono_literals;
using rig::await;
using rig::Behaviour;
using rig::FakeReply;
using rig::FakeRequest;
using rig::FakeServer;

namespace
{

const QByteArray kFile = "GET /api/graminsta/v1/account/exports/7/file";
const QByteArray kImports = "POST /api/graminsta/v1/account/imports";
const QByteArray kImport = "GET /api/graminsta/v1/account/imports/9";

QByteArray someArchive(qsizetype size)
{
    QByteArray bytes(size, 'x');
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char('a' + i % 23);
    return bytes;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestClientArchives : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void waitsUntilAnArchiveIsMade();
    void savesALargeArchive();
    void goesOnWhereTheConnectionBroke();
    void beginsAnewWhereRangesAreNotKnown();
    void leavesNoHalfFile_data();
    void leavesNoHalfFile();
    void leavesNoHalfFileWhenCancelled();
    void saysWhyTheDiskDoesNotTakeIt();
    void sendsAnArchiveFromDisk();
    void saysWhyAnArchiveIsRefused();
    void tellsHowFarAnImportIs();
    void saysHowLongTheServerWantsToBeLeftAlone();
    void takesWhatIsGoneForRemoved();

private:
    [[nodiscard]] Client client() const;
    [[nodiscard]] model::AccountExport made() const;
    [[nodiscard]] QString target() const { return m_folder->filePath(QStringLiteral("mine.zip")); }
    // As a server should.
    [[nodiscard]] FakeReply answerTo(const FakeRequest &request) const;

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_archive;
};

void TestClientArchives::init()
{
    m_server = std::make_unique<FakeServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_archive = someArchive(300'000);
}

void TestClientArchives::cleanup()
{
    QCOMPARE(m_server->unexpected(), QByteArrayList());
}

Client TestClientArchives::client() const
{
    ClientOptions options;
    options.idleTime = 300ms;
    options.retry.firstPause = 5ms;
    options.retry.longestPause = 10ms;
    return Client(m_server->url(), "secret", std::make_shared<NetworkTransport>(), options);
}

model::AccountExport TestClientArchives::made() const
{
    model::AccountExport made;
    made.id = QStringLiteral("7");
    made.state = QStringLiteral("done");
    made.bytes = m_archive.size();
    return made;
}

FakeReply TestClientArchives::answerTo(const FakeRequest &request) const
{
    FakeReply reply;
    reply.contentType = "application/zip";
    reply.body = m_archive;
    const QByteArray range = request.header("range");
    if (range.isEmpty())
        return reply;
    const qint64 from = range.mid(6).chopped(1).toLongLong();
    reply.status = 206;
    reply.body = m_archive.mid(from);
    return reply.with("Content-Range",
                      "bytes " + QByteArray::number(from) + '-' + QByteArray::number(m_archive.size() - 1) + '/'
                          + QByteArray::number(m_archive.size()));
}

void TestClientArchives::waitsUntilAnArchiveIsMade()
{
    m_server->expect("POST /api/graminsta/v1/account/exports", FakeReply::json(R"({"id":"7","state":"working"})"));
    m_server->expect("GET /api/graminsta/v1/account/exports/7",
                     { FakeReply::json(R"({"id":"7","state":"working"})"), FakeReply::bad(Behaviour::CutBeforeAnswer),
                       FakeReply::json(R"({"id":"7","state":"done","bytes":12})") });
    const Result<model::AccountExport> asked = await(client().archives().create());
    QVERIFY(asked);
    const Result<model::AccountExport> over = await(client().archives().waitUntilMade(asked->id));
    QVERIFY(over);
    QCOMPARE(over->state, QStringLiteral("done"));
    QCOMPARE(over->bytes, 12);
}

void TestClientArchives::savesALargeArchive()
{
    m_archive = someArchive(20 << 20);
    m_server->expectBy(kFile, [this](const FakeRequest &request) { return answerTo(request); });
    QList<qint64> seen;
    const Result<> saved = await(client().archives().save(made(), target(), [&](qint64 got, qint64 all) {
        QCOMPARE(all, m_archive.size());
        seen.append(got);
    }));
    QVERIFY2(saved, qPrintable(saved ? QString() : describe(saved.error())));
    QVERIFY(bytesOf(target()) == m_archive);
    // In pieces, and not as one body of which the parts are then told.
    QVERIFY(seen.size() > 10);
    QVERIFY(std::is_sorted(seen.cbegin(), seen.cend()));
    QCOMPARE(seen.last(), m_archive.size());
    QCOMPARE(m_server->requests().first().header("authorization"), QByteArray("Bearer secret"));
    QVERIFY(!(QFile::permissions(target()) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestClientArchives::goesOnWhereTheConnectionBroke()
{
    m_server->expectBy(kFile, [this](const FakeRequest &request) {
        FakeReply reply = answerTo(request);
        if (reply.body.size() > m_archive.size() / 4)
            reply.behaviour = Behaviour::CutInAnswer;
        return reply;
    });
    const Result<> saved = await(client().archives().save(made(), target()));
    QVERIFY2(saved, qPrintable(saved ? QString() : describe(saved.error())));
    QVERIFY(bytesOf(target()) == m_archive);
    // Half of what is wanted comes each time. Qt asks twice for the same if the connection is lost before it has
    // looked.
    QByteArrayList ranges;
    for (const FakeRequest &request : m_server->requests()) {
        if (!ranges.contains(request.header("range")))
            ranges.append(request.header("range"));
    }
    QCOMPARE(ranges, (QByteArrayList { "", "bytes=150000-", "bytes=225000-" }));
}

void TestClientArchives::beginsAnewWhereRangesAreNotKnown()
{
    m_server->expectBy(kFile, [this](const FakeRequest &) {
        FakeReply reply = answerTo({});
        if (m_server->count(kFile) == 1)
            reply.behaviour = Behaviour::CutInAnswer;
        return reply;
    });
    const Result<> saved = await(client().archives().save(made(), target()));
    QVERIFY2(saved, qPrintable(saved ? QString() : describe(saved.error())));
    QVERIFY(bytesOf(target()) == m_archive);
}

void TestClientArchives::leavesNoHalfFile_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<int>("behaviour");
    QTest::newRow("gone") << 404 << 40 << int(Behaviour::Answer);
    QTest::newRow("more than was said") << 200 << 300'001 << int(Behaviour::Answer);
    QTest::newRow("less than was said") << 200 << 299'999 << int(Behaviour::Answer);
    QTest::newRow("lost again and again") << 200 << 0 << int(Behaviour::CutInAnswer);
    QTest::newRow("nothing comes") << 200 << 300'000 << int(Behaviour::Stall);
}

void TestClientArchives::leavesNoHalfFile()
{
    QFETCH(int, status);
    QFETCH(int, bytes);
    QFETCH(int, behaviour);
    QFile before(target());
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("the one of last year");
    before.close();
    FakeReply reply = FakeReply::json(someArchive(bytes), status);
    reply.behaviour = Behaviour(behaviour);
    m_server->expect(kFile, reply);
    const Result<> saved = await(client().archives().save(made(), target()));
    QVERIFY(!saved);
    QVERIFY(!saved.error().safe.isEmpty());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList { QStringLiteral("mine.zip") });
    QCOMPARE(bytesOf(target()), QByteArray("the one of last year"));
}

void TestClientArchives::leavesNoHalfFileWhenCancelled()
{
    m_archive = someArchive(20 << 20);
    m_server->expectBy(kFile, [this](const FakeRequest &request) { return answerTo(request); });
    CancelSource cancel;
    const Result<> saved = await(client().archives().save(
        made(), target(), [&](qint64, qint64) { cancel.cancel(); }, cancel.token()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().fault, Fault::Cancelled);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestClientArchives::saysWhyTheDiskDoesNotTakeIt()
{
    const Result<> saved =
        await(client().archives().save(made(), m_folder->filePath(QStringLiteral("not/there/mine.zip"))));
    QVERIFY(!saved);
    QVERIFY2(saved.error().safe.contains(QStringLiteral("“mine.zip” cannot be written")),
             qPrintable(saved.error().safe));
    QVERIFY(m_server->requests().isEmpty());
}

void TestClientArchives::sendsAnArchiveFromDisk()
{
    QFile file(target());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_archive);
    file.close();
    m_server->expect(kImports, FakeReply::json(R"({"id":"9","state":"working"})"));
    qint64 sent = 0;
    const Result<model::AccountImport> import =
        await(client().archives().bring(target(), [&](qint64 now, qint64) { sent = now; }));
    QVERIFY2(import, qPrintable(import ? QString() : describe(import.error())));
    QCOMPARE(import->id, QStringLiteral("9"));
    QVERIFY(sent > m_archive.size());
    const FakeRequest &request = m_server->requests().first();
    QVERIFY(request.header("content-type").startsWith("multipart/form-data"));
    QVERIFY(request.body.contains("name=\"file\""));
    QVERIFY(request.body.contains(m_archive));
}

void TestClientArchives::saysWhyAnArchiveIsRefused()
{
    QFile file(target());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    m_server->expect(kImports, FakeReply::json(R"({"error":"Validation failed: This is no ZIP file"})", 422));
    const Result<model::AccountImport> refused = await(client().archives().bring(target()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().fault, Fault::Unprocessable);
    QVERIFY(refused.error().safe.contains(QLatin1String("This is no ZIP file")));
    QVERIFY(!await(client().archives().bring(m_folder->filePath(QStringLiteral("nothing.zip")))));
    QCOMPARE(m_server->count(kImports), 1);
}

void TestClientArchives::tellsHowFarAnImportIs()
{
    m_server->expect(kImport,
                     { FakeReply::json(R"({"id":"9","state":"working","step":"verifying","position":3})"),
                       FakeReply::json(R"({"id":"9","state":"working","step":"statuses","position":5})"),
                       FakeReply::json(R"({"id":"9","state":"done","counts":[{"part":"statuses","imported":7}],
                                           "problems":[{"entry":"statuses.jsonl line 2","reason":"no"}]})") });
    QStringList steps;
    const Result<model::AccountImport> over = await(client().archives().waitUntilTakenIn(
        QStringLiteral("9"), [&](const model::AccountImport &import) { steps.append(import.step); }));
    QVERIFY(over);
    QCOMPARE(steps, (QStringList { QStringLiteral("verifying"), QStringLiteral("statuses") }));
    QCOMPARE(over->counts.value(0).imported, 7);
    QCOMPARE(over->problems->value(0).reason, QStringLiteral("no"));
}

void TestClientArchives::saysHowLongTheServerWantsToBeLeftAlone()
{
    QFile file(target());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const FakeReply busy = FakeReply::json(R"({"error":"x"})", 429).with("Retry-After", "1200");
    m_server->expect(kImports, busy);
    m_server->expect(kFile, busy);
    const Result<model::AccountImport> import = await(client().archives().bring(target()));
    QVERIFY(!import);
    QVERIFY2(import.error().safe.contains(QLatin1String("in 20 minutes")), qPrintable(import.error().safe));
    const Result<> saved = await(client().archives().save(made(), target()));
    QVERIFY(!saved);
    QVERIFY2(saved.error().safe.contains(QLatin1String("in 20 minutes")), qPrintable(saved.error().safe));
}

void TestClientArchives::takesWhatIsGoneForRemoved()
{
    m_server->expect("DELETE /api/graminsta/v1/account/exports/7", FakeReply::json(R"({"error":"x"})", 404));
    m_server->expect("DELETE /api/graminsta/v1/account/imports/9", FakeReply::json("{}"));
    QVERIFY(await(client().archives().remove(QStringLiteral("7"))));
    QVERIFY(await(client().archives().removeImport(QStringLiteral("9"))));
}

QTEST_GUILESS_MAIN(TestClientArchives)
#include "tst_clientarchives.moc"
