// SPDX-License-Identifier: GPL-3.0-or-later
// What the client does when the network or the server misbehaves, and what it then says.
#include <graminsta/client/client.h>
#include <graminsta/client/networktransport.h>
#include <rig/awaiting.h>
#include <rig/fakeserver.h>

#include <QElapsedTimer>
#include <QPointer>
#include <QTest>

using namespace graminsta;
using namespace graminsta::client;
using namespace std::chrono_literals;
using rig::await;
using rig::Behaviour;
using rig::FakeReply;
using rig::FakeServer;

namespace
{

const QByteArray kStatus = R"({"id":"1","account":{"id":"1"}})";
const QString kOne = QStringLiteral("1");

// What a controller of the app does: guards itself, and cancels when it goes.
class Owner : public QObject
{
    Q_OBJECT
public:
    explicit Owner(Client client, int *touched)
        : m_client(std::move(client))
        , m_touched(touched)
    {
    }

    QCoro::Task<> load()
    {
        const QPointer<Owner> self(this);
        const Result<model::Status> status = co_await m_client.statuses().show(kOne, m_cancel.token());
        if (!self)
            co_return;
        ++*m_touched;
    }

private:
    Client m_client;
    CancelSource m_cancel;
    int *m_touched;
};

} // namespace

class TestClientFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void repeatsAGetAfterALostConnection_data();
    void repeatsAGetAfterALostConnection();
    void repeatsAPostAfterALostConnectionOnlyWithItsKey();
    void repeatsAPostThatNeverLeft();
    void waitsAsLongAsTheServerAsks();
    void doesNotWaitLongerThanItMay();
    void triesAgainAfterATemporaryProblem();
    void givesUpAfterItsAttempts();
    void endsStalledRequestsByTheirIdleTime();
    void endsSlowRequestsByTheirDeadline();
    void readsLoginPagesAsSignedOut_data();
    void readsLoginPagesAsSignedOut();
    void showsTheServersWordsWhereTheyHelp_data();
    void showsTheServersWordsWhereTheyHelp();
    void doesNotFollowRedirections();
    void refusesAnAnswerBeyondItsSize();
    void cancelsARequestUnderWay();
    void cancelsAPauseBetweenAttempts();
    void touchesNoOwnerThatHasDied();
    void outlivesItsClientAndTransport();

private:
    [[nodiscard]] Client client(ClientOptions options = {}) const;
    [[nodiscard]] static ClientOptions quick();

    std::unique_ptr<FakeServer> m_server;
};

void TestClientFaults::init()
{
    m_server = std::make_unique<FakeServer>();
}

ClientOptions TestClientFaults::quick()
{
    ClientOptions options;
    options.idleTime = 300ms;
    options.requestTime = 5s;
    options.retry.firstPause = 10ms;
    options.retry.longestPause = 20ms;
    return options;
}

Client TestClientFaults::client(ClientOptions options) const
{
    return Client(m_server->url(), "secret", std::make_shared<NetworkTransport>(), options);
}

void TestClientFaults::repeatsAGetAfterALostConnection_data()
{
    QTest::addColumn<int>("behaviour");
    QTest::newRow("before the answer") << int(Behaviour::CutBeforeAnswer);
    QTest::newRow("within the answer") << int(Behaviour::CutInAnswer);
    QTest::newRow("no answer") << int(Behaviour::Stall);
}

void TestClientFaults::repeatsAGetAfterALostConnection()
{
    QFETCH(int, behaviour);
    m_server->expect("GET /api/v1/statuses/1",
                     { FakeReply::bad(Behaviour(behaviour)), FakeReply::bad(Behaviour(behaviour)),
                       FakeReply::bad(Behaviour(behaviour)), FakeReply::json(kStatus) });
    const Result<model::Status> status = await(client(quick()).statuses().show(kOne));
    QVERIFY2(status, qPrintable(status ? QString() : describe(status.error())));
}

void TestClientFaults::repeatsAPostAfterALostConnectionOnlyWithItsKey()
{
    m_server->expect("POST /api/v1/statuses", { FakeReply::bad(Behaviour::CutBeforeAnswer), FakeReply::json(kStatus) });
    NewStatus status;
    status.text = QStringLiteral("once");
    QVERIFY(await(client(quick()).statuses().create(status)));
    const auto key = [this](int index) { return m_server->requests().at(index).header("idempotency-key"); };
    QVERIFY(!key(0).isEmpty());
    QCOMPARE(key(1), key(0));

    m_server->expect("POST /oauth/token", FakeReply::bad(Behaviour::CutBeforeAnswer));
    const Result<model::Token> token = await(client(quick()).oauth().applicationToken({}, QStringLiteral("read")));
    QCOMPARE(token.error().fault, Fault::Unavailable);
    QCOMPARE(m_server->count("POST /oauth/token"), 1);
}

