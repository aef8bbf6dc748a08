// SPDX-License-Identifier: GPL-3.0-or-later
#include "pendingreply.h"

#include "pause.h"

namespace graminsta::client
{

namespace
{

// What Qt may hold of a body that goes to a sink: without it, all that the network is faster than the disk.
constexpr qint64 kReadAhead = 1 << 20;

Error slowError(const QUrl &url)
{
    return makeError(Fault::Timeout, QStringLiteral("The server at %1 takes too long to answer.").arg(url.host()));
}

// Of the classes of QNetworkReply::NetworkError, those where the server has answered: 2xx content, 4xx server, and the
// one that stands for status 400. The rest never came whole: 0xx connection, 1xx proxy, 3xx protocol.
bool isAnswered(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError
        || (error > 200 && error < 300 && error != QNetworkReply::ContentReSendError) || error > 400;
}

Error connectionError(const QNetworkReply &reply)
{
    const QString host = reply.url().host();
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return { Fault::Unavailable, QStringLiteral("The server at %1 does not answer.").arg(host), reply.errorString(),
                 QLatin1String(kNotSentCode) };
    case QNetworkReply::HostNotFoundError:
        return { Fault::Unavailable,
                 QStringLiteral("There is no server called %1, or this computer is not online.").arg(host),
                 reply.errorString(), QLatin1String(kNotSentCode) };
    case QNetworkReply::SslHandshakeFailedError:
        return makeError(
            Fault::Forbidden,
            QStringLiteral("The connection to %1 is not safe: its certificate cannot be trusted.").arg(host),
            reply.errorString());
    default:
        return makeError(Fault::Unavailable, QStringLiteral("The connection to %1 was lost.").arg(host),
                         reply.errorString());
    }
}

} // namespace

PendingReply::PendingReply(QNetworkReply *reply, std::unique_ptr<QIODevice> body, HttpRequest request)
    : m_request(std::move(request))
    , m_body(std::move(body))
    , m_reply(reply)
{
    m_reply->setParent(nullptr);
    if (m_request.sink)
        m_reply->setReadBufferSize(kReadAhead);
    connect(reply, &QNetworkReply::readyRead, this, &PendingReply::readMore);
    connect(reply, &QNetworkReply::uploadProgress, this, &PendingReply::reportProgress);
    connect(reply, &QNetworkReply::finished, this, [this] { end({}); });
    connect(&m_idle, &QTimer::timeout, this, [this] { end(slowError(m_request.url)); });
    connect(&m_deadline, &QTimer::timeout, this, [this] { end(slowError(m_request.url)); });
    m_request.cancel.onCancel(this, [this] { end(cancelledError()); });
    m_idle.setSingleShot(true);
    m_idle.start(m_request.idleTime);
    m_deadline.setSingleShot(true);
    // A coarse timer may fire before the deadline, which would leave time for one more attempt.
    m_deadline.setTimerType(Qt::PreciseTimer);
    m_deadline.start(m_request.deadline.remaining());
}

PendingReply::~PendingReply() = default;

void PendingReply::readMore()
{
    m_idle.start();
    if (const Result<> taken = takeIn(); !taken)
        end(taken.error());
}

Result<> PendingReply::takeIn()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray piece = m_reply->readAll();
    if (!m_request.isForSink(status))
        m_received += piece;
    else if (!piece.isEmpty() && !m_request.cancel.isCancelled())
        GI_TRY(m_request.sink(status, piece));
    if (m_received.size() > m_request.maxReplyBytes)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The answer of %1 is larger than expected.").arg(m_request.url.host()));
    return {};
}

void PendingReply::reportProgress(qint64 sent, qint64 total)
{
    m_idle.start();
    // Whoever has cancelled may be gone.
    if (m_request.progress && total > 0 && !m_request.cancel.isCancelled())
        m_request.progress(sent, total);
}

void PendingReply::end(std::optional<Error> error)
{
    if (std::exchange(m_ended, true))
        return;
    m_error = std::move(error);
    m_idle.stop();
    m_deadline.stop();
    m_reply->disconnect(this);
    if (m_error)
        m_reply->abort();
    QMetaObject::invokeMethod(this, &PendingReply::done, Qt::QueuedConnection);
}

Result<HttpReply> PendingReply::take()
{
    if (m_error)
        return std::move(*m_error);
    return outcome();
}

Result<HttpReply> PendingReply::outcome()
{
    const QVariant status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!isAnswered(m_reply->error()) || !status.isValid())
        return connectionError(*m_reply);
    GI_TRY(takeIn());
    HttpReply reply;
    reply.status = status.toInt();
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        reply.headers.append({ name.toLower(), value });
    reply.body = std::move(m_received);
    return reply;
}

} // namespace graminsta::client
