// SPDX-License-Identifier: GPL-3.0-or-later
// Streams on the wire: the handshake and the frames of RFC 6455, whatever the client does, and that no client costs the
// others anything.
#include "httprig.h"

#include <graminsta/http/stream.h>

#include <QTest>

#include <mutex>
#include <vector>

using namespace graminsta;
using namespace graminsta::tests;

namespace
{

constexpr quint8 kText = 1;
constexpr quint8 kBinary = 2;
constexpr quint8 kClose = 8;
constexpr quint8 kPing = 9;
const QByteArray kMask("\x01\x02\x03\x04", 4);

// All streams of a server, as a hub would know them.
struct Crowd {
    std::mutex mutex;
    std::vector<std::shared_ptr<http::Stream>> streams;
    std::vector<QByteArray> heard;
    int closed = 0;

    [[nodiscard]] size_t size()
    {
        const std::lock_guard lock(mutex);
        return streams.size();
    }
    [[nodiscard]] QByteArray lastHeard()
    {
        const std::lock_guard lock(mutex);
        return heard.empty() ? QByteArray() : heard.back();
    }
    void tell(const QByteArray &text)
    {
        const QByteArray frame = http::socketBytes(text);
        const QByteArray event = http::eventBytes("update", text);
        const std::lock_guard lock(mutex);
        for (const auto &stream : streams)
            stream->send(stream->kind() == http::StreamKind::WebSocket ? frame : event);
    }
};

class Member final : public http::StreamClient
{
public:
    explicit Member(Crowd &crowd)
        : m_crowd(crowd)
    {
    }
    void opened(const std::shared_ptr<http::Stream> &stream) override
    {
        const std::lock_guard lock(m_crowd.mutex);
        m_crowd.streams.push_back(stream);
    }
    void received(const QByteArray &text) override
    {
        const std::lock_guard lock(m_crowd.mutex);
        m_crowd.heard.push_back(text);
    }
    void closed() override
    {
        const std::lock_guard lock(m_crowd.mutex);
        ++m_crowd.closed;
    }

private:
    Crowd &m_crowd;
};

http::HandlerTable streamHandlers(Crowd &crowd)
{
    http::HandlerTable table;
    table.insert("streaming.socket", [&crowd](const http::RequestContext &context) {
        return http::openWebSocket(context, std::make_shared<Member>(crowd));
    });
    table.insert("streaming.public", [&crowd](const http::RequestContext &) -> Result<http::Response> {
        return http::openEvents(std::make_shared<Member>(crowd));
    });
    return table;
}

QByteArray handshake()
{
    return getRequest("/api/v1/streaming",
                      "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

QByteArray frame(quint8 opcode, const QByteArray &payload, bool isFinal = true)
{
    QByteArray bytes;
    bytes.append(static_cast<char>((isFinal ? 0x80 : 0) | opcode));
    bytes.append(payload.size() < 126 ? static_cast<char>(0x80 | payload.size()) : '\xfe');
    if (payload.size() >= 126)
        bytes.append(static_cast<char>(payload.size() >> 8)).append(static_cast<char>(payload.size() & 0xff));
    bytes.append(kMask);
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes.append(static_cast<char>(payload[i] ^ kMask[i % 4]));
    return bytes;
}

QByteArray closeFrame(quint16 code)
{
    return QByteArray("\x88\x02", 2) + static_cast<char>(code >> 8) + static_cast<char>(code & 0xff);
}

bool upgrade(Wire &wire)
{
    wire.send(handshake());
    const QByteArray answer = wire.receiveSome(4096);
    return answer.startsWith("HTTP/1.1 101 ") && answer.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

} // namespace

class tst_HttpStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAHandshakeInPieces();
    void hearsWhatCameWithTheHandshake();
    void endsWithTheRightCode_data();
    void endsWithTheRightCode();
    void putsFragmentsTogether();
    void answersPings();
    void answersTheClosingOfTheClient();
    void framesEveryLength_data();
    void framesEveryLength();
    void cutsWhoDoesNotReadAndNobodyElse();
    void cutsWhoIsSilent();
    void keepsWhoAnswersPings();
    void thumps();
    void cutsWhoTalksIntoEvents();
    void forgetsClientsThatHangUp();
    void endsStreamsPolitelyWhenItDrains();
    void answersHeadOfAStreamWithoutOne();
    void survivesNoise();
};

void tst_HttpStreams::takesAHandshakeInPieces()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    const QByteArray bytes = handshake();
    for (qsizetype at = 0; at < bytes.size(); at += 7)
        QVERIFY(wire.send(QByteArrayView(bytes).sliced(at, qMin<qsizetype>(7, bytes.size() - at))));
    QVERIFY(wire.receiveSome(4096).startsWith("HTTP/1.1 101 "));
    const QByteArray message = frame(kText, "a word in pieces");
    for (const char byte : message)
        QVERIFY(wire.send(QByteArrayView(&byte, 1)));
    QTRY_COMPARE(crowd.lastHeard(), QByteArray("a word in pieces"));
}

void tst_HttpStreams::hearsWhatCameWithTheHandshake()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(wire.send(handshake() + frame(kText, "in haste")));
    QTRY_COMPARE(crowd.lastHeard(), QByteArray("in haste"));
}

