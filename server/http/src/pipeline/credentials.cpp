// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/credentials.h"

#include "stream/handshake.h"

namespace graminsta::http
{

namespace
{

constexpr QByteArrayView kScheme("bearer ");

// Browsers let a page set no header of a WebSocket but this one.
QByteArray socketToken(const RequestHead &head)
{
    return listHolds(head.header("upgrade"), "websocket") ? firstOfList(head.header("sec-websocket-protocol"))
                                                          : QByteArray();
}

} // namespace

QByteArray headerToken(const RequestHead &head)
{
    const QByteArray value = head.header("authorization");
    if (value.size() <= kScheme.size()
        || QByteArrayView(value).first(kScheme.size()).compare(kScheme, Qt::CaseInsensitive) != 0)
        return socketToken(head);
    return value.mid(kScheme.size()).trimmed();
}

QByteArray bearerToken(const RequestHead &head, const Parameters &parameters)
{
    const QByteArray token = headerToken(head);
    return token.isEmpty() ? parameters.text(QStringLiteral("access_token")).value_or(QString()).toUtf8() : token;
}

bool mayHoldToken(const RequestHead &head)
{
    return !headerToken(head).isEmpty() || head.query().contains("access_token=");
}

Error invalidToken()
{
    return makeError(Fault::Unauthorized, QStringLiteral("The access token is invalid"));
}

Error tooLargeError(qint64 size, qint64 limit)
{
    return makeError(
        Fault::TooLarge,
        QStringLiteral("The request is too large: it has %1 bytes, and the limit is %2 bytes").arg(size).arg(limit));
}

Result<> checkAccess(const api::Endpoint &endpoint, const entities::Viewer &viewer, Guests guests)
{
    if (endpoint.access == api::Access::Optional && guests == Guests::Refused && !viewer.hasAccount())
        return makeError(Fault::Unauthorized, QStringLiteral("This method requires an authenticated user"));
    const bool needsToken = endpoint.access == api::Access::User || endpoint.access == api::Access::Application;
    if (viewer.isAnonymous()) {
        if (needsToken)
            return invalidToken();
        return {};
    }
    if (endpoint.access == api::Access::User && !viewer.hasAccount())
        return makeError(Fault::Unprocessable, QStringLiteral("This method requires an authenticated user"));
    if (endpoint.scope && !viewer.scopes.grant(QLatin1String(endpoint.scope)))
        return makeError(Fault::Forbidden, QStringLiteral("This action is outside the authorized scopes"));
    return {};
}

} // namespace graminsta::http
