// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/decode.h>

#include "reader.h"

namespace graminsta::json
{

Result<model::Application> decodeApplication(const QJsonObject &from)
{
    model::Application application;
    application.clientId = text(from, "client_id");
    application.clientSecret = text(from, "client_secret");
    if (application.clientId.isEmpty())
        return unreadable("CredentialApplication", "client_id");
    if (application.clientSecret.isEmpty())
        return unreadable("CredentialApplication", "client_secret");
    application.id = text(from, "id");
    application.name = text(from, "name");
    application.website = text(from, "website");
    application.scopes = texts(from, "scopes");
    application.redirectUris = texts(from, "redirect_uris");
    // Before 4.3 there was one text with a line for each.
    if (application.redirectUris.isEmpty())
        application.redirectUris = text(from, "redirect_uri").split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    application.vapidKey = text(from, "vapid_key");
    return application;
}

Result<model::Token> decodeToken(const QJsonObject &from)
{
    model::Token token;
    token.accessToken = text(from, "access_token");
    if (token.accessToken.isEmpty())
        return unreadable("Token", "access_token");
    token.tokenType = someText(from, "token_type").value_or(QStringLiteral("Bearer"));
    token.scope = text(from, "scope");
    token.createdAt = fromUnixMs(number(from, "created_at") * 1000);
    return token;
}

} // namespace graminsta::json
