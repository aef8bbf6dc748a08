// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a database is whole: its file and references (SQLite; PostgreSQL keeps its own), and every counter what the
// facts say. For one thread.
#pragma once

#include "connection.h"

#include <QStringList>

namespace graminsta::sql
{

// What is wrong, a line each for an operator to read; empty if nothing is. It reads everything.
[[nodiscard]] Result<QStringList> findDamage(Connection &connection, const Deadline &deadline);

// Sets each counter that differs from the facts, and says which, a line each. Servers may run: a counter that changes
// at this moment is left to its change. `connection` may write and is in no transaction.
[[nodiscard]] Result<QStringList> repairCounters(Connection &connection, const Deadline &deadline);

} // namespace graminsta::sql
