// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that are slow, greedy, many or gone: the server stays alive and small, and serves the others.
// GRAMINSTA_FAULT_SCALE=100 runs the full numbers: 100,000 hang-ups, 1,000 slow clients, 5,000 idle connections.
#include "httprig.h"

#include <QRandomGenerator>
#include <QTest>

#include <latch>
#include <thread>

#include <sys/resource.h>

using namespace graminsta;
using namespace graminsta::tests;
using namespace std::chrono_literals;

namespace
{

int scaled(int number, int most)
{
    return qMin(number * faultScale(), most);
}

void raiseDescriptorLimit()
{
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int maxDescriptors()
{
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<int>(qMin<rlim_t>(limit.rlim_cur, 1 << 20));
}

QByteArray uploadRequest(qint64 fileSize)
{
    const QByteArray body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
        + QByteArray(fileSize, 'p') + "\r\n--x--\r\n";
    return bodyRequest("POST", "/api/v2/media", "multipart/form-data; boundary=x", body, kSignedIn.toByteArray());
}

QByteArray someRequest(QRandomGenerator &random)
{
    switch (random.bounded(6)) {
    case 0:
        return getRequest("/healthz");
    case 1:
        return getRequest("/api/v1/instance?sleep=" + QByteArray::number(random.bounded(4)));
    case 2:
        return bodyRequest("POST", "/api/v1/apps", "application/json", R"({"client_name":"x","sleep":"1"})");
    case 3:
        return uploadRequest(random.bounded(200'000));
    case 4:
        return getRequest("/api/v1/instance?sleep=2") + getRequest("/api/v1/instance") + getRequest("/healthz");
    default:
        return getRequest("/api/v1/timelines/home", kSignedIn.toByteArray());
    }
}

// Sends a part of something, perhaps waits, perhaps reads, and is gone.
void hangUpSomewhere(quint16 port, QRandomGenerator &random)
{
    Wire wire(port);
    // Fast closing leaves the machine without free ports for a moment.
    for (int attempt = 0; attempt < 500 && !wire.isConnected(); ++attempt) {
        std::this_thread::sleep_for(10ms);
        wire = Wire(port);
    }
    const QByteArray request = someRequest(random);
    wire.send(QByteArrayView(request).first(random.bounded(int(request.size()) + 1)));
    if (random.bounded(4) == 0)
        std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(4000)));
    if (random.bounded(4) == 0)
        (void)wire.receiveSome(1 + random.bounded(200), 3ms);
    if (random.bounded(2) == 0)
        wire.hangUp();
}

} // namespace

class tst_HttpFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { raiseDescriptorLimit(); }
    void survivesHangUpsAtAnyMoment();
    void servesOthersBesideSlowClients();
    void holdsThousandsOfIdleConnections();
    void keepsUploadsOutOfMemory();
    void removesFilesOfUnfinishedUploads();
    void endsSlowHeadsAndBodies();
    void endsIdleConnections();
    void limitsConnections();
    void limitsConnectionsOfOneAddress();
    void shedsLoadAboveItsQueue();
    void limitsUploadsAtOneTime();
    void answersARequestWhoseClientIsGoneToNobody();
    void stopsReadingFromWhoeverDoesNotRead();
    void drainsGracefully();
    void refusesAPortThatIsTaken();
    void namesMissingHandlers();
    void logsRequestsWithoutSecrets();
};