void TestClientFaults::repeatsAPostThatNeverLeft()
{
    const QUrl nobody = m_server->url();
    m_server.reset();
    ClientOptions options = quick();
    options.retry.attempts = 3;
    options.retry.firstPause = 100ms;
    options.retry.longestPause = 100ms;
    const Client api(nobody, {}, std::make_shared<NetworkTransport>(), options);
    QElapsedTimer clock;
    clock.start();
    const Result<model::Token> token = await(api.oauth().localSession(QStringLiteral("s")));
    QCOMPARE(token.error().fault, Fault::Unavailable);
    QCOMPARE(token.error().safe, QStringLiteral("The server at 127.0.0.1 does not answer."));
    QVERIFY(clock.elapsed() >= 100); // two pauses of at least 50 ms
}

void TestClientFaults::waitsAsLongAsTheServerAsks()
{
    m_server->expect("GET /api/v1/statuses/1",
                     { FakeReply::json("{}", 429).with("Retry-After", "1"), FakeReply::json(kStatus) });
    QElapsedTimer clock;
    clock.start();
    QVERIFY(await(client(quick()).statuses().show(kOne)));
    QVERIFY(clock.elapsed() >= 950);
}

void TestClientFaults::doesNotWaitLongerThanItMay()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::json("{}", 429).with("Retry-After", "300"));
    const Result<model::Status> status = await(client(quick()).statuses().show(kOne));
    QCOMPARE(status.error().fault, Fault::RateLimited);
    QVERIFY2(status.error().safe.contains(QStringLiteral("in 5 minutes")), qPrintable(status.error().safe));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestClientFaults::triesAgainAfterATemporaryProblem()
{
    m_server->expect("GET /api/v1/statuses/1",
                     { FakeReply::json("{}", 503), FakeReply::html("<html>", 502), FakeReply::json(kStatus) });
    QVERIFY(await(client(quick()).statuses().show(kOne)));
    QCOMPARE(m_server->requests().size(), 3);
}

void TestClientFaults::givesUpAfterItsAttempts()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::json("{}", 503));
    const Result<model::Status> status = await(client(quick()).statuses().show(kOne));
    QCOMPARE(status.error().fault, Fault::Unavailable);
    QCOMPARE(m_server->requests().size(), 4);
}

void TestClientFaults::endsStalledRequestsByTheirIdleTime()
{
    m_server->expect("POST /oauth/token", FakeReply::bad(Behaviour::Stall));
    QElapsedTimer clock;
    clock.start();
    const Result<model::Token> token = await(client(quick()).oauth().applicationToken({}, QStringLiteral("read")));
    QCOMPARE(token.error().fault, Fault::Timeout);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

void TestClientFaults::endsSlowRequestsByTheirDeadline()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::bad(Behaviour::Stall));
    ClientOptions options = quick();
    options.idleTime = 10s;
    options.requestTime = 300ms;
    const Result<model::Status> status = await(client(options).statuses().show(kOne));
    QCOMPARE(status.error().fault, Fault::Timeout);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestClientFaults::readsLoginPagesAsSignedOut_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("redirection") << 0;
    QTest::newRow("page") << 1;
    QTest::newRow("401") << 2;
}

