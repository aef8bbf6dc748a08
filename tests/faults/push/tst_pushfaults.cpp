// SPDX-License-Identifier: GPL-3.0-or-later
// The server is killed (SIGKILL) between a notification and its push: whoever runs next pushes it, on each database.
#include <rig/httpclient.h>
#include <rig/postgresserver.h>
#include <rig/pushreceiver.h>
#include <rig/testserver.h>

#include <QTest>

#include <memory>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

struct Person {
    QString id;
    QString username;
    QByteArray token;
};

// Beyond the longest that a claim of the killed process holds a job.
constexpr int kUntilClaimsEnd = 90'000;

} // namespace

class tst_PushFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pushesAfterAKillWhatWaitedForAnotherAttempt_data() { addDatabases(); }
    void pushesAfterAKillWhatWaitedForAnotherAttempt();
    void pushesAfterAKillWhatWasJustAcknowledged_data() { addDatabases(); }
    void pushesAfterAKillWhatWasJustAcknowledged();

private:
    static void addDatabases()
    {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    // False if there is no such database here.
    [[nodiscard]] bool start();
    [[nodiscard]] rig::HttpClient as(const Person &person) const
    {
        return rig::HttpClient(m_server->url(), person.token);
    }
    [[nodiscard]] Person signUp(const QByteArray &appToken, const QString &name) const;
    void like(const Person &who) const;
    [[nodiscard]] QString nextTitle(int ms = 10'000);
    void killAndStart() const;

    bool m_isPostgres = false;
    std::unique_ptr<rig::PostgresServer> m_postgres;
    std::unique_ptr<rig::TestServer> m_server;
    std::unique_ptr<rig::PushReceiver> m_service;
    Person m_ann;
    Person m_ben;
    Person m_cat;
    QString m_post; // of ann's, who has subscribed
};

Person tst_PushFaults::signUp(const QByteArray &appToken, const QString &name) const
{
    rig::HttpClient http(m_server->url(), appToken);
    const HttpReply token = http.post("/api/v1/accounts",
                                      HttpBody::json({ { "username", name },
                                                       { "email", name + QStringLiteral("@people.example") },
                                                       { "password", QStringLiteral("correct horse battery") },
                                                       { "agreement", true },
                                                       { "locale", QStringLiteral("en") } }));
    Person person { {}, name, token.text("access_token").toUtf8() };
    person.id = as(person).get("/api/v1/accounts/verify_credentials").text("id");
    return person;
}

bool tst_PushFaults::start()
{
    m_server.reset();
    m_postgres.reset();
    rig::TestServerOptions options;
    if (m_isPostgres) {
        Result<std::unique_ptr<rig::PostgresServer>> started = rig::PostgresServer::start();
        if (!started)
            return false;
        m_postgres = std::move(*started);
        const Result<QString> database = m_postgres->createDatabase();
        if (!database)
            return false;
        options.databaseUrl = *database;
    }
    m_server = std::make_unique<rig::TestServer>(options);
    if (const Result<> started = m_server->start(); !started)
        qFatal("%s", qPrintable(describe(started.error())));
    m_service = std::make_unique<rig::PushReceiver>();

    rig::HttpClient http(m_server->url());
    const HttpReply app = http.post("/api/v1/apps",
                                    HttpBody::form({ { "client_name", "push" },
                                                     { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                     { "scopes", "read write push" } }));
    const HttpReply appToken = http.post("/oauth/token",
                                         HttpBody::form({ { "grant_type", "client_credentials" },
                                                          { "client_id", app.text("client_id").toUtf8() },
                                                          { "client_secret", app.text("client_secret").toUtf8() },
                                                          { "scope", "read write push" } }));
    const QByteArray token = appToken.text("access_token").toUtf8();
    m_ann = signUp(token, QStringLiteral("ann"));
    m_ben = signUp(token, QStringLiteral("ben"));
    m_cat = signUp(token, QStringLiteral("cat"));
    rig::HttpClient ann = as(m_ann);
    m_post = ann.post("/api/v1/statuses", HttpBody::form({ { "status", "like me" } })).text("id");
    const HttpReply subscribed = ann.post("/api/v1/push/subscription",
                                          HttpBody::form({ { "subscription[endpoint]", m_service->endpoint("ann") },
                                                           { "subscription[keys][p256dh]", m_service->publicKey() },
                                                           { "subscription[keys][auth]", m_service->authSecret() },
                                                           { "subscription[standard]", "true" },
                                                           { "data[alerts][favourite]", "true" } }));
    if (subscribed.status != 200)
        qFatal("%s", subscribed.summary().constData());
    return true;
}

void tst_PushFaults::like(const Person &who) const
{
    const HttpReply liked = as(who).post("/api/v1/statuses/" + m_post.toUtf8() + "/favourite");
    QVERIFY2(liked.status == 200, liked.summary());
}

QString tst_PushFaults::nextTitle(int ms)
{
    const std::optional<rig::Pushed> pushed = m_service->next(ms);
    return pushed ? m_service->read(*pushed)[QLatin1String("title")].toString() : QStringLiteral("nothing came");
}

void tst_PushFaults::killAndStart() const
{
    m_server->kill();
    const Result<> started = m_server->start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
}

void tst_PushFaults::pushesAfterAKillWhatWaitedForAnotherAttempt()
{
    QFETCH(bool, postgres);
    m_isPostgres = postgres;
    if (!start())
        QSKIP("there is no such database here");
    m_service->answerWith("503 Service Unavailable\r\nRetry-After: 2\r\n");
    like(m_ben);
    QCOMPARE(nextTitle(), QStringLiteral("ben liked your post"));
    killAndStart();
    // Soon where the answer was kept, when the claim of the dead process ends where it was not.
    QCOMPARE(nextTitle(kUntilClaimsEnd), QStringLiteral("ben liked your post"));
    like(m_cat);
    QCOMPARE(nextTitle(), QStringLiteral("cat liked your post")); // and ben's no more
}

void tst_PushFaults::pushesAfterAKillWhatWasJustAcknowledged()
{
    QFETCH(bool, postgres);
    m_isPostgres = postgres;
    if (!start())
        QSKIP("there is no such database here");
    like(m_ben);
    killAndStart();
    QCOMPARE(nextTitle(kUntilClaimsEnd), QStringLiteral("ben liked your post"));
}

QTEST_GUILESS_MAIN(tst_PushFaults)

#include "tst_pushfaults.moc"
