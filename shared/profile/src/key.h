// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a profile as one table: reading, writing, checking and documenting all follow it. Static: thread-safe.
#pragma once

#include "value.h"

#include <span>

namespace graminsta::profile
{

struct Key {
    const char *section; // "" for the keys at the top
    const char *name;
    const char *text; // what it decides
    Slot (*slot)(Profile &);
    Range range {};
    // What is wrong with a text of the right type, to follow "must be"; empty if nothing.
    QString (*problem)(const QString &) = nullptr;
    bool holdsPassword = false; // a URL that may have one

    [[nodiscard]] QString path() const; // "server.listen"
    [[nodiscard]] QString variable() const; // "GRAMINSTA_SERVER_LISTEN"
};

[[nodiscard]] std::span<const Key> keys();
// Null if there is none.
[[nodiscard]] const Key *findKey(const QString &section, const QString &name);

// The key, or "[section]", that was most likely meant by a name that is none; never empty.
[[nodiscard]] QString nearestKey(const QString &path);
[[nodiscard]] QString nearestSection(const QString &section);

} // namespace graminsta::profile
