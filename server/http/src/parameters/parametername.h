// SPDX-License-Identifier: GPL-3.0-or-later
// The many spellings of one parameter's name. Plain functions; thread-safe.
#pragma once

#include <QString>
#include <QStringList>

namespace graminsta::http
{

// "a[b][]" as { "a", "b", "" }; a name whose brackets do not match is one part as it is.
[[nodiscard]] QStringList nameParts(const QString &name);
[[nodiscard]] QString joinedName(const QStringList &parts);

// Whether a part stands for a place in a list: "" or digits.
[[nodiscard]] bool isListIndex(const QString &part);

} // namespace graminsta::http
