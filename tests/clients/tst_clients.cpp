// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that others wrote, against the real server: Debian's toot and Mastodon.py, npm's masto.
#include <rig/authorization.h>
#include <rig/photo.h>
#include <rig/testserver.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

constexpr int kPatienceMs = 60'000;

struct Person {
    QString id;
    QString username;
    QString password;
    QByteArray token;
};

// A program that is under way; what it writes goes to one stream.
class Client
{
public:
    Client(const QString &program, const QStringList &arguments, const QString &home, const QString &folder = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), home);
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
        environment.insert(QStringLiteral("PYTHONUNBUFFERED"), QStringLiteral("1"));
        environment.insert(QStringLiteral("PYTHONIOENCODING"), QStringLiteral("utf-8"));
        // Whatever proxy this machine has, the server is not behind it.
        environment.insert(QStringLiteral("NO_PROXY"), QStringLiteral("127.0.0.1"));
        environment.insert(QStringLiteral("no_proxy"), QStringLiteral("127.0.0.1"));
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        if (!folder.isEmpty())
            m_process.setWorkingDirectory(folder);
        m_process.start(program, arguments);
    }

    // The first match in what it writes from now on; empty if it ends or takes too long.
    QByteArray waitFor(const QRegularExpression &expected)
    {
        while (true) {
            const QRegularExpressionMatch match = expected.match(QString::fromUtf8(m_output));
            if (match.hasMatch())
                return match.captured().toUtf8();
            if (!m_process.waitForReadyRead(kPatienceMs))
                return {};
            m_output += m_process.readAll();
        }
    }
    void write(const QByteArray &line) { m_process.write(line + '\n'); }
    // Whether it ended with exit code 0.
    bool finish()
    {
        m_process.closeWriteChannel();
        const bool ended = m_process.waitForFinished(kPatienceMs);
        m_output += m_process.readAll();
        if (!ended) {
            m_process.kill();
            m_process.waitForFinished();
        }
        return ended && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    }
    [[nodiscard]] const QByteArray &output() const { return m_output; }

private:
    QProcess m_process;
    QByteArray m_output;
};

bool mustRun()
{
    return !qEnvironmentVariableIsEmpty("CI");
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
    void tootSharesAPhoto();
    void mastodonPySharesAPhoto();
    void mastoJsSharesAPhoto();

private:
    [[nodiscard]] Person signUp(const char *username);
    // Runs a script that speaks the protocol of the two in this folder: prints an address, reads a code.
    void runScript(const QString &program, const QString &script, const QString &folder, const char *username);
    [[nodiscard]] QByteArray codeFor(const QByteArray &address, const Person &person) const;
    Result<std::unique_ptr<Client>> startToot(const QStringList &arguments) const;

    rig::TestServer m_server;
    QTemporaryDir m_home;
    QByteArray m_appToken;
    QString m_photo;
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
    QFile photo(m_home.filePath(QStringLiteral("photo.jpg")));
    QVERIFY(photo.open(QIODevice::WriteOnly) && photo.write(rig::makePhoto(1)) > 0);
    m_photo = photo.fileName();
}

void tst_Clients::cleanupTestCase()
{
    (void)m_server.stop();
}

