// SPDX-License-Identifier: GPL-3.0-or-later
// Files on the wire: ranges, validators, slow and stalled readers.
#include "httprig.h"

#include <QFile>
#include <QTest>

using namespace graminsta;
using namespace graminsta::tests;
using namespace std::chrono_literals;

namespace
{

constexpr qint64 kBigFile = 64 << 20;

QByteArray content()
{
    QByteArray bytes;
    for (int i = 0; i < 100'000; ++i)
        bytes += static_cast<char>('a' + i % 26);
    return bytes;
}

} // namespace

class tst_HttpFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sendsRanges_data();
    void sendsRanges();
    void answersUnsatisfiableRanges();
    void sendsTheWholeFileWhereTheVersionDiffers();
    void answersNotModified();
    void answersHeadWithTheLength();
    void keepsTheConnectionAfterAFile();
    void answers404ForAFileThatIsGone();
    void holdsNoFileInMemoryForASlowReader();
    void cutsAReaderThatStalls();
    void survivesAFileThatShrinks();

private:
    std::unique_ptr<QTemporaryDir> m_files = std::make_unique<QTemporaryDir>();
    std::unique_ptr<HttpRig> m_rig;
};

void tst_HttpFiles::initTestCase()
{
    QFile small(m_files->filePath(QStringLiteral("small")));
    QVERIFY(small.open(QIODevice::WriteOnly));
    small.write(content());
    QFile big(m_files->filePath(QStringLiteral("big")));
    QVERIFY(big.open(QIODevice::WriteOnly));
    QVERIFY(big.resize(kBigFile));
    http::HandlerTable special;
    special.insert("media.file", [this](const http::RequestContext &context) -> Result<http::Response> {
        http::Response response;
        response.contentType = "image/jpeg";
        response.file = http::FileBody { m_files->filePath(context.pathParameters.value(0)), "\"v1\"" };
        return std::move(response).withHeader("Cache-Control", "public, max-age=31536000, immutable");
    });
    http::ServerOptions options;
    options.limits.writeStallTime = 400ms;
    m_rig = std::make_unique<HttpRig>(options, special);
}

void tst_HttpFiles::sendsRanges_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QByteArray>("contentRange"); // empty: the whole file
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("size");
    QTest::newRow("none") << QByteArray() << QByteArray() << 0 << 100'000;
    QTest::newRow("first") << QByteArray("bytes=0-9") << QByteArray("bytes 0-9/100000") << 0 << 10;
    QTest::newRow("one byte") << QByteArray("bytes=5-5") << QByteArray("bytes 5-5/100000") << 5 << 1;
    QTest::newRow("from") << QByteArray("bytes=99990-") << QByteArray("bytes 99990-99999/100000") << 99'990 << 10;
    QTest::newRow("last") << QByteArray("bytes=-7") << QByteArray("bytes 99993-99999/100000") << 99'993 << 7;
    QTest::newRow("last, more than there is")
        << QByteArray("bytes=-200000") << QByteArray("bytes 0-99999/100000") << 0 << 100'000;
    QTest::newRow("beyond the end") << QByteArray("bytes=10-999999") << QByteArray("bytes 10-99999/100000") << 10
                                    << 99'990;
    QTest::newRow("several") << QByteArray("bytes=0-1,5-6") << QByteArray() << 0 << 100'000;
    QTest::newRow("backwards") << QByteArray("bytes=9-5") << QByteArray() << 0 << 100'000;
    QTest::newRow("other unit") << QByteArray("lines=1-2") << QByteArray() << 0 << 100'000;
    QTest::newRow("nonsense") << QByteArray("bytes=a-b") << QByteArray() << 0 << 100'000;
    QTest::newRow("overflow") << QByteArray("bytes=0-99999999999999999999") << QByteArray() << 0 << 100'000;
}

void tst_HttpFiles::sendsRanges()
{
    QFETCH(QByteArray, range);
    QFETCH(QByteArray, contentRange);
    QFETCH(int, from);
    QFETCH(int, size);
    Wire wire = m_rig->connect();
    wire.send(getRequest("/media/small", range.isEmpty() ? QByteArray() : "Range: " + range + "\r\n"));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, contentRange.isEmpty() ? 200 : 206);
    QCOMPARE(response->header("content-range"), contentRange);
    QCOMPARE(response->header("accept-ranges"), "bytes");
    QCOMPARE(response->header("etag"), "\"v1\"");
    QCOMPARE(response->body, content().mid(from, size));
}

