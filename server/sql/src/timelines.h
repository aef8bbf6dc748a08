// SPDX-License-Identifier: GPL-3.0-or-later
// The timelines besides home: one query each, by an index that ends with the id. As StatusReader promises them.
#pragma once

#include "executor.h"

#include <graminsta/ports/statuses.h>

namespace graminsta::sql
{

[[nodiscard]] Result<entities::Page<StatusId>> readPublicTimeline(Executor &executor,
                                                                  const ports::TimelineFilter &filter,
                                                                  const entities::PageRequest &page,
                                                                  const Deadline &deadline);
[[nodiscard]] Result<entities::Page<StatusId>> readTagTimeline(Executor &executor, const QString &tag,
                                                               const ports::TagFilter &filter,
                                                               const entities::PageRequest &page,
                                                               const Deadline &deadline);
[[nodiscard]] Result<entities::Page<StatusId>> readAccountTimeline(Executor &executor, AccountId account,
                                                                   const ports::AccountTimelineFilter &filter,
                                                                   const entities::PageRequest &page,
                                                                   const Deadline &deadline);

} // namespace graminsta::sql
