// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what: every endpoint, asked by everybody. What is right stands in rights.table, one line a request.
#include "suites.h"
#include "tus.h"

#include <rig/authorization.h>
#include <rig/routes.h>
#include <rig/streamclient.h>

#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <array>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

enum Viewer : std::size_t {
    Anonymous,
    Stranger,
    Follower,
    Blocked,
    Owner,
    Moderator,
    ReadOnly,
    Revoked,
    Admin, // has no column: asked where the table says that it differs from the moderator
    Viewers
};
constexpr std::size_t kColumns = Admin;

constexpr std::array<const char *, Viewers> kViewers { "nobody",    "a stranger",  "a follower", "a blocked",
                                                       "the owner", "a moderator", "read-only",  "with a revoked token",
                                                       "an admin" };

struct Row {
    int line = 0;
    std::array<int, Viewers> expected {};
    QByteArray endpoint;
    QString target;
    QString body;
};

const api::Endpoint *endpointNamed(const QByteArray &name)
{
    for (const api::Endpoint &endpoint : api::endpoints()) {
        if (name == endpoint.name)
            return &endpoint;
    }
    return nullptr;
}

// What is no row is a row without an endpoint.
QList<Row> readRows()
{
    QFile file(QStringLiteral(GRAMINSTA_RIGHTS_TABLE));
    QList<Row> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    static const QRegularExpression form(
        QStringLiteral("^((?:\\d{3}(?:/\\d{3})? +){8})([\\w.]+) +(\\S+)(?: +(\\S+))?\\s*$"));
    for (int line = 1; !file.atEnd(); ++line) {
        const QString text = QString::fromUtf8(file.readLine());
        if (text.startsWith(QLatin1Char('#')) || text.trimmed().isEmpty())
            continue;
        const QRegularExpressionMatch match = form.match(text);
        Row row { line, {}, match.captured(2).toUtf8(), match.captured(3), match.captured(4) };
        const QStringList expected = match.captured(1).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (std::size_t i = 0; i < kColumns && match.hasMatch(); ++i)
            row.expected.at(i) = expected[qsizetype(i)].left(3).toInt();
        if (match.hasMatch() && expected[qsizetype(Moderator)].size() > 3)
            row.expected.at(Admin) = expected[qsizetype(Moderator)].sliced(4).toInt();
        rows.append(row);
    }
    return rows;
}

} // namespace

class tst_Rights : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void everyEndpointHasARow();
    void everyRowIsOfItsEndpoint_data() { addRows(); }
    void everyRowIsOfItsEndpoint();
    void answersToEverybodyAsTheTableSays_data() { addRows(); }
    void answersToEverybodyAsTheTableSays();
    void keepsReadingToItsPeopleWhereTheOperatorSaysSo();

private:
    void addRows() const
    {
        QTest::addColumn<qsizetype>("index");
        for (qsizetype i = 0; i < m_rows.size(); ++i)
            QTest::addRow("%d %s", m_rows[i].line, m_rows[i].endpoint.constData()) << i;
    }
    [[nodiscard]] rig::HttpClient as(std::size_t viewer) const { return w.client().as(m_tokens.at(viewer)); }
    [[nodiscard]] QByteArray narrowToken(const QByteArray &scopes);
    void revoke(const QByteArray &token);
    // Everybody as the table has them, whatever the last request has done.
    void arrange();
    // The text with a new thing for each name in braces, percent-encoded for a form.
    [[nodiscard]] QString filled(const QString &text);
    [[nodiscard]] QString made(const QString &name);
    // The same again as long as it is there: an account has few of them.
    [[nodiscard]] QString madeArchive(const QString &kind);

    QList<Row> m_rows = readRows();
    std::array<Person, Viewers> m_people;
    std::array<QByteArray, Viewers> m_tokens;
    App m_app;
    Person m_asker;
    QString m_avatar;
    QString m_file;
    bool m_isDisturbed = true; // somebody may follow, block or mute somebody else than the table says
};

QByteArray tst_Rights::narrowToken(const QByteArray &scopes)
{
    const Person &owner = m_people[Owner];
    rig::HttpClient browser = w.client();
    const HttpBody query = HttpBody::form({ { "response_type", "code" },
                                            { "client_id", m_app.id },
                                            { "redirect_uri", kOutOfBand },
                                            { "scope", scopes } });
    const HttpReply page =
        rig::visitAuthorizePage(browser, "/oauth/authorize?" + query.bytes, { owner.username, owner.password, {} });
    const HttpReply token = browser.post("/oauth/token",
                                         HttpBody::form({ { "grant_type", "authorization_code" },
                                                          { "code", rig::shownCode(page).toUtf8() },
                                                          { "client_id", m_app.id },
                                                          { "client_secret", m_app.secret },
                                                          { "redirect_uri", kOutOfBand } }));
    return token.text("access_token").toUtf8();
}

