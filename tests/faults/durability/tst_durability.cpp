// SPDX-License-Identifier: GPL-3.0-or-later
// The server is killed (SIGKILL) at random moments while many clients post, again and again on the same data. Whatever
// was acknowledged is there afterwards, whatever was not is there once at most, and the database is whole.
//
// Rounds: 8 times GRAMINSTA_FAULT_SCALE (1 by default; 25 makes the 200 of a full run), on each database.
#include "journal.h"

#include <rig/httpclient.h>
#include <rig/photo.h>
#include <rig/postgresserver.h>
#include <rig/testserver.h>

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

using namespace graminsta;
using durability::Acknowledged;
using durability::Journal;
using durability::Unanswered;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

constexpr int kClients = 8;
constexpr int kRoundsAtScaleOne = 8;
constexpr int kDoctorEvery = 8;
// So few that one is deleted while it comes again; `doctor` sees whether the files are those that are counted.
constexpr int kPhotos = 5;

struct Person {
    QString id;
    QByteArray token;
};

QByteArray statusPath(const QString &id, const char *rest = "")
{
    return "/api/v1/statuses/" + id.toUtf8() + rest;
}

// One client of one person: posts, likes and deletes until nobody answers any more.
class Poster
{
public:
    Poster(const QUrl &url, const Person &person, int author, std::atomic<int> &numbers, Journal &journal)
        : m_http(url, person.token)
        , m_author(author)
        , m_numbers(numbers)
        , m_journal(journal)
    {
    }

    void run()
    {
        QRandomGenerator random(QRandomGenerator::global()->generate());
        while (true) {
            const int dice = random.bounded(100);
            // Deleted ones have photos too.
            const QString id = post(dice < 20 || dice >= 95);
            if (id.isEmpty())
                return;
            if (dice >= 60 && dice < 80 && !favourite(id))
                return;
            if (dice >= 90 && !remove(id))
                return;
        }
    }

private:
    QString post(bool withPhoto)
    {
        const int number = ++m_numbers;
        const Unanswered request { QStringLiteral("post %1 #kept").arg(number), "key-" + QByteArray::number(number),
                                   m_author };
        rig::FormFields fields { { "status", request.text.toUtf8() } };
        if (withPhoto) {
            const HttpReply photo = m_http.post(
                "/api/v1/media",
                HttpBody::multipart({ { "file", rig::makePhoto(number % kPhotos), "a.jpg", "image/jpeg" } }));
            if (photo.status != 200)
                return {};
            fields.append({ QByteArray("media_ids[]"), photo.text("id").toUtf8() });
        }
        const HttpReply posted =
            m_http.post("/api/v1/statuses", HttpBody::form(fields), { { "Idempotency-Key", request.key } });
        if (posted.status != 200) {
            m_journal.unanswered(request);
            return {};
        }
        m_journal.posted(posted.text("id"), { request.text, m_author, withPhoto ? 1 : 0 });
        return posted.text("id");
    }
    bool favourite(const QString &id)
    {
        if (m_http.post(statusPath(id, "/favourite")).status != 200)
            return false;
        m_journal.favourited(id);
        return true;
    }
    bool remove(const QString &id)
    {
        m_journal.deleting(id);
        if (m_http.del(statusPath(id)).status != 200)
            return false;
        m_journal.deleted(id);
        return true;
    }

    rig::HttpClient m_http;
    int m_author;
    std::atomic<int> &m_numbers;
    Journal &m_journal;
};

} // namespace

class tst_Durability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItAcknowledged_data();
    void keepsWhatItAcknowledged();

private:
    void signUpAll();
    void postUntilKilled(bool databaseToo);
    void verify(const QHash<QString, Acknowledged> &expected);
    void verifyPhoto(rig::HttpClient &http, const QJsonObject &status);
    void repeatUnanswered();
    void askDoctor();

    std::unique_ptr<rig::PostgresServer> m_postgres;
    std::unique_ptr<rig::TestServer> m_server;
    std::unique_ptr<Journal> m_journal;
    std::vector<Person> m_people;
    std::atomic<int> m_numbers = 0;
};