Person tst_Clients::signUp(const char *username)
{
    Person person { {}, QLatin1String(username), QStringLiteral("correct horse battery"), {} };
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

QByteArray tst_Clients::codeFor(const QByteArray &address, const Person &person) const
{
    rig::HttpClient browser(m_server.url());
    return rig::shownCode(rig::visitAuthorizePage(browser, address, { person.username, person.password, {} })).toUtf8();
}

void tst_Clients::runScript(const QString &program, const QString &script, const QString &folder, const char *username)
{
    const Person person = signUp(username);
    const Person stranger = signUp((QByteArray(username) + "_friend").constData());
    rig::HttpClient http(m_server.url(), stranger.token);
    QCOMPARE(http.post("/api/v1/statuses", HttpBody::form({ { "status", "hello" } })).status, 200);
    Client client(program, { script, m_server.url().toString(), m_photo, stranger.username }, m_home.path(), folder);
    static const QRegularExpression address(QStringLiteral("http://\\S+/oauth/authorize\\S*(?=\\s)"));
    const QByteArray asked = client.waitFor(address);
    QVERIFY2(!asked.isEmpty(), client.output());
    const QByteArray code = codeFor(asked, person);
    QVERIFY2(!code.isEmpty(), asked);
    client.write(code);
    const bool succeeded = client.finish();
    QVERIFY2(succeeded && client.output().contains("done"), client.output() + m_server.log().right(3000));
    const QJsonArray told = http.get("/api/v1/notifications").array();
    QStringList types;
    for (const QJsonValue &one : told)
        types.append(one[QLatin1String("type")].toString());
    types.sort();
    QCOMPARE(types, QStringList({ QStringLiteral("favourite"), QStringLiteral("follow"), QStringLiteral("mention") }));
}

void tst_Clients::mastodonPySharesAPhoto()
{
    // Debian's own Python has Debian's modules; another one may come before it in the path.
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"), { QStringLiteral("/usr/bin") });
    GI_NEEDS(!python.isEmpty()
                 && QProcess::execute(python, { QStringLiteral("-c"), QStringLiteral("import mastodon") }) == 0,
             "Mastodon.py is not installed: apt install python3-mastodon");
    runScript(python, QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/mastodonpy.py"), {}, "pythonista");
}

void tst_Clients::mastoJsSharesAPhoto()
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    const QString npm = QStandardPaths::findExecutable(QStringLiteral("npm"));
    GI_NEEDS(!node.isEmpty() && !npm.isEmpty(), "node and npm are not installed: apt install nodejs npm");

    // Imports are resolved from where the script is, so it runs beside its modules.
    const QDir folder(QStringLiteral(GRAMINSTA_CLIENT_MODULES));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    for (const char *name : { "package.json", "package-lock.json", "mastojs.mjs" }) {
        const QString target = folder.filePath(QLatin1String(name));
        QFile::remove(target);
        QVERIFY(QFile::copy(QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/") + QLatin1String(name), target));
    }
    const QFileInfo installed(folder.filePath(QStringLiteral("node_modules/.package-lock.json")));
    const QFileInfo wanted(QStringLiteral(GRAMINSTA_CLIENT_SCRIPTS "/package-lock.json"));
    if (!installed.exists() || installed.lastModified() < wanted.lastModified()) {
        QProcess install;
        install.setWorkingDirectory(folder.path());
        install.setProcessChannelMode(QProcess::MergedChannels);
        install.start(npm,
                      { QStringLiteral("ci"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
                        QStringLiteral("--ignore-scripts") });
        const bool done = install.waitForFinished(120'000) && install.exitCode() == 0;
        GI_NEEDS(done, (QByteArray("npm ci failed: ") + install.readAll().right(600)).constData());
    }
    runScript(node, folder.filePath(QStringLiteral("mastojs.mjs")), folder.path(), "javascripter");
}

Result<std::unique_ptr<Client>> tst_Clients::startToot(const QStringList &arguments) const
{
    auto client = std::make_unique<Client>(QStringLiteral("toot"),
                                           arguments + QStringList { QStringLiteral("--no-color") }, m_home.path());
    if (client->finish())
        return client;
    return makeError(Fault::Internal, QString::fromUtf8(client->output()));
}

void tst_Clients::tootSharesAPhoto()
{
    GI_NEEDS(!QStandardPaths::findExecutable(QStringLiteral("toot")).isEmpty(),
             "toot is not installed: apt install toot");
    const Person person = signUp("tooter");
    const Person other = signUp("tooters_friend");
    rig::HttpClient http(m_server.url(), other.token);
    const QString post =
        http.post("/api/v1/statuses", HttpBody::form({ { "status", "hello from a friend" } })).text("id");

    Client login(QStringLiteral("toot"),
                 { QStringLiteral("login"), QStringLiteral("--disable-https"), QStringLiteral("-i"),
                   m_server.url().authority() },
                 m_home.path());
    static const QRegularExpression address(QStringLiteral("http://\\S+/oauth/authorize\\S*(?=\\s)"));
    const QByteArray asked = login.waitFor(address);
    QVERIFY2(!asked.isEmpty(), login.output());
    login.write("n");
    login.write(codeFor(asked, person));
    QVERIFY2(login.finish(), login.output());

    const auto run = [&](const QStringList &arguments, const char *expected) {
        const Result<std::unique_ptr<Client>> client = startToot(arguments);
        const QByteArray output = client ? (*client)->output() : client.error().safe.toUtf8();
        QVERIFY2(client && output.contains(expected),
                 "toot " + arguments.join(QLatin1Char(' ')).toUtf8() + ": " + output);
    };
    run({ QStringLiteral("whoami") }, "tooter");
    run({ QStringLiteral("post"), QStringLiteral("By toot"), QStringLiteral("--media"), m_photo,
          QStringLiteral("--description"), QStringLiteral("A falcon on a branch") },
        "Toot posted: http");
    run({ QStringLiteral("follow"), QStringLiteral("tooters_friend") }, "You are now following");
    run({ QStringLiteral("favourite"), post }, "favourited");
    run({ QStringLiteral("timeline"), QStringLiteral("-1") }, "By toot");
    run({ QStringLiteral("timeline"), QStringLiteral("-1") }, "hello from a friend");
    run({ QStringLiteral("thread"), post }, "hello from a friend");
    run({ QStringLiteral("whois"), QStringLiteral("tooters_friend") }, "tooters_friend");
    run({ QStringLiteral("followers"), QStringLiteral("tooters_friend") }, "tooter");

    const QJsonValue photo = http.get("/api/v1/accounts/" + person.id.toUtf8() + "/statuses").array().at(0);
    QCOMPARE(photo[QLatin1String("media_attachments")][0][QLatin1String("description")].toString(),
             QStringLiteral("A falcon on a branch"));
    const HttpReply liked = http.get("/api/v1/statuses/" + post.toUtf8());
    QCOMPARE(liked.object()[QLatin1String("favourites_count")].toInt(), 1);
}

QTEST_GUILESS_MAIN(tst_Clients)
#include "tst_clients.moc"
