// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a profile from a TOML file and from the environment, and writes one. Free functions without state: thread-safe.
//
// - Each key can be set by a variable: `[registrations] mode` by GRAMINSTA_REGISTRATIONS_MODE, which wins over the
// file.
//   In a variable a list is separated by commas, or written as in TOML: ["one", "two, three"].
// - Sizes are bytes or text with a unit ("25 MB", "25 MiB"); times are seconds or text with a unit ("500 ms", "2 min").
// - Secrets stay out of both: "${file:/run/secrets/db}" anywhere in a text is replaced by what that file holds, without
//   the line break at its end.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/profile/profile.h>

#include <QList>
#include <QProcessEnvironment>

namespace graminsta::profile
{

// The defaults, then the file at `path` (empty: none), then the environment. Fault::Invalid with everything that is
// wrong, one finding a line with its place ("stage-10.toml:7: ..."); Fault::NotFound if there is no such file.
// Variables that begin with GRAMINSTA_ and mean nothing are only logged as warnings: they may belong to a later
// version.
[[nodiscard]] Result<Profile> load(const QString &path, const QProcessEnvironment &environment);

// The whole profile as TOML that load() reads. Passwords in URLs are replaced by stars.
[[nodiscard]] QString toToml(const Profile &profile);

// What can be said of one key, for `config keys` and for the documentation.
struct KeyDescription {
    QString key; // "server.listen"
    QString variable; // "GRAMINSTA_SERVER_LISTEN"
    QString type; // "a whole number from 1 to 64"
    QString defaultValue; // as TOML
    QString text; // what it decides
};

// Every key, in the order of toToml().
[[nodiscard]] QList<KeyDescription> describeKeys();

} // namespace graminsta::profile
