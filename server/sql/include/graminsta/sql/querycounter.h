// SPDX-License-Identifier: GPL-3.0-or-later
// How many statements this thread has sent to a database since it began: tests take the difference to hold a page to
// its number of queries. BEGIN, COMMIT and the like do not count; those of a write on SQLite run on the writer's
// thread.
#pragma once

#include <QtGlobal>

namespace graminsta::sql
{

[[nodiscard]] qint64 queriesByThisThread();

} // namespace graminsta::sql