void tst_Durability::signUpAll()
{
    rig::HttpClient http(m_server->url());
    const HttpReply app = http.post("/api/v1/apps",
                                    HttpBody::form({ { "client_name", "durability" },
                                                     { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                     { "scopes", "read write" } }));
    QVERIFY2(app.status == 200, app.summary());
    const HttpReply appToken = http.post("/oauth/token",
                                         HttpBody::form({ { "grant_type", "client_credentials" },
                                                          { "client_id", app.text("client_id").toUtf8() },
                                                          { "client_secret", app.text("client_secret").toUtf8() },
                                                          { "scope", "read write" } }));
    QVERIFY2(appToken.status == 200, appToken.summary());
    rig::HttpClient signUp(m_server->url(), appToken.text("access_token").toUtf8());
    m_people.clear();
    for (int i = 0; i < kClients; ++i) {
        const QString name = QStringLiteral("poster%1").arg(i);
        const HttpReply token = signUp.post("/api/v1/accounts",
                                            HttpBody::json({ { "username", name },
                                                             { "email", name + QStringLiteral("@people.example") },
                                                             { "password", QStringLiteral("correct horse battery") },
                                                             { "agreement", true },
                                                             { "locale", QStringLiteral("en") } }));
        QVERIFY2(token.status == 200, token.summary());
        Person person { {}, token.text("access_token").toUtf8() };
        rig::HttpClient own(m_server->url(), person.token);
        person.id = own.get("/api/v1/accounts/verify_credentials").text("id");
        m_people.push_back(person);
    }
}

void tst_Durability::postUntilKilled(bool databaseToo)
{
    std::vector<std::thread> clients;
    for (int i = 0; i < kClients; ++i) {
        clients.emplace_back(
            [this, i] { Poster(m_server->url(), m_people[size_t(i)], i, m_numbers, *m_journal).run(); });
    }
    QTest::qSleep(QRandomGenerator::global()->bounded(20, 400));
    if (databaseToo)
        m_postgres->kill();
    m_server->kill();
    for (std::thread &client : clients)
        client.join();
}

void tst_Durability::verifyPhoto(rig::HttpClient &http, const QJsonObject &status)
{
    const QJsonValue photo = status[QLatin1String("media_attachments")][0];
    for (const char *name : { "url", "preview_url" }) {
        const HttpReply file = http.get(photo[QLatin1String(name)].toString().toUtf8());
        QVERIFY2(file.status == 200 && file.body.startsWith("\xff\xd8") && file.body.endsWith("\xff\xd9"),
                 file.summary().left(200));
    }
}

void tst_Durability::verify(const QHash<QString, Acknowledged> &expected)
{
    std::vector<rig::HttpClient> clients;
    for (const Person &person : m_people)
        clients.emplace_back(m_server->url(), person.token);
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        rig::HttpClient &http = clients[size_t(it->author)];
        const HttpReply shown = http.get(statusPath(it.key()));
        const QByteArray what = it->text.toUtf8() + ": " + shown.summary();
        if (it->deleted) {
            QVERIFY2(shown.status == 404, what);
            continue;
        }
        QVERIFY2(shown.status == 200, what);
        const QJsonObject status = shown.object();
        QVERIFY2(status[QLatin1String("content")].toString().contains(it->text.section(QLatin1Char(' '), 0, 1)
                                                                      + QLatin1Char(' ')),
                 what);
        QVERIFY2(status[QLatin1String("media_attachments")].toArray().size() == it->media, what);
        if (it->favourited) {
            QVERIFY2(status[QLatin1String("favourited")].toBool(), what);
            QCOMPARE(status[QLatin1String("favourites_count")].toInt(), 1);
        }
        if (it->media > 0)
            verifyPhoto(http, status);
    }
}

