// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of files, by OpenSSL: ten times as fast as QCryptographicHash, which counts with photos. Thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QString>

namespace graminsta::media
{

// Raw (32 bytes). Fault::Unavailable if the file cannot be read.
[[nodiscard]] Result<QByteArray> sha256OfFile(const QString &path);

} // namespace graminsta::media
