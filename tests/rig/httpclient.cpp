// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpclient.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace graminsta::rig
{

namespace
{

constexpr int kPatienceMs = 30'000;
constexpr const char *kBoundary = "graminsta-test-boundary";

} // namespace

QByteArray HttpReply::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

QJsonObject HttpReply::object() const
{
    return QJsonDocument::fromJson(body).object();
}

QJsonArray HttpReply::array() const
{
    return QJsonDocument::fromJson(body).array();
}

QString HttpReply::text(const char *name) const
{
    return object().value(QLatin1String(name)).toString();
}

QStringList HttpReply::ids() const
{
    QStringList all;
    for (const QJsonValue &entity : array())
        all.append(entity[QLatin1String("id")].toString());
    return all;
}

QByteArray HttpReply::link(const QByteArray &relation) const
{
    static const QRegularExpression form(QStringLiteral("<([^>]*)>; rel=\"([a-z]+)\""));
    QRegularExpressionMatchIterator matches = form.globalMatch(QString::fromUtf8(header("link")));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.captured(2).toUtf8() == relation)
            return match.captured(1).toUtf8();
    }
    return {};
}

QByteArray HttpReply::summary() const
{
    return QByteArray::number(status) + ' ' + reason + ": " + body.left(600);
}

HttpBody HttpBody::json(const QJsonObject &object)
{
    return { "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact) };
}

HttpBody HttpBody::json(std::initializer_list<std::pair<const char *, QJsonValue>> members)
{
    QJsonObject object;
    for (const auto &[name, value] : members)
        object.insert(QLatin1String(name), value);
    return json(object);
}

HttpBody HttpBody::form(const FormFields &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs.append(name.toPercentEncoding() + '=' + value.toPercentEncoding());
    return { "application/x-www-form-urlencoded", pairs.join('&') };
}

HttpBody HttpBody::multipart(const QList<Part> &parts)
{
    QByteArray bytes;
    for (const Part &part : parts) {
        bytes += QByteArray("--") + kBoundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + '"';
        if (!part.fileName.isEmpty())
            bytes += "; filename=\"" + part.fileName + '"';
        if (!part.type.isEmpty())
            bytes += "\r\nContent-Type: " + part.type;
        bytes += "\r\n\r\n" + part.value + "\r\n";
    }
    bytes += QByteArray("--") + kBoundary + "--\r\n";
    return { QByteArray("multipart/form-data; boundary=") + kBoundary, bytes };
}

HttpClient::HttpClient(const QUrl &base, const QByteArray &token)
    : m_base(base)
    , m_token(token)
{
}

HttpClient HttpClient::as(const QByteArray &token) const
{
    HttpClient other(m_base, token);
    other.m_observer = m_observer;
    return other;
}

HttpReply HttpClient::send(const QByteArray &verb, const QByteArray &target, const HttpBody &body,
                           const HttpHeaders &headers)
{
    QByteArray path = target;
    if (target.startsWith("http")) {
        const QUrl url = QUrl::fromEncoded(target);
        path = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    }
    const HttpReply reply = exchange(serialise(verb, path, body, headers), verb != "HEAD");
    if (m_observer)
        m_observer(verb, path, reply);
    return reply;
}

QByteArray HttpClient::serialise(const QByteArray &verb, const QByteArray &target, const HttpBody &body,
                                 const HttpHeaders &headers) const
{
    QByteArray request = verb + ' ' + target + " HTTP/1.1\r\nHost: " + m_base.authority().toUtf8() + "\r\n";
    bool authorised = false;
    for (const auto &[name, value] : headers) {
        request += name + ": " + value + "\r\n";
        authorised = authorised || name == "Authorization";
    }
    if (!m_token.isEmpty() && !authorised)
        request += "Authorization: Bearer " + m_token + "\r\n";
    if (!body.type.isEmpty())
        request += "Content-Type: " + body.type + "\r\n";
    if (body.present)
        request += "Content-Length: " + QByteArray::number(body.bytes.size()) + "\r\n";
    return request + "\r\n" + body.bytes;
}

HttpReply HttpClient::exchange(const QByteArray &request, bool hasBody)
{
    // Between two requests the server may close a kept connection; that is not an answer, so a new one is tried once.
    const bool kept = m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
    if (!kept) {
        m_socket = std::make_unique<QTcpSocket>();
        m_buffer.clear();
        m_socket->connectToHost(m_base.host(), quint16(m_base.port(80)));
        if (!m_socket->waitForConnected(kPatienceMs))
            return { 0, m_socket->errorString().toUtf8(), {}, {} };
    }
    m_socket->write(request);
    while (m_socket->bytesToWrite() > 0 && m_socket->waitForBytesWritten(kPatienceMs)) { }

    HttpReply reply;
    qsizetype end = -1;
    while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
        if (fill())
            continue;
        const bool nothingCame = m_buffer.isEmpty() && m_socket->state() != QAbstractSocket::ConnectedState;
        reply.reason = m_socket->errorString().toUtf8();
        m_socket.reset();
        return kept && nothingCame ? exchange(request, hasBody) : reply;
    }
    const QByteArrayList lines = m_buffer.left(end).replace("\r\n", "\n").split('\n');
    m_buffer.remove(0, end + 4);
    const int status = lines.first().split(' ').value(1).toInt();
    reply.reason = lines.first().mid(13);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.append({ line.left(colon).toLower(), line.mid(colon + 1).trimmed() });
    }
    if (hasBody && status != 204 && status != 304 && !readBody(reply)) {
        m_socket.reset();
        return { 0, "the answer ended early", {}, reply.body };
    }
    if (reply.header("connection").toLower() == "close")
        m_socket.reset();
    reply.status = status;
    return reply;
}

bool HttpClient::fill()
{
    if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(kPatienceMs))
        return false;
    m_buffer += m_socket->readAll();
    return true;
}

bool HttpClient::readBody(HttpReply &reply)
{
    if (reply.header("transfer-encoding").toLower() == "chunked") {
        while (true) {
            qsizetype end = -1;
            while ((end = m_buffer.indexOf("\r\n")) < 0) {
                if (!fill())
                    return false;
            }
            const qsizetype size = m_buffer.left(end).split(';').first().trimmed().toLongLong(nullptr, 16);
            while (m_buffer.size() < end + 2 + size + 2) {
                if (!fill())
                    return false;
            }
            reply.body += m_buffer.mid(end + 2, size);
            m_buffer.remove(0, end + 2 + size + 2);
            if (size == 0)
                return true;
        }
    }
    const QByteArray length = reply.header("content-length");
    while (length.isEmpty() || m_buffer.size() < length.toLongLong()) {
        if (!fill()) {
            reply.body = m_buffer;
            return length.isEmpty() && m_socket->state() != QAbstractSocket::ConnectedState;
        }
    }
    reply.body = m_buffer.left(length.toLongLong());
    m_buffer.remove(0, reply.body.size());
    return true;
}

} // namespace graminsta::rig
