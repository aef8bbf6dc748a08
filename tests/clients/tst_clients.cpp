// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that others wrote, against the real server: Debian's toot and Mastodon.py, npm's masto and megalodon. What
// each has asked for is recorded, and docs/compatibility.md must say the same.
#include "client.h"
#include "record.h"

#include <rig/authorization.h>
#include <rig/photo.h>
#include <rig/testserver.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTest>

using namespace graminsta;
using clients_test::Client;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

// What every client does, in the order of the page; and who cannot.
const char *const kSteps[] = {
    "log in",
    "home",
    "public",
    "tag",
    "account",
    "stream",
    "search",
    "notifications",
    "post a carousel with alt texts",
    "comment",
    "like",
    "ask to follow a locked account",
    "accept a follower",
    "edit",
    "delete",
    "block",
    "revoke the token",
};
const QStringList kTootLacks { QStringLiteral("accept a follower"), QStringLiteral("edit"), QStringLiteral("stream"),
                               QStringLiteral("revoke the token") };
constexpr int kClients = 4;

struct Person {
    QString id;
    QString username;
    QString password;
    QByteArray token;
};

bool mustRun()
{
    return !qEnvironmentVariableIsEmpty("CI");
}

const QRegularExpression &authorizeAddress()
{
    static const QRegularExpression address(QStringLiteral("http://\\S+/oauth/authorize\\S*(?=\\s)"));
    return address;
}

} // namespace

// Skips where the client is not installed, but fails in CI.
#define GI_NEEDS(condition, message)                                                                                   \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            if (mustRun())                                                                                             \
                QFAIL(message);                                                                                        \
            QSKIP(message);                                                                                            \
        }                                                                                                              \
    } while (false)

class tst_Clients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void tootSharesPhotos();
    void mastodonPySharesPhotos();
    void npmInstallsFromTheLock();
    void mastoJsSharesPhotos();
    void megalodonSharesPhotos();
    // Last: it needs what the others have recorded.
    void thePassportSaysWhatTheClientsDid();

private:
    // Somebody to be, and a locked account to meet, with one public post.
    struct Pair {
        Person person;
        Person friendly;
        QString post;
    };
    [[nodiscard]] Person signUp(const QString &username);
    [[nodiscard]] Pair signUpTwo(const char *username);
    // Runs a script of this folder; see session.mjs for what it is given and what it says.
    void runScript(const QString &program, const QString &script, const QString &folder, const char *name);
    [[nodiscard]] QByteArray codeFor(const QByteArray &address, const Person &person) const;
    Result<std::unique_ptr<Client>> startToot(const QStringList &arguments) const;
    // What is between two marks of the same name goes to the record.
    void mark(const char *name, const char *which) const;
    void record(const char *name, const QString &version, const QStringList &steps, const QStringList &lacks,
                const QString &without = {}) const;

    rig::TestServer m_server;
    QTemporaryDir m_home;
    QByteArray m_appToken;
    QStringList m_photos;
    QDir m_modules { QStringLiteral(GRAMINSTA_CLIENT_MODULES) };
    QDir m_records { QStringLiteral(GRAMINSTA_CLIENT_RECORDS) };
    bool m_npmIsReady = false;
};