void TestClientFaults::readsLoginPagesAsSignedOut()
{
    QFETCH(int, kind);
    const QList<FakeReply> replies { FakeReply::redirect("https://pixelfed.example/login"),
                                     FakeReply::html("<html>Log in</html>"),
                                     FakeReply::json(R"({"error":"The access token is invalid"})", 401) };
    m_server->expect("GET /api/v1/statuses/1", replies.at(kind));
    const Result<model::Status> status = await(client(quick()).statuses().show(kOne));
    QCOMPARE(status.error().fault, Fault::Unauthorized);
    QCOMPARE(status.error().safe, QStringLiteral("You are signed out at 127.0.0.1. Sign in again."));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestClientFaults::showsTheServersWordsWhereTheyHelp_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("safe");
    QTest::newRow("validation") << 422 << QByteArray(R"({"error":"Validation failed: Text can't be blank"})")
                                << int(Fault::Unprocessable)
                                << QStringLiteral("Validation failed: Text can't be blank");
    QTest::newRow("too large") << 413 << QByteArray("<html>nginx</html>") << int(Fault::TooLarge)
                               << QStringLiteral("This is larger than 127.0.0.1 accepts.");
    QTest::newRow("forbidden") << 403 << QByteArray(R"({"error":"This action is not allowed"})")
                               << int(Fault::Forbidden) << QStringLiteral("This action is not allowed");
    QTest::newRow("Pixelfed's duplicate")
        << 400 << QByteArray(R"({"error":"Duplicate idempotency key."})") << int(Fault::Conflict)
        << QStringLiteral("127.0.0.1 has had this already. Look at your profile before you send it again.");
    QTest::newRow("oauth") << 400 << QByteArray(R"({"error":"invalid_grant","error_description":"The code is old."})")
                           << int(Fault::Invalid) << QStringLiteral("The code is old.");
    QTest::newRow("not the JSON expected")
        << 200 << QByteArray("[1,2]") << int(Fault::Internal) << QStringLiteral("The server's answer cannot be read.");
}

void TestClientFaults::showsTheServersWordsWhereTheyHelp()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, fault);
    QFETCH(QString, safe);
    m_server->expect("POST /api/v1/statuses", FakeReply::json(body, status));
    const Result<model::Status> created = await(client(quick()).statuses().create({}));
    QCOMPARE(int(created.error().fault), fault);
    QCOMPARE(created.error().safe, safe);
}

void TestClientFaults::doesNotFollowRedirections()
{
    FakeServer elsewhere;
    m_server->expect("GET /api/v1/statuses/1", FakeReply::redirect(elsewhere.url().toEncoded() + "/api/v1/statuses/1"));
    ClientOptions options = quick();
    options.retry.attempts = 1;
    const Result<model::Status> status = await(client(options).statuses().show(kOne));
    QCOMPARE(status.error().fault, Fault::Unavailable);
    QVERIFY(elsewhere.requests().isEmpty());
}

void TestClientFaults::refusesAnAnswerBeyondItsSize()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::json(QByteArray(9 << 20, ' ')));
    const Result<model::Status> status = await(client().statuses().show(kOne));
    QCOMPARE(status.error().fault, Fault::TooLarge);
}

void TestClientFaults::cancelsARequestUnderWay()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::bad(Behaviour::Stall));
    CancelSource source;
    QTimer::singleShot(100, this, [&source] { source.cancel(); });
    QElapsedTimer clock;
    clock.start();
    ClientOptions options = quick();
    options.idleTime = 10s;
    const Result<model::Status> status = await(client(options).statuses().show(kOne, source.token()));
    QCOMPARE(status.error().fault, Fault::Cancelled);
    QVERIFY(clock.elapsed() < 2000);
    QCOMPARE(await(client().statuses().show(kOne, source.token())).error().fault, Fault::Cancelled);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestClientFaults::cancelsAPauseBetweenAttempts()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::json("{}", 503).with("Retry-After", "4"));
    CancelSource source;
    QTimer::singleShot(200, this, [&source] { source.cancel(); });
    QElapsedTimer clock;
    clock.start();
    const Result<model::Status> status = await(client(quick()).statuses().show(kOne, source.token()));
    QCOMPARE(status.error().fault, Fault::Cancelled);
    QVERIFY(clock.elapsed() < 2000);
}

void TestClientFaults::touchesNoOwnerThatHasDied()
{
    m_server->expect("GET /api/v1/statuses/1", FakeReply::bad(Behaviour::Stall));
    int touched = 0;
    for (const int lifetime : { 0, 1, 5, 20, 50 }) {
        auto owner = std::make_unique<Owner>(client(quick()), &touched);
        owner->load();
        QTest::qWait(lifetime);
        owner.reset();
        QTest::qWait(50);
    }
    QCOMPARE(touched, 0);
}

void TestClientFaults::outlivesItsClientAndTransport()
{
    FakeReply late = FakeReply::json(kStatus);
    late.delay = 100ms;
    m_server->expect("GET /api/v1/statuses/1", late);
    QCoro::Task<Result<model::Status>> task = client(quick()).statuses().show(kOne);
    QTest::qWait(20);
    QVERIFY(await(std::move(task)));
}

QTEST_GUILESS_MAIN(TestClientFaults)
#include "tst_clientfaults.moc"
