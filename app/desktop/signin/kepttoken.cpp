// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/signin/kepttoken.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta
{

QString toText(const KeptToken &kept)
{
    const QJsonObject json { { QStringLiteral("token"), kept.token },
                             { QStringLiteral("client_id"), kept.clientId },
                             { QStringLiteral("client_secret"), kept.clientSecret } };
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

KeptToken keptTokenFrom(const QString &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    return { json[QLatin1String("token")].toString(), json[QLatin1String("client_id")].toString(),
             json[QLatin1String("client_secret")].toString() };
}

} // namespace graminsta
