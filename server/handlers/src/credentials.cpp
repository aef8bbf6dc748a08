// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "pixelfed/dialect.h"
#include "views/views.h"

#include <graminsta/json/encode.h>
#include <graminsta/json/writer.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

Response ownResponse(const RequestContext &context, const domain::OwnAccount &own)
{
    return Response::json(encoded(context, ownAccountView(own, context.baseUrl)));
}

// Mastodon's form for sign-up: the message, and by field what is wrong with it, so that a client can mark it.
// https://docs.joinmastodon.org/methods/accounts/#422-unprocessable-entity
Response validationResponse(const Error &error)
{
    const QByteArray message = error.safe.toUtf8();
    const bool taken = message.contains("taken");
    json::JsonWriter writer;
    writer.beginObject();
    writer.field("error", error.safe);
    writer.key("details");
    writer.beginObject();
    const auto put = [&](auto &name) {
        writer.key(name);
        writer.beginArray();
        writer.element();
        writer.beginObject();
        writer.field("error", taken ? QStringLiteral("ERR_TAKEN") : QStringLiteral("ERR_INVALID"));
        writer.field("description", error.safe);
        writer.endObject();
        writer.endArray();
    };
    if (error.code == QLatin1String("username"))
        put("username");
    else if (error.code == QLatin1String("email"))
        put("email");
    else if (error.code == QLatin1String("password"))
        put("password");
    else if (error.code == QLatin1String("reason"))
        put("reason");
    else if (error.code == QLatin1String("invite_code"))
        put("invite_code");
    else
        put("agreement");
    writer.endObject();
    writer.endObject();
    return Response::json(writer.take(), 422);
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    domain::SignUpRequest request;
    request.username = context.parameters.text(QStringLiteral("username")).value_or(QString());
    request.email = context.parameters.text(QStringLiteral("email")).value_or(QString());
    request.password = context.parameters.text(QStringLiteral("password")).value_or(QString());
    request.locale = context.parameters.text(QStringLiteral("locale")).value_or(QString());
    request.reason = context.parameters.text(QStringLiteral("reason")).value_or(QString());
    request.invite = context.parameters.text(QStringLiteral("invite_code")).value_or(QString());
    request.agreement = GI_TRY(flag(context, QStringLiteral("agreement")));
    const Result<domain::IssuedToken> issued = services.signUp.run(context.viewer, request, context.deadline);
    if (!issued) {
        const Error &error = issued.error();
        if (error.fault == Fault::Unprocessable && !error.code.isEmpty())
            return validationResponse(error);
        return error;
    }
    return tokenResponse(*issued);
}

Result<Response> verify(const RequestContext &context, const Services &services)
{
    return ownResponse(context, GI_TRY(services.showAccounts.own(context.viewer, context.deadline)));
}

// "fields_attributes[0][name]", as forms and JSON objects come out; a JSON list of objects does the same.
std::optional<QList<entities::ProfileField>> profileFields(const http::Parameters &parameters)
{
    const QString prefix = QStringLiteral("fields_attributes[");
    QStringList indices;
    for (const QString &name : parameters.namesBeginningWith(prefix)) {
        const QString index = name.mid(prefix.size()).section(QLatin1Char(']'), 0, 0);
        if (!indices.contains(index))
            indices.append(index);
    }
    if (indices.isEmpty())
        return std::nullopt;
    QList<entities::ProfileField> fields;
    for (const QString &index : indices) {
        const QString field = prefix + index + QLatin1Char(']');
        fields.append({ parameters.text(field + QStringLiteral("[name]")).value_or(QString()),
                        parameters.text(field + QStringLiteral("[value]")).value_or(QString()) });
    }
    return fields;
}

std::optional<QString> filePath(const http::Parameters &parameters, const QString &name)
{
    const http::UploadedFile *file = parameters.file(name);
    return file && file->size > 0 ? std::optional<QString>(file->path) : std::nullopt;
}

Result<std::optional<entities::Visibility>> defaultVisibility(const http::Parameters &parameters)
{
    const std::optional<QString> name = parameters.text(QStringLiteral("source[privacy]"));
    if (!name)
        return std::optional<entities::Visibility> {};
    const std::optional<entities::Visibility> visibility = visibilityFromName(*name);
    if (!visibility || *visibility == entities::Visibility::Direct)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: source[privacy] must be public, unlisted or private"));
    return visibility;
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const http::Parameters &parameters = context.parameters;
    domain::ProfileChange change;
    change.displayName = parameters.text(QStringLiteral("display_name"));
    change.note = parameters.text(QStringLiteral("note"));
    change.avatarFile = filePath(parameters, QStringLiteral("avatar"));
    change.headerFile = filePath(parameters, QStringLiteral("header"));
    change.locked = GI_TRY(parameters.boolean(QStringLiteral("locked")));
    change.bot = GI_TRY(parameters.boolean(QStringLiteral("bot")));
    change.discoverable = GI_TRY(parameters.boolean(QStringLiteral("discoverable")));
    change.fields = profileFields(parameters);
    change.defaultVisibility = GI_TRY(defaultVisibility(parameters));
    change.defaultSensitive = GI_TRY(parameters.boolean(QStringLiteral("source[sensitive]")));
    change.defaultLanguage = parameters.text(QStringLiteral("source[language]"));
    change.defaultLicense = GI_TRY(licenseParameter(context, QStringLiteral("license")));
    return ownResponse(context, GI_TRY(services.updateCredentials.run(context.viewer, change, context.deadline)));
}

} // namespace

void addCredentialHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("accounts.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("accounts.verify", [&](const RequestContext &context) { return verify(context, services); });
    table.insert("accounts.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("accounts.updateByPost", [&](const RequestContext &context) { return update(context, services); });
}

} // namespace graminsta::handlers