void tst_HttpStreams::endsWithTheRightCode_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("not masked") << QByteArray("\x81\x02hi") << 1002;
    QTest::newRow("reserved bit") << QByteArray("\xc1\x80\x01\x02\x03\x04", 6) << 1002;
    QTest::newRow("unknown opcode") << QByteArray("\x83\x80\x01\x02\x03\x04", 6) << 1002;
    QTest::newRow("fragmented ping") << frame(kPing, "x", false) << 0;
    QTest::newRow("continues nothing") << frame(0, "x") << 1002;
    QTest::newRow("text inside text") << frame(kText, "a", false) + frame(kText, "b") << 1002;
    QTest::newRow("binary") << frame(kBinary, "x") << 1003;
    QTest::newRow("no UTF-8") << frame(kText, "\xff\xfe") << 1007;
    QTest::newRow("too long") << frame(kText, QByteArray(5000, 'x')) << 1009;
    QTest::newRow("too long in pieces") << frame(kText, QByteArray(3000, 'x'), false) + frame(0, QByteArray(3000, 'x'))
                                        << 1009;
    // A length that nobody could hold, of which little follows.
    QTest::newRow("huge") << QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04x", 15) << 1009;
}

void tst_HttpStreams::endsWithTheRightCode()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(upgrade(wire));
    QVERIFY(wire.send(bytes));
    const QByteArray answer = wire.receiveAll(std::chrono::seconds(3));
    QCOMPARE(answer.left(1), QByteArray("\x88"));
    // Of what is no frame at all, RFC 6455 section 7.1.7 asks for no code.
    QCOMPARE(answer.size() < 4 ? 0 : (static_cast<quint8>(answer[2]) << 8) | static_cast<quint8>(answer[3]), code);
    QTRY_COMPARE(rig.server().counts().streams, 0);
    QVERIFY(rig.servesOthers());
}

void tst_HttpStreams::putsFragmentsTogether()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(upgrade(wire));
    QVERIFY(wire.send(frame(kText, "one ", false) + frame(kPing, "!") + frame(0, "two ", false) + frame(0, "three")));
    QTRY_COMPARE(crowd.lastHeard(), QByteArray("one two three"));
}

void tst_HttpStreams::answersPings()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(upgrade(wire));
    QVERIFY(wire.send(frame(kPing, "are you there?")));
    QCOMPARE(wire.receiveSome(16), QByteArray("\x8a\x0e") + "are you there?");
}

void tst_HttpStreams::answersTheClosingOfTheClient()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(upgrade(wire));
    QVERIFY(wire.send(frame(kClose, QByteArray("\x03\xe8", 2))));
    QCOMPARE(wire.receiveAll(), closeFrame(1000));
    QTRY_COMPARE(crowd.closed, 1);
}

