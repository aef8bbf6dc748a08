// SPDX-License-Identifier: GPL-3.0-or-later
// How large the list of files of a ZIP file says that it is, before libzip reads all of it into memory: a few bytes can
// promise billions of entries. Pure function.
#pragma once

#include <graminsta/core/result.h>

#include <QString>

namespace graminsta::archive
{

// Fault::Unprocessable if the file is no ZIP file, or one with more entries or a longer list than these.
[[nodiscard]] Result<> checkBounds(const QString &file, qint64 maxEntries, qint64 maxListBytes);

} // namespace graminsta::archive
