// SPDX-License-Identifier: GPL-3.0-or-later
// Packs files into a ZIP file, reading each only while it is packed.
#pragma once

#include "zipwriter.h"

namespace graminsta::archive
{

// Marks the entries that cannot be had or are not what their hashes say; then there is no file, and it gives false.
[[nodiscard]] Result<bool> pack(const QString &file, std::vector<Entry> &entries, Timestamp time,
                                const ports::KeepGoing &keepGoing);

} // namespace graminsta::archive
