// SPDX-License-Identifier: GPL-3.0-or-later
// Tolerant reading of one field. Internal to the library.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/error.h>

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace graminsta::json
{

// The text of a string or a number; empty for all else.
[[nodiscard]] QString textOf(const QJsonValue &value);

[[nodiscard]] QString text(const QJsonObject &object, const char *name);
// Nothing for null, missing, or empty.
[[nodiscard]] std::optional<QString> someText(const QJsonObject &object, const char *name);
[[nodiscard]] bool truth(const QJsonObject &object, const char *name, bool otherwise = false);
// Nothing where the field is missing or null: nobody is signed in.
[[nodiscard]] std::optional<bool> someTruth(const QJsonObject &object, const char *name);
[[nodiscard]] qint64 number(const QJsonObject &object, const char *name, qint64 otherwise = 0);
[[nodiscard]] int smallNumber(const QJsonObject &object, const char *name, int otherwise = 0);
[[nodiscard]] std::optional<Timestamp> someTime(const QJsonObject &object, const char *name);
// The epoch where there is none.
[[nodiscard]] Timestamp time(const QJsonObject &object, const char *name);
[[nodiscard]] QJsonObject object(const QJsonObject &object, const char *name);
// Cut at kMaxListItems.
[[nodiscard]] QJsonArray array(const QJsonObject &object, const char *name);
[[nodiscard]] QStringList texts(const QJsonObject &object, const char *name);

[[nodiscard]] Error unreadable(const char *entity, const char *lacking);

// Decodes each object of the array; what cannot be read is left out.
template<typename T, typename Decode> QList<T> decodeList(const QJsonArray &array, qsizetype most, Decode decode)
{
    QList<T> list;
    for (const QJsonValue value : array) {
        if (list.size() == most)
            break;
        if (auto item = decode(value.toObject()))
            list.append(std::move(item).value());
    }
    return list;
}

} // namespace graminsta::json
