// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of a status, and the status of a row of them.
#pragma once

#include "row.h"

#include <graminsta/entities/status.h>

namespace graminsta::sql
{

// "SELECT <the columns> FROM statuses s ": what follows must not add to the columns.
[[nodiscard]] const QByteArray &selectStatus();

inline constexpr int kStatusColumns = 22;
// Of the table `statuses s`.
[[nodiscard]] const QByteArray &statusColumns();
// From the first column on.
[[nodiscard]] entities::Status statusOf(const Row &row);

} // namespace graminsta::sql
