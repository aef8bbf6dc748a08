// SPDX-License-Identifier: GPL-3.0-or-later
// Server processes on one database and one media folder, and one person who uploads. Not thread-safe.
#pragma once

#include <rig/httpclient.h>
#include <rig/postgresserver.h>
#include <rig/testserver.h>

#include <QStringList>

#include <memory>
#include <vector>

namespace graminsta::media_faults
{

enum class Database { Sqlite, Postgres };

class Place
{
public:
    // Fault::Unavailable if there is no such database here.
    [[nodiscard]] static Result<std::unique_ptr<Place>> create(Database database);

    // Starts a process of this role ("all", "api", "worker"). It goes with this.
    [[nodiscard]] Result<rig::TestServer *> start(const QString &role);
    // Signs somebody up, with the scopes of an admin, at a process that serves requests. False, and the test has
    // failed, if that does not work.
    [[nodiscard]] bool signUp(const rig::TestServer &server);
    // Makes that person an admin.
    [[nodiscard]] bool promote(const rig::TestServer &server);

    [[nodiscard]] rig::HttpClient at(const rig::TestServer &server) const
    {
        return rig::HttpClient(server.url(), m_token);
    }
    [[nodiscard]] QString databaseUrl() const;

private:
    Place() = default;

    std::unique_ptr<rig::PostgresServer> m_postgres;
    QString m_postgresUrl;
    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<rig::TestServer>> m_servers;
    QByteArray m_clientId;
    QByteArray m_clientSecret;
    QByteArray m_token;
};

[[nodiscard]] rig::HttpReply upload(rig::HttpClient &http, const QByteArray &photo,
                                    const QByteArray &path = "/api/v2/media");
// Asks until the attachment is processed, as clients do; the last answer.
[[nodiscard]] rig::HttpReply settled(rig::HttpClient &http, const QString &id, int ms = 60'000);

} // namespace graminsta::media_faults