void tst_Clients::initTestCase()
{
    const Result<> started = m_server.start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    rig::HttpClient http(m_server.url());
    const HttpReply app = http.post("/api/v1/apps",
                                    HttpBody::form({ { "client_name", "clients" },
                                                     { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                     { "scopes", "read write follow" } }));
    QVERIFY2(app.status == 200, app.summary());
    const HttpReply token = http.post("/oauth/token",
                                      HttpBody::form({ { "grant_type", "client_credentials" },
                                                       { "client_id", app.text("client_id").toUtf8() },
                                                       { "client_secret", app.text("client_secret").toUtf8() },
                                                       { "scope", "read write follow" } }));
    QVERIFY2(token.status == 200, token.summary());
    m_appToken = token.text("access_token").toUtf8();
    for (int number = 1; number <= 2; ++number) {
        QFile photo(m_home.filePath(QStringLiteral("photo%1.jpg").arg(number)));
        QVERIFY(photo.open(QIODevice::WriteOnly) && photo.write(rig::makePhoto(number)) > 0);
        m_photos.append(photo.fileName());
    }
    m_records.removeRecursively();
    QVERIFY(m_records.mkpath(QStringLiteral(".")));
}

void tst_Clients::cleanupTestCase()
{
    (void)m_server.stop();
}

Person tst_Clients::signUp(const QString &username)
{
    Person person { {}, username, QStringLiteral("correct horse battery"), {} };
    rig::HttpClient http(m_server.url(), m_appToken);
    const HttpReply token = http.post("/api/v1/accounts",
                                      HttpBody::json({ { "username", person.username },
                                                       { "email", person.username + QStringLiteral("@people.example") },
                                                       { "password", person.password },
                                                       { "agreement", true },
                                                       { "locale", QStringLiteral("en") } }));
    person.token = token.text("access_token").toUtf8();
    rig::HttpClient own(m_server.url(), person.token);
    person.id = own.get("/api/v1/accounts/verify_credentials").text("id");
    return person;
}

tst_Clients::Pair tst_Clients::signUpTwo(const char *username)
{
    Pair two { signUp(QLatin1String(username)), signUp(QLatin1String(username) + QStringLiteral("_friend")), {} };
    rig::HttpClient http(m_server.url(), two.friendly.token);
    const HttpReply locked =
        http.patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "locked", "true" } }));
    two.post =
        http.post("/api/v1/statuses", HttpBody::form({ { "status", "hello from a friend #friends" } })).text("id");
    if (locked.status != 200 || two.post.isEmpty())
        QTest::qFail("nobody to meet", __FILE__, __LINE__);
    return two;
}

QByteArray tst_Clients::codeFor(const QByteArray &address, const Person &person) const
{
    rig::HttpClient browser(m_server.url());
    return rig::shownCode(rig::visitAuthorizePage(browser, address, { person.username, person.password, {} })).toUtf8();
}

void tst_Clients::mark(const char *name, const char *which) const
{
    rig::HttpClient http(m_server.url());
    (void)http.get(QByteArray("/records/") + name + '/' + which);
}

void tst_Clients::record(const char *name, const QString &version, const QStringList &steps, const QStringList &lacks,
                         const QString &without) const
{
    QStringList expected;
    QJsonObject outcomes;
    for (const char *step : kSteps) {
        if (!lacks.contains(QLatin1String(step)))
            expected.append(QLatin1String(step));
    }
    QStringList done = steps;
    done.sort();
    QStringList wanted = expected;
    wanted.sort();
    QCOMPARE(done, wanted);
    QJsonArray inOrder;
    for (const char *step : kSteps) {
        const bool did = expected.contains(QLatin1String(step));
        inOrder.append(QJsonArray { QLatin1String(step), did ? QStringLiteral("yes") : QStringLiteral("it cannot") });
    }
    const QString begin = QStringLiteral("/records/%1/begin").arg(QLatin1String(name));
    const QString end = QStringLiteral("/records/%1/end").arg(QLatin1String(name));
    QTRY_VERIFY(m_server.log().contains(end.toUtf8()));
    const QJsonObject all { { QStringLiteral("client"), QLatin1String(name) },
                            { QStringLiteral("version"), version },
                            { QStringLiteral("steps"), inOrder },
                            { QStringLiteral("calls"),
                              clients_test::callsBetween(m_server.log(), begin, end, without) } };
    QFile file(m_records.filePath(QLatin1String(name) + QStringLiteral(".json")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(all).toJson()) > 0);
}

void tst_Clients::runScript(const QString &program, const QString &script, const QString &folder, const char *name)
{
    const QByteArray username = QByteArray(name).toLower().replace('.', "");
    const Pair two = signUpTwo(username.constData());
    mark(name, "begin");
    Client client(program,
                  { script, m_server.url().toString(), m_photos[0], m_photos[1], two.friendly.username,
                    QString::fromUtf8(two.friendly.token) },
                  m_home.path(), folder);
    const QByteArray asked = client.waitFor(authorizeAddress());
    QVERIFY2(!asked.isEmpty(), client.output());
    const QByteArray code = codeFor(asked, two.person);
    QVERIFY2(!code.isEmpty(), asked);
    client.write(code);
    const bool succeeded = client.finish();
    mark(name, "end");
    QVERIFY2(succeeded && client.output().contains("done"), client.output() + m_server.log().right(3000));
    record(name, client.said("version: ").value(0), client.said("step: "), {});
}

