// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include "common.h"
#include "push/pushview.h"

#include <graminsta/json/encode.h>
#include <graminsta/json/push.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

QString text(const RequestContext &context, const char *name)
{
    return context.parameters.text(QLatin1String(name)).value_or(QString());
}

// Of 65 and of 16 bytes; what is none is refused where it is checked. Clients pad it or not, and take either alphabet.
QByteArray keyParameter(const RequestContext &context, const char *name)
{
    QByteArray value = text(context, name).toLatin1();
    value.replace('+', '-').replace('/', '_');
    const auto key =
        QByteArray::fromBase64Encoding(value, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return key ? key.decoded : QByteArray();
}

Result<domain::PushWishes> wishes(const RequestContext &context)
{
    domain::PushWishes wanted;
    for (const QString &name : model::pushAlertNames()) {
        if (GI_TRY(flag(context, QStringLiteral("data[alerts][%1]").arg(name))))
            wanted.alerts.append(name);
    }
    // At the top in Mastodon's documentation, and among the data in its clients.
    QString policy = text(context, "data[policy]");
    if (policy.isEmpty())
        policy = text(context, "policy");
    const auto found = pushPolicyFromName(policy);
    if (!policy.isEmpty() && !found)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("Validation failed: Policy must be all, followed, follower or none"));
    wanted.policy = found.value_or(entities::PushPolicy::All);
    return wanted;
}

Response answer(const entities::PushSubscription &subscription, const Services &services)
{
    return Response::json(json::encode(pushSubscriptionView(subscription, services.pushSubscriptions.serverKey())));
}

Result<Response> create(const RequestContext &context, const Services &services)
{
    domain::PushRequest request;
    request.endpoint = text(context, "subscription[endpoint]");
    request.publicKey = keyParameter(context, "subscription[keys][p256dh]");
    request.authSecret = keyParameter(context, "subscription[keys][auth]");
    request.standard = GI_TRY(flag(context, QStringLiteral("subscription[standard]")));
    request.wishes = GI_TRY(wishes(context));
    return answer(GI_TRY(services.pushSubscriptions.create(context.viewer, request, context.deadline)), services);
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    return answer(GI_TRY(services.pushSubscriptions.show(context.viewer, context.deadline)), services);
}

Result<Response> update(const RequestContext &context, const Services &services)
{
    const domain::PushWishes wanted = GI_TRY(wishes(context));
    return answer(GI_TRY(services.pushSubscriptions.update(context.viewer, wanted, context.deadline)), services);
}

Result<Response> remove(const RequestContext &context, const Services &services)
{
    GI_TRY(services.pushSubscriptions.remove(context.viewer, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addPushHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("push.create", [&](const RequestContext &context) { return create(context, services); });
    table.insert("push.show", [&](const RequestContext &context) { return show(context, services); });
    table.insert("push.update", [&](const RequestContext &context) { return update(context, services); });
    table.insert("push.delete", [&](const RequestContext &context) { return remove(context, services); });
}

} // namespace graminsta::handlers
