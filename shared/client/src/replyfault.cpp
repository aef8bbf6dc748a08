// SPDX-License-Identifier: GPL-3.0-or-later
#include "replyfault.h"

#include <graminsta/json/decode.h>

#include <QLocale>

#include <algorithm>

namespace graminsta::client
{

namespace
{

// What a server says is shown as it is, but not at any length.
constexpr qsizetype kLongestText = 400;

bool isHtml(const HttpReply &reply)
{
    return reply.header("content-type").toLower().startsWith("text/html");
}

bool isRedirection(int status)
{
    return status >= 300 && status < 400 && status != 304;
}

QString inWords(std::chrono::milliseconds duration)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(duration).count();
    if (minutes <= 1)
        return QStringLiteral("in a minute");
    if (minutes < 90)
        return QStringLiteral("in %1 minutes").arg(minutes);
    return QStringLiteral("in %1 hours").arg((minutes + 59) / 60);
}

// For what the server says itself, the text of the answer; `otherwise` if it says nothing.
QString said(const json::ErrorBody &body, const QString &otherwise)
{
    const QString text = (body.description.isEmpty() ? body.error : body.description).simplified();
    return text.isEmpty() ? otherwise : text.left(kLongestText);
}

Error signedOut(const QString &host)
{
    return makeError(Fault::Unauthorized, QStringLiteral("You are signed out at %1. Sign in again.").arg(host));
}

Error rateLimited(const HttpReply &reply, const QString &host)
{
    const auto wait = requestedPause(reply, SystemClock().now());
    const QString when = wait ? inWords(*wait) : QStringLiteral("later");
    return makeError(Fault::RateLimited,
                     QStringLiteral("%1 has had too many requests from you. Try again %2.").arg(host, when));
}

Error clientFault(const HttpReply &reply, const json::ErrorBody &body, const Session &session)
{
    const QString host = session.baseUrl.host();
    switch (reply.status) {
    case 401:
        if (!session.token.isEmpty())
            return signedOut(host);
        return makeError(Fault::Unauthorized, said(body, QStringLiteral("Sign in at %1 to do this.").arg(host)));
    case 403:
    case 451:
        return makeError(Fault::Forbidden, said(body, QStringLiteral("%1 does not allow this.").arg(host)));
    case 404:
        return makeError(Fault::NotFound, QStringLiteral("This does not exist at %1, or no longer.").arg(host));
    case 409:
        return makeError(Fault::Conflict, said(body, QStringLiteral("This has changed meanwhile.")));
    case 410:
        return makeError(Fault::Gone, QStringLiteral("This has been removed from %1.").arg(host));
    case 413:
        return makeError(Fault::TooLarge, said(body, QStringLiteral("This is larger than %1 accepts.").arg(host)));
    case 415:
        return makeError(Fault::UnsupportedType,
                         said(body, QStringLiteral("%1 does not accept this kind of file.").arg(host)));
    case 422:
        return makeError(Fault::Unprocessable, said(body, QStringLiteral("%1 did not accept this.").arg(host)));
    case 429:
        return rateLimited(reply, host);
    default:
        // Pixelfed's way to say that the first attempt has come through.
        if (body.error.contains(QLatin1String("idempotency"), Qt::CaseInsensitive))
            return makeError(
                Fault::Conflict,
                QStringLiteral("%1 has had this already. Look at your profile before you send it again.").arg(host));
        return makeError(Fault::Invalid, said(body, QStringLiteral("%1 did not understand the request.").arg(host)));
    }
}

Error redirected(const HttpReply &reply, const Session &session)
{
    const QByteArray location = reply.header("location");
    const QByteArray path = QUrl::fromEncoded(location).path().toLatin1();
    if (!session.token.isEmpty() && (path.contains("login") || path.contains("sign_in")))
        return signedOut(session.baseUrl.host());
    return makeError(
        Fault::Unavailable,
        QStringLiteral("The server at %1 has moved or leads elsewhere. Check its address.").arg(session.baseUrl.host()),
        QString::fromUtf8(location));
}

} // namespace

std::optional<Error> faultOf(const HttpReply &reply, const Session &session)
{
    const QString host = session.baseUrl.host();
    if (isRedirection(reply.status))
        return redirected(reply, session);
    if (reply.status < 400) {
        if (!isHtml(reply))
            return std::nullopt;
        if (!session.token.isEmpty())
            return signedOut(host);
        return makeError(Fault::NotFound, QStringLiteral("%1 is not a server that Graminsta can talk to.").arg(host));
    }
    const json::ErrorBody body = json::decodeError(reply.body);
    if (reply.status >= 500) {
        const QString text = reply.status == 500
            ? QStringLiteral("The server at %1 has a problem. Try again later.")
            : QStringLiteral("The server at %1 is not available just now. Try again later.");
        return makeError(Fault::Unavailable, text.arg(host),
                         QStringLiteral("status %1: %2").arg(reply.status).arg(body.error.left(kLongestText)));
    }
    Error error = clientFault(reply, body, session);
    error.detail = QStringLiteral("status %1").arg(reply.status);
    if (!body.description.isEmpty())
        error.code = body.error;
    return error;
}

std::optional<std::chrono::milliseconds> requestedPause(const HttpReply &reply, Timestamp now)
{
    const QByteArray after = reply.header("retry-after");
    bool isNumber = false;
    if (const qint64 seconds = after.toLongLong(&isNumber); isNumber && seconds >= 0)
        return std::chrono::seconds { std::min<qint64>(seconds, 24 * 3600) };
    // RFC 9110 section 10.2.3 allows a date, which Qt reads in its commonest form.
    std::optional<Timestamp> until;
    const QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(after), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (date.isValid())
        until = fromUnixMs(QDateTime(date.date(), date.time(), Qt::UTC).toMSecsSinceEpoch());
    else if (reply.status == 429)
        until = fromRfc3339(QString::fromLatin1(reply.header("x-ratelimit-reset")));
    if (!until)
        return std::nullopt;
    return std::clamp<std::chrono::milliseconds>(*until - now, std::chrono::seconds { 0 }, std::chrono::hours { 24 });
}

} // namespace graminsta::client