void tst_HttpFiles::answersUnsatisfiableRanges()
{
    for (const QByteArray &range : { QByteArray("bytes=100000-"), QByteArray("bytes=-0") }) {
        Wire wire = m_rig->connect();
        wire.send(getRequest("/media/small", "Range: " + range + "\r\n"));
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->status, 416);
        QCOMPARE(response->header("content-range"), "bytes */100000");
    }
}

void tst_HttpFiles::sendsTheWholeFileWhereTheVersionDiffers()
{
    Wire wire = m_rig->connect();
    wire.send(getRequest("/media/small", "Range: bytes=0-9\r\nIf-Range: \"v0\"\r\n")
              + getRequest("/media/small", "Range: bytes=0-9\r\nIf-Range: \"v1\"\r\n"));
    const auto other = wire.receive();
    const auto same = wire.receive();
    QVERIFY(other && same);
    QCOMPARE(other->status, 200);
    QCOMPARE(same->status, 206);
}

void tst_HttpFiles::answersNotModified()
{
    for (const QByteArray &tags : { QByteArray("\"v1\""), QByteArray("\"v0\", W/\"v1\""), QByteArray("*") }) {
        Wire wire = m_rig->connect();
        wire.send(getRequest("/media/small", "If-None-Match: " + tags + "\r\n") + getRequest("/healthz"));
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->status, 304);
        QCOMPARE(response->header("etag"), "\"v1\"");
        QVERIFY(!response->header("cache-control").isEmpty());
        const auto next = wire.receive();
        QVERIFY(next);
        QCOMPARE(next->status, 200);
    }
}

void tst_HttpFiles::answersHeadWithTheLength()
{
    Wire wire = m_rig->connect();
    wire.send("HEAD /media/big HTTP/1.1\r\nHost: a\r\n\r\n" + getRequest("/healthz"));
    const auto head = wire.receive(5s, true);
    QVERIFY(head);
    QCOMPARE(head->header("content-length"), QByteArray::number(kBigFile));
    const auto next = wire.receive();
    QVERIFY(next);
    QCOMPARE(next->header("content-type"), "application/json; charset=utf-8");
}

void tst_HttpFiles::keepsTheConnectionAfterAFile()
{
    Wire wire = m_rig->connect();
    wire.send(getRequest("/media/small").repeated(3) + getRequest("/healthz"));
    for (int i = 0; i < 3; ++i) {
        const auto response = wire.receive();
        QVERIFY(response);
        QCOMPARE(response->body, content());
    }
    QVERIFY(wire.receive());
}

void tst_HttpFiles::answers404ForAFileThatIsGone()
{
    Wire wire = m_rig->connect();
    wire.send(getRequest("/media/missing"));
    const auto response = wire.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 404);
}

void tst_HttpFiles::holdsNoFileInMemoryForASlowReader()
{
    const qint64 before = residentBytes();
    std::vector<Wire> readers;
    for (int i = 0; i < 20; ++i) {
        readers.push_back(m_rig->connect());
        readers.back().limitReceiveBuffer(8192);
        readers.back().send(getRequest("/media/big"));
    }
    qint64 received = 0;
    for (int round = 0; round < 20; ++round) {
        for (Wire &reader : readers)
            received += reader.receiveSome(4096).size();
        QTest::qSleep(20);
    }
    QVERIFY(received > 20 * 20 * 2048);
    QVERIFY(m_rig->servesOthers());
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < kAllowedGrowth, qPrintable(QString::number(grown)));
}

void tst_HttpFiles::cutsAReaderThatStalls()
{
    const qint64 timeouts = m_rig->server().counts().timeouts;
    Wire reader = m_rig->connect();
    reader.limitReceiveBuffer(8192);
    reader.send(getRequest("/media/big"));
    QTRY_VERIFY_WITH_TIMEOUT(m_rig->server().counts().timeouts > timeouts, 5000);
}

void tst_HttpFiles::survivesAFileThatShrinks()
{
    QFile file(m_files->filePath(QStringLiteral("shrinking")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(kBigFile));
    Wire reader = m_rig->connect();
    reader.send(getRequest("/media/shrinking"));
    QVERIFY(!reader.receiveSome(1000).isEmpty());
    QVERIFY(file.resize(10));
    QVERIFY(reader.isEnded(5s));
    QVERIFY(m_rig->servesOthers());
}

QTEST_GUILESS_MAIN(tst_HttpFiles)
#include "tst_httpfiles.moc"
