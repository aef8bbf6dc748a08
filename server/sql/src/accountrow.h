// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of an account, and the account of a row of them.
#pragma once

#include "row.h"

#include <graminsta/entities/account.h>

namespace graminsta::sql
{

inline constexpr int kAccountColumns = 16;

// Of the table `accounts a`.
[[nodiscard]] const QByteArray &accountColumns();
// From the first column on.
[[nodiscard]] entities::Account accountOf(const Row &row);

} // namespace graminsta::sql
