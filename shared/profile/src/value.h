// SPDX-License-Identifier: GPL-3.0-or-later
// One setting's value on its way between text and the struct. Free functions without state: thread-safe.
#pragma once

#include <graminsta/profile/profile.h>

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace graminsta::profile
{

// As it came: a file knows types, a variable is always text. std::monostate: of a type that no setting has.
using Value = std::variant<std::monostate, QString, qint64, double, bool, QStringList>;

// Where a setting lives in a Profile, and with that what type it is.
struct Bytes {
    qint64 *value;
};
using Slot = std::variant<QString *, QStringList *, bool *, int *, qint64 *, Bytes, std::chrono::milliseconds *,
                          RegistrationMode *, ReadingAccess *, ServerRole *, LogFormat *>;

struct Range {
    qint64 least = 0;
    qint64 most = 0;
};

// Writes the value to the slot. False, with nothing written, if it is of the wrong type or out of range.
[[nodiscard]] bool assign(const Slot &slot, const Range &range, const Value &value);

// What assign() takes, to follow "must be": "true or false".
[[nodiscard]] QString expectation(const Slot &slot, const Range &range);

// A variable's text as the value that the slot's type asks for; the text itself where that fails. Lists in TOML form
// are the caller's.
[[nodiscard]] Value fromVariable(const Slot &slot, const QString &text);

// The slot's value as TOML.
[[nodiscard]] QString toToml(const Slot &slot);
[[nodiscard]] QString quoted(const QString &text);

} // namespace graminsta::profile
