// SPDX-License-Identifier: GPL-3.0-or-later
#include "reader.h"

#include <graminsta/json/decode.h>

#include <QJsonDocument>

#include <algorithm>
#include <limits>

namespace graminsta::json
{

namespace
{

QJsonValue field(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name));
}

std::optional<qint64> numberOf(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toInteger(static_cast<qint64>(std::clamp(value.toDouble(), -9e15, 9e15)));
    bool ok = false;
    const qint64 parsed = value.toString().toLongLong(&ok);
    return ok ? std::optional(parsed) : std::nullopt;
}

Error notJson()
{
    return makeError(Fault::Internal, QStringLiteral("The server's answer cannot be read."),
                     QStringLiteral("not the JSON that was expected"));
}

} // namespace

QString textOf(const QJsonValue &value)
{
    if (value.isDouble()) {
        // Ids as numbers go beyond what a double holds.
        constexpr qint64 kNone = std::numeric_limits<qint64>::min();
        const qint64 integer = value.toInteger(kNone);
        return integer == kNone ? QString::number(value.toDouble()) : QString::number(integer);
    }
    return value.toString().left(kMaxTextLength);
}

QString text(const QJsonObject &object, const char *name)
{
    return textOf(field(object, name));
}

std::optional<QString> someText(const QJsonObject &object, const char *name)
{
    const QString found = text(object, name);
    return found.isEmpty() ? std::nullopt : std::optional(found);
}

std::optional<bool> someTruth(const QJsonObject &object, const char *name)
{
    const QJsonValue value = field(object, name);
    if (value.isBool())
        return value.toBool();
    if (value.isDouble())
        return value.toDouble() != 0;
    if (value.isString())
        return value.toString() == QLatin1String("true") || value.toString() == QLatin1String("1");
    return std::nullopt;
}

bool truth(const QJsonObject &object, const char *name, bool otherwise)
{
    return someTruth(object, name).value_or(otherwise);
}

qint64 number(const QJsonObject &object, const char *name, qint64 otherwise)
{
    return numberOf(field(object, name)).value_or(otherwise);
}

int smallNumber(const QJsonObject &object, const char *name, int otherwise)
{
    constexpr qint64 kLeast = std::numeric_limits<int>::min();
    constexpr qint64 kMost = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp(number(object, name, otherwise), kLeast, kMost));
}

std::optional<Timestamp> someTime(const QJsonObject &object, const char *name)
{
    return fromRfc3339(text(object, name));
}

Timestamp time(const QJsonObject &object, const char *name)
{
    return someTime(object, name).value_or(Timestamp {});
}

QJsonObject object(const QJsonObject &object, const char *name)
{
    return field(object, name).toObject();
}

QJsonArray array(const QJsonObject &object, const char *name)
{
    QJsonArray found = field(object, name).toArray();
    while (found.size() > kMaxListItems)
        found.removeLast();
    return found;
}

QStringList texts(const QJsonObject &object, const char *name)
{
    QStringList list;
    for (const QJsonValue value : array(object, name)) {
        if (const QString found = textOf(value); !found.isEmpty())
            list.append(found);
    }
    return list;
}

Error unreadable(const char *entity, const char *lacking)
{
    return makeError(Fault::Internal, QStringLiteral("The server's answer cannot be read."),
                     QStringLiteral("%1 without %2").arg(QLatin1String(entity), QLatin1String(lacking)));
}

Result<QJsonObject> parseObject(const QByteArray &document)
{
    const QJsonDocument parsed = QJsonDocument::fromJson(document);
    if (!parsed.isObject())
        return notJson();
    return parsed.object();
}

Result<QJsonArray> parseArray(const QByteArray &document)
{
    const QJsonDocument parsed = QJsonDocument::fromJson(document);
    if (!parsed.isArray())
        return notJson();
    return parsed.array();
}

ErrorBody decodeError(const QByteArray &document)
{
    const QJsonObject object = QJsonDocument::fromJson(document).object();
    ErrorBody body { text(object, "error"), text(object, "error_description") };
    // Laravel, and with it Pixelfed, says "message" where it validates.
    if (body.error.isEmpty())
        body.error = text(object, "message");
    return body;
}

} // namespace graminsta::json
