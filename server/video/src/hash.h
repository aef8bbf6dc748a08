// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of files. Thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QString>

namespace graminsta::video
{

// Raw (32 bytes). Fault::Unavailable if the file cannot be read.
[[nodiscard]] Result<QByteArray> sha256OfFile(const QString &path);

} // namespace graminsta::video
