// SPDX-License-Identifier: GPL-3.0-or-later
#include "record.h"

#include <rig/routes.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace graminsta::clients_test
{

namespace
{

struct Call {
    bool known = false;
    QSet<int> statuses;
};

} // namespace

QJsonArray callsBetween(const QByteArray &log, const QString &beginPath, const QString &endPath, const QString &without)
{
    static const QRegularExpression number(QStringLiteral("/\\d+(?=/|$)"));
    QMap<std::pair<QString, QString>, Call> calls;
    bool inside = false;
    for (const QByteArray &line : log.split('\n')) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        QString path = entry[QLatin1String("path")].toString();
        if (path == endPath)
            break;
        const bool isOthers = !without.isEmpty() && entry[QLatin1String("account")].toString() == without;
        if (inside && !path.isEmpty() && !isOthers) {
            const QString method = entry[QLatin1String("method")].toString();
            const api::Endpoint *endpoint = rig::endpointFor(method, path);
            const QString shown =
                endpoint ? QString(QLatin1String(endpoint->path)) : path.replace(number, QStringLiteral("/:id"));
            Call &call = calls[{ shown, method }];
            call.known = endpoint != nullptr;
            call.statuses.insert(entry[QLatin1String("status")].toInt());
        }
        inside = inside || path == beginPath;
    }
    QJsonArray all;
    for (auto call = calls.cbegin(); call != calls.cend(); ++call) {
        QList<int> statuses(call->statuses.begin(), call->statuses.end());
        std::sort(statuses.begin(), statuses.end());
        QJsonArray written;
        for (const int status : std::as_const(statuses))
            written.append(status);
        all.append(QJsonObject { { QStringLiteral("method"), call.key().second },
                                 { QStringLiteral("path"), call.key().first },
                                 { QStringLiteral("known"), call->known },
                                 { QStringLiteral("statuses"), written } });
    }
    return all;
}

} // namespace graminsta::clients_test
