// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the counts of files in use agree with the rows that name them. Whatever counts a file (SqlBlobs::countUp) is
// known here too, else a repair would take its files.
#pragma once

#include "connection.h"

#include <QStringList>

namespace graminsta::sql
{

// A line for each that does not, at most `maxLines`. Media that are not counted yet count for nothing, here too.
[[nodiscard]] Result<> findMiscounted(Connection &connection, int maxLines, const Deadline &deadline,
                                      QStringList &damage);
// Sets them right, also while servers run, and says which.
[[nodiscard]] Result<> repairCounts(Connection &connection, const Deadline &deadline, QStringList &repaired);

} // namespace graminsta::sql