void tst_HttpStreams::framesEveryLength_data()
{
    QTest::addColumn<int>("size");
    for (const int size : { 0, 125, 126, 65535, 65536, 100'000 })
        QTest::newRow(QByteArray::number(size)) << size;
}

void tst_HttpStreams::framesEveryLength()
{
    QFETCH(int, size);
    const QByteArray text(size, 'x');
    const QByteArray bytes = http::socketBytes(text);
    QByteArray head;
    if (size < 126)
        head = QByteArray("\x81") + static_cast<char>(size);
    else if (size < 65536)
        head = QByteArray("\x81\x7e") + static_cast<char>(size >> 8) + static_cast<char>(size & 0xff);
    else
        head = QByteArray("\x81\x7f\0\0\0\0\0", 7) + static_cast<char>(size >> 16) + static_cast<char>(size >> 8)
            + static_cast<char>(size & 0xff);
    QCOMPARE(bytes, head + text);
}

void tst_HttpStreams::cutsWhoDoesNotReadAndNobodyElse()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire slow = rig.connect();
    slow.limitReceiveBuffer(4096);
    QVERIFY(upgrade(slow));
    Wire quick = rig.connect();
    QVERIFY(upgrade(quick));
    QTRY_COMPARE(crowd.size(), size_t(2));
    const QByteArray piece(8 * 1024, 'x');
    const qsizetype whole = http::socketBytes(piece).size();
    const qint64 before = residentBytes();
    int told = 0;
    while (rig.server().counts().cutStreams == 0 && told < 2000) {
        crowd.tell(piece);
        ++told;
        qsizetype got = 0;
        while (got < whole) {
            const QByteArray some = quick.receiveSome(whole - got);
            QVERIFY2(!some.isEmpty(), "the one that reads was not told");
            got += some.size();
        }
    }
    QCOMPARE(rig.server().counts().cutStreams, 1);
    QVERIFY2(told < 200, "an unread stream has no bound");
    QVERIFY(residentBytes() - before < kAllowedGrowth);
    QTRY_COMPARE(rig.server().counts().streams, 1);
    crowd.tell("still here");
    QCOMPARE(quick.receiveSome(12), http::socketBytes("still here"));
}

void tst_HttpStreams::cutsWhoIsSilent()
{
    Crowd crowd;
    http::ServerOptions options;
    options.limits.streamHeartbeat = std::chrono::milliseconds(100);
    HttpRig rig(options, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(upgrade(wire));
    QCOMPARE(wire.receiveSome(2), QByteArray("\x89\x00", 2)); // a ping
    QVERIFY(wire.isEnded());
    QCOMPARE(rig.server().counts().cutStreams, 1);
}

void tst_HttpStreams::keepsWhoAnswersPings()
{
    Crowd crowd;
    http::ServerOptions options;
    options.limits.streamHeartbeat = std::chrono::milliseconds(100);
    HttpRig rig(options, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(upgrade(wire));
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(wire.receiveSome(2), QByteArray("\x89\x00", 2));
        QVERIFY(wire.send(frame(10, {})));
    }
    QCOMPARE(rig.server().counts().streams, 1);
}

void tst_HttpStreams::thumps()
{
    Crowd crowd;
    http::ServerOptions options;
    options.limits.streamHeartbeat = std::chrono::milliseconds(100);
    HttpRig rig(options, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(wire.send(getRequest("/api/v1/streaming/public")));
    QByteArray got;
    while (got.count(":thump\n\n") < 4) {
        const QByteArray some = wire.receiveSome(4096);
        QVERIFY2(!some.isEmpty(), got);
        got += some;
    }
    QVERIFY2(got.contains("\r\nContent-Type: text/event-stream\r\n"), got);
    QVERIFY2(!got.contains("Content-Length"), got);
    crowd.tell("{}");
    QVERIFY(wire.receiveSome(4096).contains("event: update\ndata: {}\n\n"));
}

void tst_HttpStreams::cutsWhoTalksIntoEvents()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(wire.send(getRequest("/api/v1/streaming/public")));
    QVERIFY(wire.receiveSome(4096).startsWith("HTTP/1.1 200 "));
    const QByteArray noise(16 * 1024, 'x');
    for (int i = 0; i < 8 && rig.server().counts().cutStreams == 0; ++i)
        wire.send(noise);
    QTRY_COMPARE(rig.server().counts().cutStreams, 1);
    QVERIFY(rig.servesOthers());
}

void tst_HttpStreams::forgetsClientsThatHangUp()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    const int clients = 200 * faultScale();
    for (int round = 0; round < clients / 100; ++round) {
        std::vector<Wire> wires;
        for (int i = 0; i < 100; ++i) {
            wires.push_back(rig.connect());
            if (i % 2 == 0)
                QVERIFY(upgrade(wires.back()));
            else
                QVERIFY(wires.back().send(getRequest("/api/v1/streaming/public")));
            if (i % 10 == 0)
                crowd.tell("something happens");
        }
        for (size_t i = 0; i < wires.size(); i += 2)
            wires[i].hangUp();
        crowd.tell("and more");
    }
    QTRY_COMPARE(rig.server().counts().streams, 0);
    QTRY_COMPARE(crowd.closed, static_cast<int>(crowd.size()));
    crowd.tell("to nobody");
    QVERIFY(rig.servesOthers());
}

void tst_HttpStreams::endsStreamsPolitelyWhenItDrains()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire socket = rig.connect();
    QVERIFY(upgrade(socket));
    Wire events = rig.connect();
    QVERIFY(events.send(getRequest("/api/v1/streaming/public")));
    QTRY_COMPARE(crowd.size(), size_t(2));
    std::thread draining(
        [&rig] { rig.server().drain(std::chrono::milliseconds(0), Deadline::after(std::chrono::seconds(10))); });
    QCOMPARE(socket.receiveAll(), closeFrame(1001));
    QVERIFY(events.receiveAll().startsWith("HTTP/1.1 200 "));
    socket = Wire(0);
    events = Wire(0);
    draining.join();
    QCOMPARE(rig.server().counts().streams, 0);
    QCOMPARE(crowd.closed, 2);
}

void tst_HttpStreams::answersHeadOfAStreamWithoutOne()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    Wire wire = rig.connect();
    QVERIFY(wire.send("HEAD /api/v1/streaming/public HTTP/1.1\r\nHost: a\r\n\r\n"));
    const auto answer = wire.receive(std::chrono::seconds(5), true);
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(rig.server().counts().streams, 0);
}

void tst_HttpStreams::survivesNoise()
{
    Crowd crowd;
    HttpRig rig({}, streamHandlers(crowd));
    quint32 seed = 1;
    for (int i = 0; i < 200 * faultScale(); ++i) {
        Wire wire = rig.connect();
        QVERIFY(upgrade(wire));
        QByteArray noise = frame(kText, "a start");
        for (int n = 0; n < 64; ++n) {
            seed = seed * 1664525 + 1013904223;
            noise.append(static_cast<char>(seed >> 24));
        }
        wire.send(noise);
        crowd.tell("meanwhile");
    }
    QTRY_COMPARE(rig.server().counts().streams, 0);
    QVERIFY(rig.servesOthers());
}

QTEST_GUILESS_MAIN(tst_HttpStreams)

#include "tst_httpstreams.moc"