void tst_Clients::mastodonPySharesPhotos()
{
    // Debian's own Python has Debian's modules; another one may come before it in the path.
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"), { QStringLiteral("/usr/bin") });
    GI_NEEDS(!python.isEmpty()
                 && QProcess::execute(python, { QStringLiteral("-c"), QStringLiteral("import mastodon") }) == 0,
             "Mastodon.py is not installed: apt install python3-mastodon");
    runScript(python, QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/mastodonpy.py"), {}, "Mastodon.py");
}

void tst_Clients::npmInstallsFromTheLock()
{
    const QString npm = QStandardPaths::findExecutable(QStringLiteral("npm"));
    GI_NEEDS(!QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty() && !npm.isEmpty(),
             "node and npm are not installed: apt install nodejs npm");
    // Imports are resolved from where the script is, so it runs beside its modules.
    QVERIFY(m_modules.mkpath(QStringLiteral(".")));
    for (const char *name : { "package.json", "package-lock.json", "mastojs.mjs", "megalodon.mjs", "session.mjs" }) {
        const QString target = m_modules.filePath(QLatin1String(name));
        QFile::remove(target);
        QVERIFY(QFile::copy(QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/") + QLatin1String(name), target));
    }
    const QFileInfo installed(m_modules.filePath(QStringLiteral("node_modules/.package-lock.json")));
    const QFileInfo wanted(QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/package-lock.json"));
    if (!installed.exists() || installed.lastModified() < wanted.lastModified()) {
        QProcess install;
        install.setWorkingDirectory(m_modules.path());
        install.setProcessChannelMode(QProcess::MergedChannels);
        install.start(npm,
                      { QStringLiteral("ci"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
                        QStringLiteral("--ignore-scripts") });
        const bool done = install.waitForFinished(120'000) && install.exitCode() == 0;
        GI_NEEDS(done, (QByteArray("npm ci failed: ") + install.readAll().right(600)).constData());
    }
    m_npmIsReady = true;
}

void tst_Clients::mastoJsSharesPhotos()
{
    GI_NEEDS(m_npmIsReady, "masto is not installed");
    runScript(QStringLiteral("node"), m_modules.filePath(QStringLiteral("mastojs.mjs")), m_modules.path(), "masto.js");
}

void tst_Clients::megalodonSharesPhotos()
{
    GI_NEEDS(m_npmIsReady, "megalodon is not installed");
    runScript(QStringLiteral("node"), m_modules.filePath(QStringLiteral("megalodon.mjs")), m_modules.path(),
              "megalodon");
}

Result<std::unique_ptr<Client>> tst_Clients::startToot(const QStringList &arguments) const
{
    auto client = std::make_unique<Client>(QStringLiteral("toot"),
                                           arguments + QStringList { QStringLiteral("--no-color") }, m_home.path());
    if (client->finish())
        return client;
    return makeError(Fault::Internal, QString::fromUtf8(client->output()));
}

void tst_Clients::tootSharesPhotos()
{
    GI_NEEDS(!QStandardPaths::findExecutable(QStringLiteral("toot")).isEmpty(),
             "toot is not installed: apt install toot");
    const Pair two = signUpTwo("tooter");
    rig::HttpClient http(m_server.url(), two.friendly.token);
    QStringList steps;
    // `step` is empty for what is not a step of its own.
    const auto run = [&](const char *step, const QStringList &arguments, const char *expected) {
        const Result<std::unique_ptr<Client>> client = startToot(arguments);
        const QByteArray output = client ? (*client)->output() : client.error().safe.toUtf8();
        QVERIFY2(client && output.contains(expected),
                 "toot " + arguments.join(QLatin1Char(' ')).toUtf8() + ": " + output);
        if (*step)
            steps.append(QLatin1String(step));
    };
    const auto lines = [](const char *text) { return QString::fromUtf8(text).split(QLatin1Char('|')); };
    const QString friendly = two.friendly.username;
    mark("toot", "begin");
    Client login(QStringLiteral("toot"), lines("login|--disable-https|-i") << m_server.url().authority(),
                 m_home.path());
    const QByteArray asked = login.waitFor(authorizeAddress());
    QVERIFY2(!asked.isEmpty(), login.output());
    login.write("n");
    login.write(codeFor(asked, two.person));
    QVERIFY2(login.finish(), login.output());
    run("log in", lines("whoami"), "tooter");
    run("post a carousel with alt texts",
        lines("post|By toot #film|--description|A falcon on a branch|--description|The same falcon, gone")
            << QStringLiteral("--media") << m_photos[0] << QStringLiteral("--media") << m_photos[1],
        "Toot posted: http");
    run("home", lines("timeline|-1"), "By toot");
    run("public", lines("timeline|-1|--public"), "By toot");
    run("tag", lines("timeline|-1|--tag|film"), "By toot");
    run("account", { QStringLiteral("whois"), friendly }, "tooter_friend");
    run("search", { QStringLiteral("search"), friendly }, "tooter_friend");

    run("ask to follow a locked account", { QStringLiteral("follow"), friendly }, "You are now following");
    const QByteArray person = two.person.id.toUtf8();
    QCOMPARE(http.get("/api/v1/follow_requests").ids(), QStringList { two.person.id });
    QCOMPARE(http.post("/api/v1/follow_requests/" + person + "/authorize").status, 200);
    run("", lines("timeline|-1"), "hello from a friend");
    run("", { QStringLiteral("followers"), friendly }, "tooter");
    run("", lines("following|tooter"), "tooter_friend");
    run("like", { QStringLiteral("favourite"), two.post }, "favourited");
    run("comment", lines("post|very nice|--reply-to") << two.post, "Toot posted: http");
    run("", { QStringLiteral("thread"), two.post }, "very nice");
    run("", { QStringLiteral("bookmark"), two.post }, "bookmarked");
    run("", lines("bookmarks|-1"), "hello from a friend");
    run("", { QStringLiteral("reblog"), two.post }, "reblogged");
    run("", { QStringLiteral("reblogged_by"), two.post }, "tooter");
    run("", { QStringLiteral("unreblog"), two.post }, "unreblogged");
    run("", lines("tags_follow|sea"), "You are now following #sea");
    run("", lines("tags_followed"), "sea");
    const QJsonObject liked = http.get("/api/v1/statuses/" + two.post.toUtf8()).object();
    QCOMPARE(liked[QLatin1String("favourites_count")].toInt(), 1);
    QCOMPARE(liked[QLatin1String("replies_count")].toInt(), 1);

    const QJsonValue own = http.get("/api/v1/accounts/" + person + "/statuses?only_media=true").array().at(0);
    const QJsonValue photos = own[QLatin1String("media_attachments")];
    QCOMPARE(photos[0][QLatin1String("description")].toString(), QStringLiteral("A falcon on a branch"));
    QCOMPARE(photos[1][QLatin1String("description")].toString(), QStringLiteral("The same falcon, gone"));
    const QString id = own[QLatin1String("id")].toString();
    QCOMPARE(http.post("/api/v1/statuses/" + id.toUtf8() + "/favourite").status, 200);
    run("notifications", lines("notifications"), "favourited your status");
    run("delete", { QStringLiteral("delete"), id }, "deleted");
    QCOMPARE(http.get("/api/v1/statuses/" + id.toUtf8()).status, 404);
    run("block", { QStringLiteral("block"), friendly }, "You are now blocking");
    mark("toot", "end");
    Client version(QStringLiteral("toot"), lines("env"), m_home.path());
    QVERIFY(version.finish());
    record("toot", version.said("toot ").value(0), steps, kTootLacks, two.friendly.id);
}

void tst_Clients::thePassportSaysWhatTheClientsDid()
{
    if (m_records.entryList(QDir::Files).size() < kClients)
        QSKIP("not every client has run");
    QStringList arguments { QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/passport.py"), m_records.path(),
                            QStringLiteral(GRAMINSTA_PASSPORT_PAGE) };
    if (qEnvironmentVariable("GRAMINSTA_PASSPORT") == QStringLiteral("write"))
        arguments.append(QStringLiteral("--write"));
    QProcess script;
    script.setProcessChannelMode(QProcess::MergedChannels);
    script.start(QStringLiteral("python3"), arguments);
    QVERIFY(script.waitForFinished());
    QVERIFY2(script.exitStatus() == QProcess::NormalExit && script.exitCode() == 0, script.readAll());
}

QTEST_GUILESS_MAIN(tst_Clients)
#include "tst_clients.moc"
