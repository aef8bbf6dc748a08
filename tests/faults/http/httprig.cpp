// SPDX-License-Identifier: GPL-3.0-or-later
#include "httprig.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <thread>

#include <unistd.h>

namespace graminsta::tests
{

namespace
{

using http::RequestContext;
using http::Response;

Result<entities::Viewer> authenticate(const QByteArray &token, const Deadline &)
{
    entities::Viewer viewer;
    viewer.token = TokenId { 1 };
    viewer.application = ApplicationId { 1 };
    const qint64 number = token.mid(token.indexOf('-') + 1).toLongLong();
    if (token.startsWith("account-"))
        viewer.scopes = api::Scopes::fromStored(u"read write follow push");
    else if (token.startsWith("readonly-"))
        viewer.scopes = api::Scopes::fromStored(u"read");
    else if (token != "application")
        return makeError(Fault::Unauthorized, QStringLiteral("The access token is invalid"));
    viewer.account = AccountId { number };
    return viewer;
}

Result<Response> echo(const RequestContext &context)
{
    if (const auto sleep = GI_TRY(context.parameters.integer(QStringLiteral("sleep"))))
        std::this_thread::sleep_for(std::chrono::milliseconds(*sleep));
    QJsonObject parameters;
    for (const QString &name : context.parameters.namesBeginningWith({}))
        parameters.insert(name, QJsonArray::fromStringList(context.parameters.list(name)));
    QJsonObject answer { { QStringLiteral("endpoint"), QLatin1String(context.endpoint->name) },
                         { QStringLiteral("path"), QJsonArray::fromStringList(context.pathParameters) },
                         { QStringLiteral("parameters"), parameters },
                         { QStringLiteral("account"), context.viewer.account.toString() },
                         { QStringLiteral("client"), context.clientAddress.toString() } };
    if (const http::UploadedFile *file = context.parameters.file(QStringLiteral("file"))) {
        answer.insert(QStringLiteral("file_size"), file->size);
        answer.insert(QStringLiteral("file_on_disk"), QFileInfo(file->path).size());
        answer.insert(QStringLiteral("file_name"), file->clientName);
    }
    return Response::json(QJsonDocument(answer).toJson(QJsonDocument::Compact));
}

} // namespace

http::Handler echoHandler()
{
    return echo;
}

HttpRig::HttpRig(http::ServerOptions options, http::HandlerTable special)
{
    options.stagingFolder = m_folder.path() + QStringLiteral("/staging");
    options.accessLog = options.accessLog && options.accessLogDescriptor != 2;
    http::HandlerTable handlers = std::move(special);
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QByteArray name(endpoint.name);
        if (!handlers.contains(name) && !name.startsWith("health."))
            handlers.insert(name, echo);
    }
    if (!handlers.contains("health.ready"))
        handlers.insert("health.ready", echo);
    http::ServerHooks hooks;
    hooks.authenticate = authenticate;
    m_server = std::make_unique<http::Server>(std::move(options), std::move(hooks), std::move(handlers));
    const Result<> started = m_server->start();
    if (!started)
        qFatal("%s", qPrintable(describe(started.error())));
}

int HttpRig::stagedFiles() const
{
    return static_cast<int>(QDir(m_folder.path() + QStringLiteral("/staging")).entryList(QDir::Files).size());
}

bool HttpRig::servesOthers() const
{
    Wire wire = connect();
    wire.send(getRequest("/healthz"));
    const auto response = wire.receive(std::chrono::seconds(10));
    return response && response->status == 200;
}

int faultScale()
{
    return qMax(1, qEnvironmentVariableIntValue("GRAMINSTA_FAULT_SCALE"));
}

qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace graminsta::tests