void tst_Rights::revoke(const QByteArray &token)
{
    const HttpReply revoked = w.client().post(
        "/oauth/revoke",
        HttpBody::form({ { "client_id", m_app.id }, { "client_secret", m_app.secret }, { "token", token } }));
    GI_STATUS(revoked, 200);
}

void tst_Rights::initTestCase()
{
    m_app = w.registerApp();
    for (const Viewer viewer : { Stranger, Follower, Blocked, Owner, Moderator, Admin }) {
        m_people.at(viewer) = viewer == Moderator ? w.staff(QStringLiteral("moderator"))
            : viewer == Admin                     ? w.staff(QStringLiteral("admin"))
                                                  : w.person();
        m_tokens.at(viewer) = m_people.at(viewer).token;
    }
    m_asker = w.person();
    m_tokens[ReadOnly] = narrowToken("read");
    m_tokens[Revoked] = narrowToken(kAllScopes);
    revoke(m_tokens[Revoked]);

    rig::HttpClient owner = as(Owner);
    const HttpReply locked =
        owner.patch("/api/v1/accounts/update_credentials", HttpBody::form({ { "locked", "true" } }));
    GI_STATUS(locked, 200);
    m_avatar = QUrl(locked.text("avatar")).path();
    const QString photo = w.upload(owner);
    const QJsonObject post = w.post(owner, QStringLiteral("a photo"),
                                    { { QStringLiteral("media_ids"), QJsonArray { photo } },
                                      { QStringLiteral("visibility"), QStringLiteral("private") } });
    m_file = QUrl(post[QLatin1String("media_attachments")][0][QLatin1String("url")].toString())
                 .toString(QUrl::RemoveScheme | QUrl::RemoveAuthority);
}

void tst_Rights::everyEndpointHasARow()
{
    QSet<QByteArray> described;
    for (const Row &row : std::as_const(m_rows))
        described.insert(row.endpoint);
    QStringList missing;
    for (const api::Endpoint &endpoint : api::endpoints()) {
        if (!described.contains(endpoint.name))
            missing.append(QLatin1String(endpoint.name));
    }
    QVERIFY2(missing.isEmpty(),
             "tests/api/rights.table does not say who may use: " + missing.join(QStringLiteral(", ")).toUtf8());
}

void tst_Rights::everyRowIsOfItsEndpoint()
{
    QFETCH(qsizetype, index);
    const Row &row = m_rows.at(index);
    const api::Endpoint *endpoint = endpointNamed(row.endpoint);
    QVERIFY2(endpoint, "eight statuses, a name of an endpoint, a target and perhaps a body are wanted");
    QString target = row.target;
    target.replace(QStringLiteral("{avatar}"), m_avatar).replace(QStringLiteral("{file}"), m_file);
    QCOMPARE(rig::endpointFor(api::verbName(endpoint->verb), target), endpoint);
}

void tst_Rights::arrange()
{
    const QByteArray owner = "/api/v1/accounts/" + m_people[Owner].id.toUtf8();
    for (const Viewer viewer : { Stranger, Follower, Blocked, Moderator, Admin }) {
        rig::HttpClient http = as(viewer);
        for (const char *undo : { "/unblock", "/unmute", viewer == Follower ? "/follow" : "/unfollow" })
            GI_STATUS(http.post(owner + undo), 200);
    }
    rig::HttpClient http = as(Owner);
    (void)http.post("/api/v1/follow_requests/" + m_people[Follower].id.toUtf8() + "/authorize"); // 404 if he is one yet
    GI_STATUS(http.post("/api/v1/accounts/" + m_people[Blocked].id.toUtf8() + "/block"), 200);
}

