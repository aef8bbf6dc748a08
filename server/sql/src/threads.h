// SPDX-License-Identifier: GPL-3.0-or-later
// What is above and below a status in its thread. One query each; as StatusReader promises them.
#pragma once

#include "executor.h"

#include <graminsta/entities/status.h>

namespace graminsta::sql
{

[[nodiscard]] Result<QList<entities::Status>> readAncestors(Executor &executor, StatusId id, int limit,
                                                            const Deadline &deadline);
[[nodiscard]] Result<QList<entities::Status>> readDescendants(Executor &executor, StatusId id, int limit,
                                                              const Deadline &deadline);

} // namespace graminsta::sql
