// SPDX-License-Identifier: GPL-3.0-or-later
#include "place.h"

#include <QElapsedTimer>
#include <QTest>

namespace graminsta::media_faults
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

constexpr char kScopes[] = "read write admin:read admin:write";
const QString kName = QStringLiteral("uploader");
const QString kPassword = QStringLiteral("correct horse battery");

bool succeeded(const HttpReply &reply)
{
    return QTest::qVerify(reply.status == 200, "reply.status == 200", reply.summary(), __FILE__, __LINE__);
}

} // namespace

Result<std::unique_ptr<Place>> Place::create(Database database)
{
    std::unique_ptr<Place> place(new Place);
    if (database == Database::Postgres) {
        place->m_postgres = GI_TRY(rig::PostgresServer::start());
        place->m_postgresUrl = GI_TRY(place->m_postgres->createDatabase());
    }
    return place;
}

QString Place::databaseUrl() const
{
    return m_postgresUrl.isEmpty() ? QStringLiteral("sqlite://") + m_folder.filePath(QStringLiteral("graminsta.db"))
                                   : m_postgresUrl;
}

Result<rig::TestServer *> Place::start(const QString &role)
{
    rig::TestServerOptions options;
    options.databaseUrl = databaseUrl();
    options.dataFolder = m_folder.path();
    // A job whose process died comes back eleven seconds after it was taken.
    options.settings = { { QStringLiteral("GRAMINSTA_SERVER_ROLE"), role },
                         { QStringLiteral("GRAMINSTA_LIMITS_MEDIA_REQUEST_TIME"), QStringLiteral("6 s") } };
    m_servers.push_back(std::make_unique<rig::TestServer>(options));
    rig::TestServer *server = m_servers.back().get();
    GI_TRY(server->start());
    return server;
}

bool Place::signUp(const rig::TestServer &server)
{
    rig::HttpClient http(server.url());
    const HttpReply app = http.post("/api/v1/apps",
                                    HttpBody::form({ { "client_name", "media faults" },
                                                     { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                     { "scopes", kScopes } }));
    m_clientId = app.text("client_id").toUtf8();
    m_clientSecret = app.text("client_secret").toUtf8();
    const HttpReply appToken = http.post("/oauth/token",
                                         HttpBody::form({ { "grant_type", "client_credentials" },
                                                          { "client_id", m_clientId },
                                                          { "client_secret", m_clientSecret },
                                                          { "scope", kScopes } }));
    rig::HttpClient signUp(server.url(), appToken.text("access_token").toUtf8());
    const HttpReply token = signUp.post("/api/v1/accounts",
                                        HttpBody::json({ { "username", kName },
                                                         { "email", kName + QStringLiteral("@people.example") },
                                                         { "password", kPassword },
                                                         { "agreement", true },
                                                         { "locale", QStringLiteral("en") } }));
    m_token = token.text("access_token").toUtf8();
    return succeeded(app) && succeeded(appToken) && succeeded(token);
}

bool Place::promote(const rig::TestServer &server)
{
    const Result<QByteArray> promoted =
        server.run({ QStringLiteral("user"), QStringLiteral("role"), kName, QStringLiteral("admin") });
    const HttpReply token = rig::HttpClient(server.url())
                                .post("/oauth/token",
                                      HttpBody::form({ { "grant_type", "password" },
                                                       { "client_id", m_clientId },
                                                       { "client_secret", m_clientSecret },
                                                       { "username", kName.toUtf8() },
                                                       { "password", kPassword.toUtf8() },
                                                       { "scope", kScopes } }));
    m_token = token.text("access_token").toUtf8();
    return QTest::qVerify(promoted.has_value(), "promoted", "", __FILE__, __LINE__) && succeeded(token);
}

HttpReply upload(rig::HttpClient &http, const QByteArray &photo, const QByteArray &path)
{
    return http.post(path, HttpBody::multipart({ { "file", photo, "photo.jpg", "image/jpeg" } }));
}

HttpReply settled(rig::HttpClient &http, const QString &id, int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (true) {
        HttpReply reply = http.get("/api/v1/media/" + id.toUtf8());
        if (reply.status != 206 || timer.hasExpired(ms))
            return reply;
        QTest::qSleep(100);
    }
}

} // namespace graminsta::media_faults
