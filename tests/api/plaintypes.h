// SPDX-License-Identifier: GPL-3.0-or-later
// The types of JSON values that are neither entities nor enumerations: texts, times, ids. Pure, thread-safe.
#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace graminsta::api_test
{

// Whether the value is of a plain type; nothing if there is no such type.
[[nodiscard]] std::optional<bool> isPlain(const QJsonValue &value, const QString &type);

} // namespace graminsta::api_test
