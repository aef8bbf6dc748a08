// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

void writeWords(JsonWriter &out, std::initializer_list<const char *> words)
{
    out.beginArray();
    for (const char *word : words) {
        out.element();
        out.value(QLatin1String(word));
    }
    out.endArray();
}

} // namespace

// https://docs.joinmastodon.org/entities/Application/#CredentialApplication
QByteArray encode(const model::Application &application)
{
    JsonWriter out;
    out.beginObject();
    out.field("id", application.id);
    out.field("name", application.name);
    out.fieldOrNull("website", application.website);
    out.key("scopes");
    write(out, application.scopes);
    out.key("redirect_uris");
    write(out, application.redirectUris);
    out.field("redirect_uri", application.redirectUris.join(QLatin1Char('\n')));
    if (!application.clientSecret.isEmpty()) {
        out.field("client_id", application.clientId);
        out.field("client_secret", application.clientSecret);
        out.field("client_secret_expires_at", 0);
    }
    out.field("vapid_key", application.vapidKey);
    out.endObject();
    return out.take();
}

// https://docs.joinmastodon.org/entities/Token/
QByteArray encode(const model::Token &token)
{
    JsonWriter out;
    out.beginObject();
    out.field("access_token", token.accessToken);
    out.field("token_type", token.tokenType);
    out.field("scope", token.scope);
    out.field("created_at", toUnixMs(token.createdAt) / 1000);
    out.endObject();
    return out.take();
}

QByteArray encodeAuthorizationServer(const QString &baseUrl, const QStringList &scopes)
{
    JsonWriter out(2048);
    const auto url = [&out, &baseUrl]<size_t N>(const char(&name)[N], const char *path) {
        out.field(name, QString(baseUrl + QLatin1String(path)));
    };
    out.beginObject();
    url("issuer", "/");
    url("authorization_endpoint", "/oauth/authorize");
    url("token_endpoint", "/oauth/token");
    url("revocation_endpoint", "/oauth/revoke");
    url("app_registration_endpoint", "/api/v1/apps");
    out.key("scopes_supported");
    write(out, scopes);
    out.key("response_types_supported");
    writeWords(out, { "code" });
    out.key("response_modes_supported");
    writeWords(out, { "query" });
    out.key("grant_types_supported");
    writeWords(out, { "authorization_code", "client_credentials" });
    out.key("token_endpoint_auth_methods_supported");
    writeWords(out, { "client_secret_basic", "client_secret_post" });
    out.key("code_challenge_methods_supported");
    writeWords(out, { "S256" });
    out.endObject();
    return out.take();
}

// https://docs.joinmastodon.org/entities/Error/
QByteArray encodeError(const QString &error, const QString &description)
{
    JsonWriter out(256);
    out.beginObject();
    out.field("error", error);
    if (!description.isEmpty())
        out.field("error_description", description);
    out.endObject();
    return out.take();
}

QByteArray encodeEmpty()
{
    return QByteArrayLiteral("{}");
}

} // namespace graminsta::json
