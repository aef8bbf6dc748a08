// SPDX-License-Identifier: GPL-3.0-or-later
// Web Push as the API speaks of it. Values. https://docs.joinmastodon.org/methods/push/
#pragma once

#include <QString>
#include <QStringList>

namespace graminsta::model
{

// The types of notifications that Mastodon lets a client choose among.
[[nodiscard]] inline const QStringList &pushAlertNames()
{
    static const QStringList names { QStringLiteral("mention"),        QStringLiteral("status"),
                                     QStringLiteral("reblog"),         QStringLiteral("follow"),
                                     QStringLiteral("follow_request"), QStringLiteral("favourite"),
                                     QStringLiteral("poll"),           QStringLiteral("update"),
                                     QStringLiteral("admin.sign_up"),  QStringLiteral("admin.report") };
    return names;
}

struct PushSubscription {
    QString id;
    QString endpoint;
    bool standard = false;
    QStringList alerts; // those that are on
    QString policy;
    QString serverKey;
};

// What is pushed.
struct PushMessage {
    QString preferredLocale;
    qint64 notificationId = 0;
    QString notificationType;
    QString icon;
    QString title;
    QString body;
};

} // namespace graminsta::model
