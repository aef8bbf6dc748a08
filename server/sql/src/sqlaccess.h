// SPDX-License-Identifier: GPL-3.0-or-later
// What the rest of this library, and no other, may do with a database besides its ports.
#pragma once

#include "transactionrunner.h"

#include <graminsta/sql/sqldatabase.h>

namespace graminsta::sql
{

class SqlAccess
{
public:
    [[nodiscard]] static TransactionRunner &transactions(SqlDatabase &database);
};

} // namespace graminsta::sql
