// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame.h"

#include <graminsta/isolation/childworker.h>

#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace graminsta::isolation
{

namespace
{

Error frameError(Fault fault, const QString &detail)
{
    return makeError(fault, QStringLiteral("The file could not be processed now."), detail);
}

Error socketError(const char *call)
{
    return frameError(Fault::Unavailable,
                      QString::fromLatin1(call) + QStringLiteral(": ")
                          + QString::fromStdString(std::generic_category().message(errno)));
}

Error gone()
{
    return frameError(Fault::Unavailable, QStringLiteral("the other process has closed the connection"));
}

// True when the socket is ready or broken, which the next call on it says.
Result<> waitFor(int socket, short events, const Deadline &deadline)
{
    for (;;) {
        struct pollfd entry {
            socket, events, 0
        };
        const auto left = std::min<qint64>(deadline.remaining().count(), std::numeric_limits<int>::max());
        const int ready = ::poll(&entry, 1, static_cast<int>(left));
        if (ready > 0)
            return {};
        if (ready == 0 && deadline.expired())
            return frameError(Fault::Timeout, QStringLiteral("the deadline passed"));
        if (ready < 0 && errno != EINTR)
            return socketError("poll");
    }
}

Result<QByteArray> serialise(const QJsonObject &message)
{
    QByteArray bytes = QJsonDocument(message).toJson(QJsonDocument::Compact);
    if (bytes.size() > kMostMessageBytes)
        return frameError(Fault::Invalid, QStringLiteral("a message of %1 bytes is too long").arg(bytes.size()));
    return bytes;
}

Result<QJsonObject> parse(const QByteArray &bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (!document.isObject())
        return frameError(
            Fault::Invalid,
            QStringLiteral("a message of %1 bytes is no object: %2").arg(bytes.size()).arg(error.errorString()));
    return document.object();
}

} // namespace

Result<> sendMessage(int socket, const QJsonObject &message, const Deadline &deadline)
{
    const QByteArray bytes = GI_TRY(serialise(message));
    for (;;) {
        const ssize_t sent =
            ::send(socket, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0)
            return {};
        if (errno == EPIPE || errno == ECONNRESET)
            return gone();
        if (errno == EAGAIN)
            GI_TRY(waitFor(socket, POLLOUT, deadline));
        else if (errno != EINTR)
            return socketError("send");
    }
}

Result<QJsonObject> receiveMessage(int socket, const Deadline &deadline)
{
    QByteArray bytes(kMostMessageBytes, Qt::Uninitialized);
    for (;;) {
        // With MSG_TRUNC the true length is told, also of a packet that is too long.
        const ssize_t size = ::recv(socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_DONTWAIT | MSG_TRUNC);
        if (size > bytes.size())
            return frameError(Fault::Invalid, QStringLiteral("a message of %1 bytes is too long").arg(size));
        if (size > 0)
            return parse(bytes.first(size));
        if (size == 0 || errno == ECONNRESET)
            return gone();
        if (errno == EAGAIN)
            GI_TRY(waitFor(socket, POLLIN, deadline));
        else if (errno != EINTR)
            return socketError("recv");
    }
}

Result<> writeMessage(int socket, const QJsonObject &message)
{
    const QByteArray bytes = GI_TRY(serialise(message));
    for (;;) {
        const ssize_t written = ::write(socket, bytes.constData(), static_cast<size_t>(bytes.size()));
        if (written >= 0)
            return {};
        if (errno != EINTR)
            return socketError("write");
    }
}

Result<QJsonObject> readMessage(int socket)
{
    QByteArray bytes(kMostMessageBytes, Qt::Uninitialized);
    for (;;) {
        const ssize_t size = ::read(socket, bytes.data(), static_cast<size_t>(bytes.size()));
        if (size > 0)
            return parse(bytes.first(size));
        if (size == 0)
            return gone();
        if (errno != EINTR)
            return socketError("read");
    }
}

} // namespace graminsta::isolation
