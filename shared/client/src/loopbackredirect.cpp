// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/loopbackredirect.h>

#include "pause.h"

#include <graminsta/core/secrets.h>

#include <QCoroSignal>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>

namespace graminsta::client
{

// One wait. Shared with its coroutine, which may outlive the listener.
struct LoopbackRedirect::Wait {
    QByteArray state;
    std::optional<Result<QString>> outcome;
    Wakeup *wakeup = nullptr; // deleted by the event loop after the wait

    void end(Result<QString> result)
    {
        if (outcome)
            return;
        outcome = std::move(result);
        QMetaObject::invokeMethod(wakeup, &Wakeup::wake, Qt::QueuedConnection);
    }
};

namespace
{

constexpr qint64 kMaxRequestBytes = 16 * 1024;
constexpr std::chrono::seconds kRequestTime { 10 };

QByteArray page(const char *status, const char *title, const char *text)
{
    const QByteArray body =
        QByteArray("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Graminsta</title>"
                   "<style>body{font:1.1rem system-ui,sans-serif;max-width:32rem;margin:20vh auto;"
                   "padding:0 1rem;color-scheme:light dark}</style><h1>")
        + title + "</h1><p>" + text + "</p></html>\n";
    return QByteArray("HTTP/1.1 ") + status
        + "\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nCache-Control: no-store\r\n"
          "Referrer-Policy: no-referrer\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray notForUs()
{
    return page("400 Bad Request", "Nothing to see here", "This page is only for signing in to Graminsta.");
}

} // namespace

LoopbackRedirect::~LoopbackRedirect()
{
    if (m_wait)
        m_wait->end(cancelledError());
}

Result<std::unique_ptr<LoopbackRedirect>> LoopbackRedirect::listen()
{
    std::unique_ptr<LoopbackRedirect> redirect(new LoopbackRedirect);
    if (!redirect->m_server.listen(QHostAddress::LocalHost, 0))
        return makeError(Fault::Unavailable,
                         QStringLiteral("Signing in by the browser is not possible: no port is free on this computer."),
                         redirect->m_server.errorString());
    connect(&redirect->m_server, &QTcpServer::newConnection, redirect.get(), &LoopbackRedirect::accept);
    return redirect;
}

QString LoopbackRedirect::redirectUri() const
{
    return QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort());
}

QCoro::Task<Result<QString>> LoopbackRedirect::waitForCode(QByteArray state, Deadline deadline, CancelToken cancel)
{
    if (m_wait)
        m_wait->end(cancelledError());
    m_wait = std::make_shared<Wait>();
    m_wait->state = std::move(state);
    m_wait->wakeup = new Wakeup;
    return waitOn(m_wait, deadline, std::move(cancel));
}

QCoro::Task<Result<QString>> LoopbackRedirect::waitOn(std::shared_ptr<Wait> wait, Deadline deadline, CancelToken cancel)
{
    Wakeup *const wakeup = wait->wakeup;
    QTimer::singleShot(deadline.remaining(), wakeup, [wait] {
        wait->end(makeError(Fault::Timeout, QStringLiteral("Nobody agreed in the browser in time. Try again.")));
    });
    cancel.onCancel(wakeup, [wait] { wait->end(cancelledError()); });
    if (cancel.isCancelled())
        wait->end(cancelledError());
    co_await qCoro(wakeup, &Wakeup::woken);
    wakeup->deleteLater();
    co_return std::move(*wait->outcome);
}

void LoopbackRedirect::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(kRequestTime, socket, [socket] { socket->abort(); });
    }
}

void LoopbackRedirect::read(QTcpSocket *socket)
{
    const QByteArray head = socket->peek(kMaxRequestBytes);
    if (!head.contains("\r\n\r\n")) {
        if (head.size() >= kMaxRequestBytes)
            socket->abort();
        return;
    }
    socket->disconnect(this);
    socket->readAll();
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    socket->write(words.size() == 3 && words[0] == "GET" ? answerTo(words[1]) : notForUs());
    // This object may go before the event loop comes to it.
    socket->flush();
    socket->disconnectFromHost();
}

QByteArray LoopbackRedirect::answerTo(const QByteArray &target)
{
    const QUrl url = QUrl::fromEncoded("http://127.0.0.1" + target);
    const QUrlQuery query(url);
    const auto item = [&query](const char *name) {
        return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    };
    // RFC 6749 section 10.12: who does not know the state has not come from our request.
    if (!m_wait || m_wait->outcome || url.path() != QLatin1String("/")
        || !constantTimeEquals(item("state").toUtf8(), m_wait->state))
        return notForUs();
    if (const QString code = item("code"); !code.isEmpty()) {
        m_wait->end(code);
        return page("200 OK", "You are signed in", "You can close this window and go back to Graminsta.");
    }
    if (item("error") == QLatin1String("access_denied"))
        m_wait->end(makeError(Fault::Forbidden, QStringLiteral("You did not agree in the browser.")));
    else
        m_wait->end(makeError(Fault::Invalid,
                              QStringLiteral("The server refused to sign you in: %1")
                                  .arg(item("error_description").simplified().left(200)),
                              item("error").left(200)));
    return page("200 OK", "You are not signed in", "You can close this window and go back to Graminsta.");
}

} // namespace graminsta::client
