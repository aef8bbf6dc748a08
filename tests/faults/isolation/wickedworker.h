// SPDX-License-Identifier: GPL-3.0-or-later
// The child of these tests: it does what it is told, and tells what came of it.
#pragma once

#include <graminsta/isolation/childpool.h>

#include <QJsonObject>
#include <QString>

namespace graminsta::test
{

inline constexpr const char *kWickedWorker = "wicked-worker";
inline constexpr const char *kParentOfSome = "parent-of-some";

// What a request may ask for under "do"; "path" or "number" say more. Each answer has "ok" and "errno".
[[nodiscard]] int runWickedWorker();

// A pool of such children, with their folders here.
[[nodiscard]] isolation::ChildPoolSettings settingsIn(const QString &folder);
[[nodiscard]] QJsonObject deed(const char *name, const QString &path = {}, qint64 number = 0);

// Holds two children that work, and prints their process ids, until it is killed.
[[nodiscard]] int runParentOfSome(const QString &folder);

} // namespace graminsta::test