QString tst_Rights::madeArchive(const QString &kind)
{
    rig::HttpClient owner = as(Owner);
    const QByteArray path = "/api/graminsta/v1/account/" + kind.toUtf8() + 's';
    QString id = owner.get(path).ids().value(0);
    if (id.isEmpty() && kind == QLatin1String("export")) {
        id = owner.post(path).text("id");
    } else if (id.isEmpty()) {
        const QString archive = madeArchive(QStringLiteral("export"));
        const QByteArray bytes = owner.get("/api/graminsta/v1/account/exports/" + archive.toUtf8() + "/file").body;
        id = owner
                 .post(path,
                       HttpBody::multipart({ { "dry_run", "true" }, { "file", bytes, "a.zip", "application/zip" } }))
                 .text("id");
    }
    (void)QTest::qWaitFor([&] { return owner.get(path + '/' + id.toUtf8()).text("state") != QLatin1String("working"); },
                          60'000);
    return id;
}

QString tst_Rights::made(const QString &name)
{
    rig::HttpClient owner = as(Owner);
    const auto posted = [&](const char *visibility) {
        return w.postId(owner, QStringLiteral("hello #sea"),
                        { { QStringLiteral("visibility"), QLatin1String(visibility) } });
    };
    if (name == QLatin1String("public") || name == QLatin1String("private") || name == QLatin1String("direct"))
        return posted(name.toUtf8().constData());
    if (name == QLatin1String("draft"))
        return w.upload(owner);
    if (name == QLatin1String("upload"))
        return QString::fromUtf8(begin(owner, 3)).section(QLatin1Char('/'), -1);
    if (name == QLatin1String("finished")) {
        const QByteArray photo = w.photo();
        return QString::fromUtf8(begin(owner, photo.size(), {}, bytes(photo))).section(QLatin1Char('/'), -1);
    }
    if (name == QLatin1String("notification")) {
        (void)w.client(m_asker).post("/api/v1/statuses/" + posted("public").toUtf8() + "/favourite");
        return owner.get("/api/v1/notifications?limit=1").ids().value(0);
    }
    if (name == QLatin1String("group"))
        return owner.get("/api/v1/notifications/" + made(QStringLiteral("notification")).toUtf8()).text("group_key");
    if (name == QLatin1String("asker")) {
        const QByteArray account = "/api/v1/accounts/" + m_people[Owner].id.toUtf8();
        for (const char *step : { "/unfollow", "/follow" })
            (void)w.client(m_asker).post(account + step);
        return m_asker.id;
    }
    if (name == QLatin1String("token"))
        return w.client()
            .post("/oauth/token",
                  HttpBody::form({ { "grant_type", "client_credentials" },
                                   { "client_id", m_app.id },
                                   { "client_secret", m_app.secret } }))
            .text("access_token");
    if (name == QLatin1String("user"))
        return w.person().id;
    if (name == QLatin1String("suspended")) {
        QString id = w.person().id;
        (void)as(Moderator).post("/api/v1/admin/accounts/" + id.toUtf8() + "/action",
                                 HttpBody::form({ { "type", "suspend" } }));
        return id;
    }
    if (name == QLatin1String("report"))
        return w.client(m_asker)
            .post("/api/v1/reports", HttpBody::form({ { "account_id", m_people[Owner].id.toUtf8() } }))
            .text("id");
    if (name == QLatin1String("invite"))
        return as(Moderator).post("/api/graminsta/v1/invites").text("id");
    if (name == QLatin1String("name"))
        return w.freshName();
    if (name == QLatin1String("featured"))
        return owner.post("/api/v1/featured_tags", HttpBody::form({ { "name", "sea" } })).text("id");
    if (name == QLatin1String("filter"))
        return owner
            .post("/api/v2/filters",
                  HttpBody::form(
                      { { "title", "a" }, { "context[]", "home" }, { "keywords_attributes[0][keyword]", "a" } }))
            .text("id");
    if (name == QLatin1String("keyword"))
        return owner.get("/api/v2/filters/" + made(QStringLiteral("filter")).toUtf8() + "/keywords").ids().value(0);
    if (name == QLatin1String("filteredStatus"))
        return owner
            .post("/api/v2/filters/" + made(QStringLiteral("filter")).toUtf8() + "/statuses",
                  HttpBody::form({ { "status_id", posted("public").toUtf8() } }))
            .text("id");
    if (name == QLatin1String("export") || name == QLatin1String("import"))
        return madeArchive(name);
    if (name == QLatin1String("photo"))
        return w.postId(owner, QStringLiteral("a photo"),
                        { { QStringLiteral("media_ids"), QJsonArray { w.upload(owner) } },
                          { QStringLiteral("visibility"), QStringLiteral("public") } });
    const QHash<QString, QByteArray> collections { { QStringLiteral("collection"), "public" },
                                                   { QStringLiteral("privateCollection"), "private" },
                                                   { QStringLiteral("draftCollection"), "draft" } };
    if (collections.contains(name)) {
        // An account has a hundred at most.
        for (const QString &earlier : owner.get("/api/graminsta/v1/collections").ids())
            (void)owner.del("/api/graminsta/v1/collections/" + earlier.toUtf8());
        return owner.post("/api/graminsta/v1/collections", HttpBody::form({ { "visibility", collections[name] } }))
            .text("id");
    }
    if (name == QLatin1String("scheduled"))
        return owner
            .post("/api/v1/statuses",
                  HttpBody::form({ { "status", "later" }, { "scheduled_at", "2090-02-02T00:00:00Z" } }))
            .text("id");
    const QHash<QString, QString> lasting { { QStringLiteral("owner"), m_people[Owner].id },
                                            { QStringLiteral("ownerName"), m_people[Owner].username },
                                            { QStringLiteral("password"), m_people[Owner].password },
                                            { QStringLiteral("client"), QString::fromUtf8(m_app.id) },
                                            { QStringLiteral("secret"), QString::fromUtf8(m_app.secret) },
                                            { QStringLiteral("avatar"), m_avatar },
                                            { QStringLiteral("file"), m_file } };
    if (!lasting.contains(name))
        QTest::qFail(qPrintable(QStringLiteral("nobody knows {%1}").arg(name)), __FILE__, __LINE__);
    return lasting.value(name);
}

QString tst_Rights::filled(const QString &text)
{
    static const QRegularExpression braces(QStringLiteral("\\{(\\w+)\\}"));
    QString out = text;
    QHash<QString, QString> things; // the same name twice is the same thing
    for (QRegularExpressionMatch match = braces.match(out); match.hasMatch(); match = braces.match(out)) {
        const QString name = match.captured(1);
        if (!things.contains(name))
            things.insert(name, made(name));
        const bool isPath = name == QLatin1String("avatar") || name == QLatin1String("file");
        out.replace(match.captured(), isPath ? things[name] : QString::fromUtf8(QUrl::toPercentEncoding(things[name])));
    }
    return out;
}

void tst_Rights::answersToEverybodyAsTheTableSays()
{
    QFETCH(qsizetype, index);
    const Row &row = m_rows.at(index);
    const api::Endpoint *endpoint = endpointNamed(row.endpoint);
    QVERIFY(endpoint);
    QStringList wrong;
    for (std::size_t viewer = 0; viewer < Viewers; ++viewer) {
        if (row.expected.at(viewer) == 0) // an admin as a moderator
            continue;
        if (std::exchange(m_isDisturbed, false))
            arrange();
        // An account has a bounded number of them.
        rig::HttpClient owner = as(Owner);
        for (const char *list : { "/api/v2/filters", "/api/v1/scheduled_statuses" }) {
            if (!row.target.startsWith(QLatin1String(list)))
                continue;
            for (const QString &id : owner.get(list).ids())
                (void)owner.del(list + ('/' + id.toUtf8()));
        }
        HttpBody body = HttpBody::none();
        if (row.body == QLatin1String("photo"))
            body = HttpBody::multipart({ { "file", w.photo(), "photo.jpg", "image/jpeg" } });
        else if (row.body.startsWith(QLatin1String("tus:")))
            body = { row.body.size() > 4 ? kBytes : QByteArray(), row.body.mid(4).toUtf8() };
        else if (!row.body.isEmpty())
            body = { "application/x-www-form-urlencoded", filled(row.body).toUtf8() };
        else if (endpoint->verb == api::Verb::Post)
            body = {};
        const QByteArray target = filled(row.target).toUtf8();
        HttpReply reply;
        if (row.endpoint.startsWith("streaming.")) {
            rig::StreamClient stream(w.server().url()); // it does not wait for the end of what has none
            stream.openEvents(target, m_tokens.at(viewer));
            reply = stream.reply();
        } else {
            rig::HttpHeaders headers;
            if (row.endpoint.startsWith("uploads."))
                headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", "3" }, { "Upload-Offset", "0" } };
            reply = as(viewer).send(api::verbName(endpoint->verb).data(), target, body, headers);
        }
        m_isDisturbed = endpoint->verb != api::Verb::Get && row.target.contains(QStringLiteral("{owner}"));
        // An upload that is still being processed was taken as well as one that is ready.
        if (reply.status == 202)
            reply.status = 200;
        if (reply.status != row.expected.at(viewer))
            wrong.append(QStringLiteral("%1: %2 is expected, but %3 came: %4")
                             .arg(QLatin1String(kViewers.at(viewer)))
                             .arg(row.expected.at(viewer))
                             .arg(reply.status)
                             .arg(QString::fromUtf8(reply.body.left(160))));
        if (reply.status == 401 && target.startsWith("/api/"))
            QCOMPARE(reply.text("error"), QStringLiteral("The access token is invalid"));
        const bool hasBody = endpoint->verb != api::Verb::Head;
        if (viewer == ReadOnly && reply.status == 403 && row.expected[Owner] != 403 && hasBody)
            QCOMPARE(reply.text("error"), QStringLiteral("This action is outside the authorized scopes"));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(row.target + QLatin1Char('\n') + wrong.join(QLatin1Char('\n'))));
}

// The table once more, on a server with access.reading = "authenticated": what nobody may read there any more is all
// that takes a token without needing one, and nothing else changes.
void tst_Rights::keepsReadingToItsPeopleWhereTheOperatorSaysSo()
{
    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_ACCESS_READING"), QStringLiteral("authenticated") } };
    rig::TestServer server(options);
    const Result<> started = server.start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    QVERIFY(server.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                         QStringLiteral("ann"), QStringLiteral("--email"), QStringLiteral("ann@people.example"),
                         QStringLiteral("--password-stdin") },
                       "correct horse battery\n"));
    rig::HttpClient guest(server.url());
    const HttpReply app = guest.post(
        "/api/v1/apps",
        HttpBody::form({ { "client_name", "a" }, { "redirect_uris", kOutOfBand }, { "scopes", kAllScopes } }));
    GI_STATUS(app, 200);
    const auto token = [&](const QByteArray &grant) {
        return guest
            .post("/oauth/token",
                  HttpBody::form({ { "grant_type", grant },
                                   { "client_id", app.text("client_id").toUtf8() },
                                   { "client_secret", app.text("client_secret").toUtf8() },
                                   { "username", "ann" },
                                   { "password", "correct horse battery" },
                                   { "scope", kAllScopes } }))
            .text("access_token")
            .toUtf8();
    };
    rig::HttpClient person = guest.as(token("password"));
    rig::HttpClient application = guest.as(token("client_credentials"));
    static const QRegularExpression braces(QStringLiteral("\\{(\\w+)\\}"));
    QStringList wrong;
    for (const Row &row : std::as_const(m_rows)) {
        const api::Endpoint &endpoint = *endpointNamed(row.endpoint);
        const QByteArray target = QString(row.target).replace(braces, QStringLiteral("1")).toUtf8();
        const QByteArray verb(api::verbName(endpoint.verb).data());
        const bool isOptional = endpoint.access == api::Access::Optional;
        const auto expect = [&](rig::HttpClient &http, bool isRefused, const char *who) {
            const HttpReply reply = http.send(verb, target);
            const bool refused = reply.status == 401
                && reply.text("error") == QLatin1String("This method requires an authenticated user");
            if (refused != isRefused)
                wrong.append(QLatin1String(who) + QLatin1Char(' ') + QString::fromUtf8(reply.summary().left(200)));
        };
        if (endpoint.verb != api::Verb::Get)
            continue;
        expect(guest, isOptional, "nobody");
        if (isOptional)
            expect(application, true, "an application");
        if (isOptional && !row.endpoint.startsWith("streaming."))
            expect(person, false, "a person");
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    rig::StreamClient stream(server.url());
    stream.openEvents("/api/v1/streaming/public", token("password"));
    QCOMPARE(stream.reply().status, 200);
    const auto announced = [](rig::HttpClient &http) {
        const QJsonObject instance = http.get("/api/v2/instance").object();
        const QJsonValue feeds = instance[QLatin1String("configuration")][QLatin1String("timelines_access")];
        return feeds[QLatin1String("live_feeds")][QLatin1String("local")].toString();
    };
    QCOMPARE(announced(guest), QStringLiteral("authenticated"));
    rig::HttpClient elsewhere = w.client();
    QCOMPARE(announced(elsewhere), QStringLiteral("public"));
    QCOMPARE(server.stop().value(), 0);
}

SuitePointer makeRightsSuite(World &world)
{
    return std::make_unique<tst_Rights>(world);
}

} // namespace graminsta::api_test

#include "tst_rights.moc"