void tst_HttpFaults::survivesHangUpsAtAnyMoment()
{
    const int total = scaled(1000, 100'000);
    http::ServerOptions options;
    options.loops = 2;
    options.limits.maxSpooling = 1000;
    HttpRig rig(options);
    QVERIFY(rig.servesOthers());
    const qint64 before = residentBytes();
    constexpr int kThreads = 4;
    std::vector<std::thread> clients;
    for (int thread = 0; thread < kThreads; ++thread) {
        clients.emplace_back([thread, total, port = rig.port()] {
            QRandomGenerator random(static_cast<quint32>(1000 + thread));
            for (int i = 0; i < total / kThreads; ++i)
                hangUpSomewhere(port, random);
        });
    }
    for (std::thread &client : clients)
        client.join();
    QVERIFY(rig.servesOthers());
    QTRY_COMPARE_WITH_TIMEOUT(rig.server().counts().open, 0, 20'000);
    QCOMPARE(rig.server().counts().busy, 0);
    QTRY_COMPARE(rig.stagedFiles(), 0);
    QVERIFY(rig.server().counts().accepted >= total);
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < kAllowedGrowth, qPrintable(QString::number(grown)));
    qInfo("%d hang-ups, %lld abandoned requests, grown by %lld kB", total, rig.server().counts().abandoned,
          grown / 1024);
}

void tst_HttpFaults::servesOthersBesideSlowClients()
{
    const int total = scaled(50, 1000);
    http::ServerOptions options;
    options.limits.headerTime = 2s;
    options.limits.bodyIdleTime = 2s;
    HttpRig rig(options);
    const qint64 before = residentBytes();
    const QByteArray slowHead = "GET /api/v1/instance HTTP/1.1\r\nHost: a\r\nX-Slow: " + QByteArray(1000, 'z');
    const QByteArray slowBody = uploadRequest(1'000'000);
    std::vector<Wire> clients;
    for (int i = 0; i < total; ++i)
        clients.push_back(rig.connect());
    const qsizetype headSize = slowBody.indexOf("\r\n\r\n") + 4;
    for (int i = 0; i < total; ++i)
        clients[size_t(i)].send(i % 2 ? QByteArrayView(slowBody).first(headSize) : QByteArrayView(slowHead).first(20));
    qint64 worst = 0;
    for (qsizetype round = 0; round < 20; ++round) {
        for (int i = 0; i < total; ++i) {
            const QByteArray &source = i % 2 ? slowBody : slowHead;
            clients[size_t(i)].send(QByteArrayView(source).sliced((i % 2 ? headSize : 20) + round, 1));
        }
        QElapsedTimer timer;
        timer.start();
        QVERIFY(rig.servesOthers());
        worst = qMax(worst, timer.elapsed());
        QTest::qSleep(50);
    }
    QVERIFY2(worst < 2000, qPrintable(QString::number(worst)));
    // Each is told why, and none is left.
    const auto refused = clients.front().receive(10s);
    QVERIFY(refused);
    QCOMPARE(refused->status, 408);
    clients.clear();
    QTRY_COMPARE_WITH_TIMEOUT(rig.server().counts().open, 0, 20'000);
    QTRY_COMPARE(rig.stagedFiles(), 0);
    QVERIFY(residentBytes() - before < kAllowedGrowth);
    qInfo("%d slow clients, others waited %lld ms at most", total, worst);
}

void tst_HttpFaults::holdsThousandsOfIdleConnections()
{
    const int total = qMin(scaled(200, 5000), (maxDescriptors() - 100) / 2);
    http::ServerOptions options;
    options.loops = 2;
    HttpRig rig(options);
    QVERIFY(rig.servesOthers());
    const qint64 before = residentBytes();
    std::vector<Wire> idle;
    for (int i = 0; i < total; ++i) {
        idle.push_back(rig.connect());
        idle.back().send(getRequest("/healthz"));
        QVERIFY(idle.back().receive(10s));
    }
    QCOMPARE(rig.server().counts().open, total);
    QVERIFY(rig.servesOthers());
    const qint64 each = (residentBytes() - before) / total;
    for (Wire &wire : idle) {
        wire.send(getRequest("/healthz"));
        QVERIFY(wire.receive(10s));
    }
    QVERIFY(residentBytes() - before < kAllowedGrowth);
    qInfo("%d idle connections, %lld bytes each with their client's end", total, each);
}

void tst_HttpFaults::keepsUploadsOutOfMemory()
{
    const int parallel = 8;
    HttpRig rig;
    const QByteArray request = uploadRequest(24 << 20);
    const qint64 before = residentBytes();
    std::atomic<int> answered { 0 };
    std::vector<std::thread> clients;
    for (int i = 0; i < parallel; ++i) {
        clients.emplace_back([&] {
            Wire wire = rig.connect();
            wire.send(request);
            const auto response = wire.receive(60s);
            answered += response && response->status == 200 ? 1 : 0;
        });
    }
    qint64 peak = 0;
    std::thread watcher([&] {
        while (answered < parallel && peak < kAllowedGrowth * 4) {
            peak = qMax(peak, residentBytes() - before);
            std::this_thread::sleep_for(5ms);
        }
    });
    for (std::thread &client : clients)
        client.join();
    const bool all = answered == parallel;
    answered = parallel;
    watcher.join();
    QVERIFY(all);
    QVERIFY2(peak < kAllowedGrowth, qPrintable(QString::number(peak)));
    QTRY_COMPARE(rig.stagedFiles(), 0);
    qInfo("%d uploads of 24 MB at once: grown by %lld kB at most", parallel, peak / 1024);
}

void tst_HttpFaults::removesFilesOfUnfinishedUploads()
{
    HttpRig rig;
    const QByteArray request = uploadRequest(1 << 20);
    {
        Wire wire = rig.connect();
        wire.send(QByteArrayView(request).first(500'000));
        QTRY_COMPARE(rig.stagedFiles(), 1);
    }
    QTRY_COMPARE(rig.stagedFiles(), 0);
}

void tst_HttpFaults::endsSlowHeadsAndBodies()
{
    http::ServerOptions options;
    options.limits.headerTime = 200ms;
    options.limits.bodyIdleTime = 200ms;
    HttpRig rig(options);
    Wire silent = rig.connect();
    QVERIFY(silent.isEnded(3s));
    Wire halfHead = rig.connect();
    halfHead.send("GET /api/v1/instance HTTP/1.1\r\nHost");
    const auto headRefusal = halfHead.receive(3s);
    QVERIFY(headRefusal);
    QCOMPARE(headRefusal->status, 408);
    Wire halfBody = rig.connect();
    halfBody.send("POST /api/v1/apps HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    const auto bodyRefusal = halfBody.receive(3s);
    QVERIFY(bodyRefusal);
    QCOMPARE(bodyRefusal->status, 408);
    QVERIFY(rig.server().counts().timeouts >= 2);
}

void tst_HttpFaults::endsIdleConnections()
{
    http::ServerOptions options;
    options.limits.keepAliveTime = 200ms;
    HttpRig rig(options);
    Wire wire = rig.connect();
    wire.send(getRequest("/healthz"));
    QVERIFY(wire.receive());
    QVERIFY(wire.isEnded(3s));
}

void tst_HttpFaults::limitsConnections()
{
    http::ServerOptions options;
    options.limits.maxConnections = 3;
    HttpRig rig(options);
    std::vector<Wire> held;
    for (int i = 0; i < 3; ++i) {
        held.push_back(rig.connect());
        held.back().send(getRequest("/healthz"));
        QVERIFY(held.back().receive());
    }
    Wire fourth = rig.connect();
    const auto refusal = fourth.receive();
    QVERIFY(refusal);
    QCOMPARE(refusal->status, 503);
    held.clear();
    QTRY_VERIFY(rig.servesOthers());
}

void tst_HttpFaults::limitsConnectionsOfOneAddress()
{
    http::ServerOptions options;
    options.limits.maxConnectionsPerAddress = 2;
    HttpRig rig(options);
    Wire first = rig.connect();
    Wire second = rig.connect();
    Wire third = rig.connect();
    const auto refusal = third.receive();
    QVERIFY(refusal);
    QCOMPARE(refusal->status, 503);
    QCOMPARE(rig.server().counts().refused, 1);
}

void tst_HttpFaults::shedsLoadAboveItsQueue()
{
    http::ServerOptions options;
    options.workers = 1;
    options.maxQueued = 2;
    HttpRig rig(options);
    std::vector<Wire> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(rig.connect());
        clients.back().send(getRequest("/api/v1/instance?sleep=200"));
    }
    int served = 0;
    int shed = 0;
    for (Wire &client : clients) {
        const auto response = client.receive();
        QVERIFY(response);
        if (response->status == 503) {
            ++shed;
            QVERIFY(!response->header("retry-after").isEmpty());
        } else {
            ++served;
        }
    }
    QVERIFY2(served >= 3 && served <= 4 && shed == 10 - served, qPrintable(QString::number(served)));
    QVERIFY(rig.servesOthers());
}

void tst_HttpFaults::limitsUploadsAtOneTime()
{
    http::ServerOptions options;
    options.limits.maxSpooling = 1;
    HttpRig rig(options);
    const QByteArray request = uploadRequest(500'000);
    Wire first = rig.connect();
    first.send(QByteArrayView(request).first(100'000));
    QTRY_COMPARE(rig.stagedFiles(), 1);
    Wire second = rig.connect();
    second.send(request);
    const auto refusal = second.receive();
    QVERIFY(refusal);
    QCOMPARE(refusal->status, 503);
    first.send(QByteArrayView(request).sliced(100'000));
    const auto response = first.receive();
    QVERIFY(response);
    QCOMPARE(response->status, 200);
}

void tst_HttpFaults::answersARequestWhoseClientIsGoneToNobody()
{
    http::ServerOptions options;
    options.workers = 1;
    HttpRig rig(options);
    Wire gone = rig.connect();
    gone.send(getRequest("/api/v1/instance?sleep=150&q=gone"));
    QTest::qSleep(50);
    gone.hangUp();
    Wire next = rig.connect();
    next.send(getRequest("/api/v1/instance?q=next"));
    const auto response = next.receive();
    QVERIFY(response);
    QVERIFY(response->body.contains("next") && !response->body.contains("gone"));
    QVERIFY(rig.server().counts().abandoned == 1);
}

void tst_HttpFaults::stopsReadingFromWhoeverDoesNotRead()
{
    http::ServerOptions options;
    options.limits.writeStallTime = 1s;
    HttpRig rig(options);
    const qint64 before = residentBytes();
    Wire greedy = rig.connect();
    greedy.limitReceiveBuffer(4096);
    std::thread sender([&greedy] {
        const QByteArray requests = getRequest("/api/v1/instance?q=" + QByteArray(2000, 'x')).repeated(200);
        for (int i = 0; i < 500 && greedy.send(requests); ++i) { }
    });
    sender.join(); // the server cuts it
    QVERIFY(rig.server().counts().timeouts >= 1);
    QVERIFY(residentBytes() - before < kAllowedGrowth);
    QVERIFY(rig.servesOthers());
}

void tst_HttpFaults::drainsGracefully()
{
    http::ServerOptions options;
    options.loops = 2;
    HttpRig rig(options);
    Wire idle = rig.connect();
    idle.send(getRequest("/healthz"));
    QVERIFY(idle.receive());
    Wire busy = rig.connect();
    busy.send(getRequest("/api/v1/instance?sleep=600"));
    QTest::qSleep(50);
    std::thread drainer([&rig] { rig.server().drain(300ms, Deadline::after(10s)); });
    QTest::qSleep(100);
    Wire check = rig.connect();
    check.send(getRequest("/healthz") + getRequest("/healthz"));
    const auto health = check.receive();
    Wire late = rig.connect();
    late.send(getRequest("/api/v1/instance"));
    const auto lateAnswer = late.receive();
    const auto answer = busy.receive();
    drainer.join();
    QVERIFY(health && lateAnswer && answer);
    QCOMPARE(health->status, 404);
    QCOMPARE(health->header("connection"), "close");
    QCOMPARE(lateAnswer->status, 200);
    QCOMPARE(answer->status, 200);
    QVERIFY(idle.isEnded(1s));
    QVERIFY(!rig.connect().isConnected());
    QCOMPARE(rig.server().counts().busy, 0);
}

void tst_HttpFaults::refusesAPortThatIsTaken()
{
    HttpRig rig;
    for (const int loops : { 1, 2 }) {
        http::ServerOptions options;
        options.loops = loops;
        options.port = rig.port();
        options.stagingFolder = rig.folder().path();
        http::HandlerTable handlers;
        for (const api::Endpoint &endpoint : api::endpoints())
            handlers.insert(endpoint.name, echoHandler());
        http::Server second(options, {}, handlers);
        const Result<> started = second.start();
        QVERIFY(!started);
        QCOMPARE(started.error().fault, Fault::Unavailable);
        QVERIFY(started.error().safe.contains(QString::number(rig.port())));
    }
}

void tst_HttpFaults::namesMissingHandlers()
{
    http::HandlerTable handlers;
    for (const api::Endpoint &endpoint : api::endpoints())
        handlers.insert(endpoint.name, echoHandler());
    handlers.remove("statuses.create");
    handlers.insert("statuses.invented", echoHandler());
    http::Server server({}, {}, handlers);
    const Result<> started = server.start();
    QVERIFY(!started);
    QCOMPARE(started.error().fault, Fault::Internal);
    QVERIFY(started.error().safe.contains(QStringLiteral("statuses.create")));
    QVERIFY(started.error().safe.contains(QStringLiteral("statuses.invented")));
}

void tst_HttpFaults::logsRequestsWithoutSecrets()
{
    QTemporaryDir folder;
    QFile log(folder.filePath(QStringLiteral("access.log")));
    QVERIFY(log.open(QIODevice::ReadWrite));
    {
        http::ServerOptions options;
        options.accessLogDescriptor = log.handle();
        HttpRig rig(options);
        Wire wire = rig.connect();
        wire.send(getRequest("/api/v1/timelines/home?access_token=account-7"));
        QVERIFY(wire.receive());
    }
    log.seek(0);
    const QByteArray line = log.readAll();
    QVERIFY(line.contains("\"path\":\"/api/v1/timelines/home\",\"status\":200"));
    QVERIFY(line.contains("\"client\":\"127.0.0.1\",\"account\":\"7\""));
    QVERIFY(!line.contains("account-7"));
}

QTEST_GUILESS_MAIN(tst_HttpFaults)
#include "tst_httpfaults.moc"
