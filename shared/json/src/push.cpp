// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/push.h>

#include <graminsta/json/writer.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::json
{

QByteArray encode(const model::PushSubscription &subscription)
{
    QJsonObject alerts;
    for (const QString &name : model::pushAlertNames())
        alerts.insert(name, subscription.alerts.contains(name));
    return QJsonDocument(QJsonObject { { QStringLiteral("id"), subscription.id },
                                       { QStringLiteral("endpoint"), subscription.endpoint },
                                       { QStringLiteral("standard"), subscription.standard },
                                       { QStringLiteral("alerts"), alerts },
                                       { QStringLiteral("policy"), subscription.policy },
                                       { QStringLiteral("server_key"), subscription.serverKey } })
        .toJson(QJsonDocument::Compact);
}

QByteArray encode(const model::PushMessage &message)
{
    JsonWriter out(512);
    out.beginObject();
    out.field("access_token", QLatin1String(""));
    out.field("preferred_locale", message.preferredLocale);
    out.field("notification_id", message.notificationId);
    out.field("notification_type", message.notificationType);
    out.field("icon", message.icon);
    out.field("title", message.title);
    out.field("body", message.body);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
