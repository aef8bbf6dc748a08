// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers.h"

#include <graminsta/http/server.h>

#include <QAbstractHttpServer>
#include <QCoreApplication>
#include <QHttpServerRequest>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTemporaryFile>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QHttpServerResponder>
#else
#include <QTcpSocket>
#endif

#include <cstdio>

#include <unistd.h>

namespace graminsta::bench
{

namespace
{

// As large as an ordinary status.
const QByteArray kJson = "{\"content\":\"" + QByteArray(934, 'x') + "\"}";

class BareServer final : public QAbstractHttpServer
{
public:
    BareServer()
        : m_answer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                   + QByteArray::number(kJson.size()) + "\r\n\r\n" + kJson)
    {
    }

private:
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &, QHttpServerResponder &responder) override
    {
        responder.write(kJson, "application/json");
        return true;
    }
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override { }
#else
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) override { }
#endif
#else
    bool handleRequest(const QHttpServerRequest &, QTcpSocket *socket) override
    {
        socket->write(m_answer);
        socket->flush();
        return true;
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override { }
#endif

    const QByteArray m_answer;
};

int runUntilInputEnds(quint16 port)
{
    std::printf("%d\n", port);
    std::fflush(stdout);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

Result<http::Response> answer(const http::RequestContext &)
{
    return http::Response::json(kJson);
}

} // namespace

int serveBare(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    BareServer server;
    auto *tcp = new QTcpServer;
    tcp->setListenBacklogSize(4096);
    if (!tcp->listen(QHostAddress::LocalHost))
        return 1;
    server.bind(tcp);
    return runUntilInputEnds(tcp->serverPort());
}

int servePipeline(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    QTemporaryFile log;
    if (!log.open())
        return 1;
    http::ServerOptions options;
    options.stagingFolder = folder.path();
    options.accessLogDescriptor = log.handle();
    options.workers = 2;
    options.rates.token = options.rates.account = options.rates.address = { 1'000'000'000 };
    http::ServerHooks hooks;
    entities::Viewer viewer;
    viewer.token = TokenId { 1 };
    viewer.account = AccountId { 1 };
    viewer.scopes = api::Scopes::fromStored(u"read write");
    hooks.authenticate = [viewer](const QByteArray &token, const Deadline &) -> Result<entities::Viewer> {
        if (token != "bench")
            return makeError(Fault::Unauthorized, QStringLiteral("The access token is invalid"));
        return viewer;
    };
    http::HandlerTable handlers;
    for (const api::Endpoint &endpoint : api::endpoints())
        handlers.insert(endpoint.name, answer);
    http::Server server(options, hooks, handlers);
    if (!server.start())
        return 1;
    return runUntilInputEnds(server.port());
}

} // namespace graminsta::bench
