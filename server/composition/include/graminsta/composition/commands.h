// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of graminsta-server. Each takes its own arguments (the command's words taken off), prints for a person
// or with --json for a program, and returns the exit code: 0 done, 1 failed with a reason, 2 wrong usage.
#pragma once

#include <QStringList>

namespace graminsta::composition
{

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;

[[nodiscard]] int serveCommand(const QStringList &arguments);
[[nodiscard]] int migrateCommand(const QStringList &arguments);
[[nodiscard]] int doctorCommand(const QStringList &arguments);
[[nodiscard]] int configCommand(const QStringList &arguments);
[[nodiscard]] int seedCommand(const QStringList &arguments);
[[nodiscard]] int jobsCommand(const QStringList &arguments);
[[nodiscard]] int userCommand(const QStringList &arguments);

} // namespace graminsta::composition
