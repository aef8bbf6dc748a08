// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/faultresponse.h"

#include "reply/replywriter.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::http
{

namespace
{

constexpr int kRetryAfterLimit = 60;
constexpr int kRetryAfterUnavailable = 5;

QByteArray errorJson(const QString &error, const QString &description)
{
    QJsonObject object { { QStringLiteral("error"), error } };
    if (!description.isEmpty())
        object.insert(QStringLiteral("error_description"), description);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray errorPage(int status, const QString &message)
{
    const QString title = QString::number(status) + QLatin1Char(' ') + QString::fromLatin1(reasonPhrase(status));
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%1</title></head>"
                          "<body><h1>%1</h1><p>%2</p></body></html>\n")
        .arg(title.toHtmlEscaped(), message.toHtmlEscaped())
        .toUtf8();
}

} // namespace

ErrorStyle errorStyle(QByteArrayView path)
{
    for (const QByteArrayView prefix :
         { QByteArrayView("/api"), QByteArrayView("/oauth/token"), QByteArrayView("/oauth/revoke"),
           QByteArrayView("/nodeinfo"), QByteArrayView("/.well-known"), QByteArrayView("/healthz"),
           QByteArrayView("/health"), QByteArrayView("/readyz"), QByteArrayView("/files") }) {
        if (path.startsWith(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/'))
            return ErrorStyle::Json;
    }
    return ErrorStyle::Page;
}

int faultStatus(Fault fault)
{
    switch (fault) {
    case Fault::Invalid:
        return 400;
    case Fault::Unauthorized:
        return 401;
    case Fault::Forbidden:
        return 403;
    case Fault::NotFound:
        return 404;
    // Mastodon answers a name that is taken with 422: the domain says Unprocessable there.
    case Fault::Conflict:
        return 409;
    case Fault::Gone:
        return 410;
    case Fault::TooLarge:
        return 413;
    case Fault::Unprocessable:
    // Not 415: "Validation failed: File content type is invalid" is what clients of this API know.
    case Fault::UnsupportedType:
        return 422;
    case Fault::RateLimited:
        return 429;
    case Fault::Unavailable:
    case Fault::Timeout:
    case Fault::Cancelled:
        return 503;
    case Fault::Internal:
        return 500;
    }
    return 500;
}

Response statusResponse(int status, const QString &message, ErrorStyle style)
{
    return style == ErrorStyle::Json ? Response::json(errorJson(message, {}), status)
                                     : Response::html(errorPage(status, message), status);
}

Response faultResponse(const Error &error, ErrorStyle style, const QString &requestId)
{
    const int status = faultStatus(error.fault);
    if (error.fault == Fault::Internal)
        return statusResponse(status, QStringLiteral("Something went wrong on our side (request %1)").arg(requestId),
                              style);
    const QString message = error.safe.isEmpty() ? QString::fromLatin1(reasonPhrase(status)) : error.safe;
    Response response = statusResponse(status, message, style);
    if (style == ErrorStyle::Json && !error.code.isEmpty())
        response.body = errorJson(error.code, message);
    if (error.fault == Fault::RateLimited)
        response.headers.emplaceBack("Retry-After", QByteArray::number(kRetryAfterLimit));
    else if (status == 503)
        response.headers.emplaceBack("Retry-After", QByteArray::number(kRetryAfterUnavailable));
    else if (status == 401)
        response.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"Graminsta\""); // RFC 6750 section 3
    return response;
}

} // namespace graminsta::http
