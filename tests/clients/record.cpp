// SPDX-License-Identifier: GPL-3.0-or-later
#include "record.h"

#include <graminsta/api/endpoint.h>

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

bool matches(const QStringList &path, const QStringList &pattern)
{
    return path.size() == pattern.size()
        && std::equal(path.begin(), path.end(), pattern.begin(), [](const QString &part, const QString &expected) {
               return part == expected || expected.startsWith(QLatin1Char(':'));
           });
}

// As the table writes it; empty if there is none. Of two that match, the one with fewer parameters.
QString endpointOf(const QString &method, const QString &path)
{
    QString found;
    const QStringList parts = path.split(QLatin1Char('/'));
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QString pattern = QLatin1String(endpoint.path);
        if (method == api::verbName(endpoint.verb) && matches(parts, pattern.split(QLatin1Char('/')))
            && (found.isEmpty() || pattern.count(QLatin1Char(':')) < found.count(QLatin1Char(':'))))
            found = pattern;
    }
    return found;
}

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
            while (path.size() > 1 && path.endsWith(QLatin1Char('/')))
                path.chop(1);
            const QString method = entry[QLatin1String("method")].toString();
            const QString endpoint = endpointOf(method, path);
            const QString shown = endpoint.isEmpty() ? path.replace(number, QStringLiteral("/:id")) : endpoint;
            Call &call = calls[{ shown, method }];
            call.known = !endpoint.isEmpty();
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