void tst_Durability::repeatUnanswered()
{
    for (const Unanswered &request : m_journal->takeUnanswered()) {
        const Person &author = m_people[size_t(request.author)];
        rig::HttpClient http(m_server->url(), author.token);
        const HttpReply posted = http.post("/api/v1/statuses", HttpBody::form({ { "status", request.text.toUtf8() } }),
                                           { { "Idempotency-Key", request.key } });
        QVERIFY2(posted.status == 200, posted.summary());
        const int media = int(posted.object()[QLatin1String("media_attachments")].toArray().size());
        m_journal->posted(posted.text("id"), { request.text, request.author, media });
        // Once: whether it is the first attempt's or this one's.
        const HttpReply newest = http.get("/api/v1/accounts/" + author.id.toUtf8() + "/statuses?limit=40");
        QCOMPARE(newest.body.count(request.text.section(QLatin1Char(' '), 0, 1).toUtf8() + ' '), 1);
    }
}

void tst_Durability::askDoctor()
{
    const Result<QByteArray> report = m_server->run({ QStringLiteral("doctor") });
    QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
}

void tst_Durability::keepsWhatItAcknowledged_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

void tst_Durability::keepsWhatItAcknowledged()
{
    QFETCH(bool, postgres);
    m_server.reset();
    m_postgres.reset();
    QString databaseUrl;
    if (postgres) {
        Result<std::unique_ptr<rig::PostgresServer>> started =
            rig::PostgresServer::start(rig::PostgresServer::Disk::Durable);
        if (!started && qEnvironmentVariableIsEmpty("CI"))
            QSKIP(qPrintable(started.error().safe));
        QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
        m_postgres = std::move(*started);
        const Result<QString> database = m_postgres->createDatabase();
        QVERIFY2(database, database ? "" : qPrintable(describe(database.error())));
        databaseUrl = *database;
    }
    m_server = std::make_unique<rig::TestServer>(rig::TestServerOptions { databaseUrl });
    m_journal = std::make_unique<Journal>();
    const Result<> first = m_server->start();
    QVERIFY2(first, first ? "" : qPrintable(describe(first.error())));
    signUpAll();

    const double scale = qEnvironmentVariable("GRAMINSTA_FAULT_SCALE", QStringLiteral("1")).toDouble();
    const int rounds = std::max(1, int(kRoundsAtScaleOne * scale));
    QHash<QString, Acknowledged> before;
    qint64 slowestStartMs = 0;
    for (int round = 1; round <= rounds && !QTest::currentTestFailed(); ++round) {
        const bool databaseToo = postgres && round % 4 == 0;
        postUntilKilled(databaseToo);
        if (databaseToo) {
            const Result<> resumed = m_postgres->resume();
            QVERIFY2(resumed, resumed ? "" : qPrintable(describe(resumed.error())));
        }
        if (round % kDoctorEvery == 0)
            askDoctor();
        QElapsedTimer timer;
        timer.start();
        const Result<> restarted = m_server->start();
        slowestStartMs = std::max(slowestStartMs, timer.elapsed());
        QVERIFY2(restarted, restarted ? "" : qPrintable(describe(restarted.error())));
        // Those of this round now, all of them at the end.
        QHash<QString, Acknowledged> fresh = m_journal->certain();
        for (auto it = before.begin(); it != before.end(); ++it)
            fresh.remove(it.key());
        before = m_journal->certain();
        verify(fresh);
        repeatUnanswered();
    }
    verify(m_journal->certain());
    const Result<int> ended = m_server->stop();
    QVERIFY2(ended && *ended == 0, ended ? "exit code" : qPrintable(describe(ended.error())));
    askDoctor();
    qInfo("%d kills, %d statuses acknowledged, slowest start %d ms", rounds, int(m_journal->size()),
          int(slowestStartMs));
}

QTEST_GUILESS_MAIN(tst_Durability)
#include "tst_durability.moc"
