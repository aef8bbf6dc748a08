// SPDX-License-Identifier: GPL-3.0-or-later
// npm's sharp at the same work, in a process of its own. Not thread-safe.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace graminsta::bench
{

struct Throughput {
    double photosASecond = 0;
    double cpuSecondsAPhoto = 0;
};

// Installs it, from the lock, into `folder`. False, with the reason on standard error, where that cannot be: without
// node and npm, or without a registry.
[[nodiscard]] bool installSharp(const QString &folder);

// Every photo once for each round, so many at once. Nothing if it fails.
[[nodiscard]] std::optional<Throughput> runSharp(const QString &folder, const QStringList &photos, int atOnce,
                                                 int rounds);

} // namespace graminsta::bench
