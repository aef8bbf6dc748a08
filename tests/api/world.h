// SPDX-License-Identifier: GPL-3.0-or-later
// One running server and the people on it, shared by all suites of the program. Each test makes the people it needs, so
// that no test sees another's posts. Not thread-safe, but clients of several threads may be made from it.
#pragma once

#include <rig/httpclient.h>
#include <rig/testserver.h>

#include <QTest>

#include <memory>
#include <mutex>

namespace graminsta::api_test
{

struct Person {
    QString id;
    QString username;
    QString email;
    QString password;
    QByteArray token; // of an app with "read write follow push"
};

struct App {
    QByteArray id; // client_id
    QByteArray secret;
    QByteArray token; // client_credentials
};

inline constexpr const char *kOutOfBand = "urn:ietf:wg:oauth:2.0:oob";
inline constexpr const char *kAllScopes = "read write follow push";
inline constexpr const char *kStaffScopes = "read write follow push admin:read admin:write";

class World
{
public:
    // `databaseUrl` empty: SQLite.
    [[nodiscard]] static Result<std::unique_ptr<World>> create(const QString &databaseUrl);

    // Nobody's.
    [[nodiscard]] rig::HttpClient client() const;
    [[nodiscard]] rig::HttpClient client(const Person &person) const { return client().as(person.token); }

    // Registers an app; nothing in it and a failed test if the server refuses.
    [[nodiscard]] App registerApp(const QByteArray &scopes = kAllScopes,
                                  const QByteArray &redirectUris = kOutOfBand) const;
    [[nodiscard]] const App &app() const { return m_app; }
    // Signs somebody up. A failed test if the server refuses.
    [[nodiscard]] Person person();
    // Somebody of this role ("moderator", "admin", "owner"), with a token that has all scopes of moderators as well.
    [[nodiscard]] Person staff(const QString &role);
    // A token for somebody, bought with their password; empty where that is refused.
    [[nodiscard]] rig::HttpReply signIn(const Person &person, const QByteArray &scopes = kAllScopes) const;
    // A name that nobody has yet.
    [[nodiscard]] QString freshName();

    // A small JPEG that differs from every other one.
    [[nodiscard]] QByteArray photo();
    // The id of a photo that `client` has uploaded and that is ready. A failed test if it is refused.
    [[nodiscard]] QString upload(rig::HttpClient &client, const QByteArray &description = {});
    // The status that `client` has posted. A failed test if it is refused.
    [[nodiscard]] QJsonObject post(rig::HttpClient &client, const QString &text, QJsonObject more = {});
    [[nodiscard]] QString postId(rig::HttpClient &client, const QString &text, const QJsonObject &more = {});
    void follow(rig::HttpClient &client, const Person &whom);

    [[nodiscard]] rig::TestServer &server() { return m_server; }
    // What the schema has found in all answers since the last call.
    [[nodiscard]] QStringList takeViolations();

private:
    explicit World(const QString &databaseUrl);

    void observe(const QByteArray &verb, const QByteArray &target, const rig::HttpReply &reply);

    rig::TestServer m_server;
    App m_app;
    App m_staffApp;
    int m_names = 0;
    int m_photos = 0;
    std::mutex m_mutex;
    QStringList m_violations; // protected by m_mutex
};

// What every suite has: the world, and after each test the check that all answers were as documented.
class Suite : public QObject
{
    Q_OBJECT

public:
    explicit Suite(World &world)
        : w(world)
    {
    }

private Q_SLOTS:
    void cleanup();

protected:
    World &w;
};

} // namespace graminsta::api_test

// The reply has this status, or the test fails and shows the reply.
#define GI_STATUS(reply, expected)                                                                                     \
    do {                                                                                                               \
        const graminsta::rig::HttpReply &giReply = (reply);                                                            \
        QVERIFY2(giReply.status == (expected), giReply.summary().constData());                                         \
    } while (false)
