// SPDX-License-Identifier: GPL-3.0-or-later
// Files into the folders of a child process and out of them. Thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QString>

namespace graminsta::isolation
{

// The file under a second name, in place of what has it; as a copy where there is no second name to have.
// Fault::Unavailable.
[[nodiscard]] Result<> handOver(const QString &sourceFile, const QString &to);

// The first bytes of a file that a child says it has made. Fault::Unprocessable if it is no plain file with one name: a
// link would make us read, and show, another.
[[nodiscard]] Result<QByteArray> headOfMade(const QString &file, qint64 bytes);

// Moves such a file, once it was looked at, into a folder of ours under a fresh name with that extension (without a
// dot), which it gives. Fault::Unavailable; then it is where it was.
[[nodiscard]] Result<QString> takeOver(const QString &file, const QString &folder, QLatin1String extension);

} // namespace graminsta::isolation
