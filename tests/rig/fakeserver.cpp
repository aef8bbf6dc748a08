// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <QTcpSocket>
#include <QTimer>
#include <QUrlQuery>

#include <algorithm>
#include <memory>
#include <utility>

namespace graminsta::rig
{

namespace
{

constexpr qsizetype kLittle = 16 * 1024;

bool neverReadsOn(Behaviour behaviour)
{
    return behaviour == Behaviour::StallInBody || behaviour == Behaviour::CutInBody;
}

QByteArray routeOf(const FakeRequest &request)
{
    return request.method + ' ' + request.path();
}

QByteArray textOf(const FakeReply &reply)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(reply.status) + " Scripted\r\nContent-Type: " + reply.contentType
        + "\r\nContent-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
    for (const auto &[name, value] : reply.headers)
        text += name + ": " + value + "\r\n";
    return text + "\r\n" + reply.body;
}

} // namespace

struct FakeServer::Connection {
    QTcpSocket *socket = nullptr; // a child of the server
    FakeRequest request;
    FakeReply reply;
    qsizetype index = 0; // in m_requests
    qint64 bodySize = -1; // -1: the headers have not come yet
    bool done = false;
};

QByteArray FakeRequest::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

QString FakeRequest::parameter(const QString &name) const
{
    for (const QByteArray &encoded : { target.mid(target.indexOf('?') + 1), body }) {
        const QUrlQuery query(QString::fromUtf8(encoded));
        for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded)) {
            if (key == name)
                return value;
        }
    }
    return {};
}

FakeReply FakeReply::json(QByteArray body, int status)
{
    FakeReply reply;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
}

FakeReply FakeReply::html(QByteArray body, int status)
{
    FakeReply reply = json(std::move(body), status);
    reply.contentType = "text/html; charset=utf-8";
    return reply;
}

FakeReply FakeReply::redirect(const QByteArray &location)
{
    return html({}, 302).with("Location", location);
}

FakeReply FakeReply::bad(Behaviour behaviour)
{
    FakeReply reply;
    reply.body = QByteArray(1000, ' ');
    reply.behaviour = behaviour;
    return reply;
}

FakeReply FakeReply::with(const QByteArray &name, const QByteArray &value) const
{
    FakeReply reply = *this;
    reply.headers.append({ name, value });
    return reply;
}

FakeServer::FakeServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeServer::accept);
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        qFatal("FakeServer: %s", qPrintable(m_server.errorString()));
}

FakeServer::~FakeServer() = default;

QUrl FakeServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
}

void FakeServer::expect(const QByteArray &route, QList<FakeReply> replies)
{
    m_scripts.insert(route, std::move(replies));
}

void FakeServer::expectBy(const QByteArray &route, Answer answer)
{
    m_answers.insert(route, std::move(answer));
}

int FakeServer::count(const QByteArray &route) const
{
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(),
                                          [&route](const FakeRequest &request) { return routeOf(request) == route; }));
}

void FakeServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        auto connection = std::make_shared<Connection>();
        connection->socket = socket;
        connect(socket, &QTcpSocket::readyRead, this, [this, connection] { read(connection); });
        connect(socket, &QTcpSocket::disconnected, this, [this, connection] {
            finish(*connection);
            connection->socket->deleteLater();
        });
    }
}

void FakeServer::finish(Connection &connection)
{
    if (connection.bodySize >= 0 && !std::exchange(connection.done, true))
        --m_atOnce;
}

void FakeServer::read(const std::shared_ptr<Connection> &connection)
{
    QTcpSocket *const socket = connection->socket;
    if (connection->bodySize < 0) {
        const QByteArray seen = socket->peek(kLittle);
        const qsizetype end = seen.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        socket->skip(end + 4);
        begin(*connection, seen.left(end));
        // What is not read stays in the sender's window, until that is full.
        if (neverReadsOn(connection->reply.behaviour))
            socket->setReadBufferSize(kLittle);
    }
    const Behaviour behaviour = connection->reply.behaviour;
    if (neverReadsOn(behaviour)) {
        if (behaviour == Behaviour::CutInBody)
            socket->abort();
        return;
    }
    connection->request.body += socket->readAll();
    if (connection->request.body.size() < connection->bodySize)
        return;
    m_requests[connection->index].body = connection->request.body;
    if (const auto by = m_answers.constFind(routeOf(connection->request)); by != m_answers.constEnd())
        connection->reply = (*by)(connection->request);
    QTimer::singleShot(connection->reply.delay, socket, [this, connection] { answer(connection); });
}

void FakeServer::begin(Connection &connection, const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    connection.request = { words.value(0), words.value(1), {}, {} };
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        connection.request.headers.append({ line.left(colon).toLower(), line.mid(colon + 1).trimmed() });
    }
    connection.bodySize = connection.request.header("content-length").toLongLong();
    connection.done = false;
    connection.index = m_requests.size();
    m_requests.append(connection.request);
    m_mostAtOnce = std::max(m_mostAtOnce, ++m_atOnce);
    connection.reply = replyTo(connection.request);
}

FakeReply FakeServer::replyTo(const FakeRequest &request)
{
    const QByteArray route = routeOf(request);
    if (m_answers.contains(route))
        return {};
    const auto script = m_scripts.find(route);
    if (script == m_scripts.end() || script->isEmpty()) {
        m_unexpected.append(route);
        return FakeReply::json(R"({"error":"Record not found"})", 404);
    }
    return script->size() > 1 ? script->takeFirst() : script->first();
}

void FakeServer::answer(const std::shared_ptr<Connection> &connection)
{
    QTcpSocket *const socket = connection->socket;
    const QByteArray text = textOf(connection->reply);
    switch (connection->reply.behaviour) {
    case Behaviour::CutBeforeAnswer:
        socket->abort();
        return;
    case Behaviour::CutInAnswer:
        socket->write(text.chopped(connection->reply.body.size() / 2));
        socket->disconnectFromHost();
        return;
    case Behaviour::Answer:
        socket->write(text);
        finish(*connection);
        connection->bodySize = -1;
        connection->request = {};
        return;
    default:
        return;
    }
}

} // namespace graminsta::rig
