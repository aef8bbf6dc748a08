// SPDX-License-Identifier: GPL-3.0-or-later
#include "world.h"

#include "answerpath.h"
#include "schema.h"

#include <rig/photo.h>

#include <QJsonDocument>
#include <QRandomGenerator>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

// Fails the running test where a helper did not get what it needs.
bool succeeded(const HttpReply &reply, const char *what)
{
    if (reply.status == 200)
        return true;
    QTest::qFail(QByteArray(QByteArray(what) + ": " + reply.summary()).constData(), __FILE__, __LINE__);
    return false;
}

} // namespace

World::World(const QString &databaseUrl)
    : m_server({ databaseUrl })
{
}

Result<std::unique_ptr<World>> World::create(const QString &databaseUrl)
{
    std::unique_ptr<World> world(new World(databaseUrl));
    GI_TRY(world->m_server.start());
    world->m_app = world->registerApp();
    world->m_staffApp = world->registerApp(kStaffScopes);
    if (world->m_app.token.isEmpty())
        return makeError(Fault::Unavailable, QStringLiteral("the server gave no app token"));
    return world;
}

rig::HttpClient World::client() const
{
    rig::HttpClient fresh(m_server.url());
    fresh.setObserver(
        [self = const_cast<World *>(this)](const QByteArray &verb, const QByteArray &target, const HttpReply &reply) {
            self->observe(verb, target, reply);
        });
    return fresh;
}

App World::registerApp(const QByteArray &scopes, const QByteArray &redirectUris) const
{
    rig::HttpClient http = client();
    const HttpReply registered = http.post(
        "/api/v1/apps",
        HttpBody::form({ { "client_name", "API suite" }, { "redirect_uris", redirectUris }, { "scopes", scopes } }));
    if (!succeeded(registered, "registering an app"))
        return {};
    App app { registered.text("client_id").toUtf8(), registered.text("client_secret").toUtf8(), {} };
    const HttpReply token = http.post("/oauth/token",
                                      HttpBody::form({ { "grant_type", "client_credentials" },
                                                       { "client_id", app.id },
                                                       { "client_secret", app.secret },
                                                       { "scope", scopes } }));
    if (succeeded(token, "an app's own token"))
        app.token = token.text("access_token").toUtf8();
    return app;
}

QString World::freshName()
{
    static const QString run = QString::number(QRandomGenerator::global()->bounded(100'000, 1'000'000));
    return QStringLiteral("p%1_%2").arg(run).arg(++m_names);
}

Person World::person()
{
    Person person;
    person.username = freshName();
    person.email = person.username + QStringLiteral("@people.example");
    person.password = QStringLiteral("correct horse ") + person.username;
    rig::HttpClient http = client().as(m_app.token);
    const HttpReply token = http.post("/api/v1/accounts",
                                      HttpBody::json({ { "username", person.username },
                                                       { "email", person.email },
                                                       { "password", person.password },
                                                       { "agreement", true },
                                                       { "locale", QStringLiteral("en") } }));
    if (!succeeded(token, "signing up"))
        return person;
    person.token = token.text("access_token").toUtf8();
    rig::HttpClient own = client(person);
    person.id = own.get("/api/v1/accounts/verify_credentials").text("id");
    return person;
}

Person World::staff(const QString &role)
{
    Person person = this->person();
    const Result<QByteArray> promoted =
        m_server.run({ QStringLiteral("user"), QStringLiteral("role"), person.username, role });
    if (!promoted)
        QTest::qFail(qPrintable(describe(promoted.error())), __FILE__, __LINE__);
    const HttpReply token = signIn(person, kStaffScopes);
    if (succeeded(token, "signing a moderator in"))
        person.token = token.text("access_token").toUtf8();
    return person;
}

rig::HttpReply World::signIn(const Person &person, const QByteArray &scopes) const
{
    return client().post("/oauth/token",
                         HttpBody::form({ { "grant_type", "password" },
                                          { "client_id", m_staffApp.id },
                                          { "client_secret", m_staffApp.secret },
                                          { "username", person.username.toUtf8() },
                                          { "password", person.password.toUtf8() },
                                          { "scope", scopes } }));
}

QByteArray World::photo()
{
    return rig::makePhoto(++m_photos);
}

QString World::upload(rig::HttpClient &client, const QByteArray &description)
{
    QList<rig::Part> parts { { "file", photo(), "photo.jpg", "image/jpeg" } };
    if (!description.isEmpty())
        parts.append({ "description", description });
    const HttpReply reply = client.post("/api/v1/media", HttpBody::multipart(parts));
    return succeeded(reply, "uploading a photo") ? reply.text("id") : QString();
}

QJsonObject World::post(rig::HttpClient &client, const QString &text, QJsonObject more)
{
    more.insert(QStringLiteral("status"), text);
    const HttpReply reply = client.post("/api/v1/statuses", HttpBody::json(more));
    return succeeded(reply, "posting") ? reply.object() : QJsonObject();
}

QString World::postId(rig::HttpClient &client, const QString &text, const QJsonObject &more)
{
    return post(client, text, more)[QLatin1String("id")].toString();
}

void World::follow(rig::HttpClient &client, const Person &whom)
{
    succeeded(client.post("/api/v1/accounts/" + whom.id.toUtf8() + "/follow"), "following");
}

void World::observe(const QByteArray &verb, const QByteArray &target, const HttpReply &reply)
{
    const QString place = QString::fromUtf8(verb + ' ' + target.left(120) + ' ' + QByteArray::number(reply.status));
    const bool error = reply.status >= 400;
    const QString type = error ? QStringLiteral("Error") : answerType(verb, target);
    if (reply.status == 0 || reply.status >= 300 || verb == "HEAD" || verb == "OPTIONS" || type.isEmpty()) {
        if (!error || !answersJson(target) || verb == "HEAD")
            return;
    }
    QStringList found;
    if (!reply.header("content-type").startsWith("application/json"))
        found.append(QStringLiteral("the type is %1").arg(QString::fromUtf8(reply.header("content-type"))));
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    found += violations(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), type);
    if (reply.status >= 500)
        found.append(QStringLiteral("a defect of the server: ") + QString::fromUtf8(reply.body));
    const std::lock_guard lock(m_mutex);
    for (const QString &violation : std::as_const(found))
        m_violations.append(place + QStringLiteral(": ") + violation);
}

QStringList World::takeViolations()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_violations, {});
}

void Suite::cleanup()
{
    QStringList found = w.takeViolations();
    found.removeDuplicates();
    QVERIFY2(found.isEmpty(), qPrintable(found.mid(0, 12).join(QLatin1Char('\n'))));
}

} // namespace graminsta::api_test
