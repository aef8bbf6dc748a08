// SPDX-License-Identifier: GPL-3.0-or-later
// Percent-encoding to text. Plain functions; thread-safe.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace graminsta::http
{

enum class PercentRule {
    Path, // a plus is a plus; a broken escape is an error
    Form, // a plus is a space; a broken escape stays as it is, as browsers have it
};

// Nothing if the bytes are not UTF-8 or hold a NUL, which no database takes.
[[nodiscard]] std::optional<QString> decodePercent(QByteArrayView text, PercentRule rule);
[[nodiscard]] std::optional<QString> decodeUtf8(QByteArrayView bytes);

} // namespace graminsta::http
