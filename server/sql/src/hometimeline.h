// SPDX-License-Identifier: GPL-3.0-or-later
// Home timelines without a stored feed (docs/architecture.md). The newest n posts of those somebody follows can only
// come from the n followed accounts whose newest post below the cursor is the newest. So:
//
//   probes    of each whom the viewer follows, and of the viewer, one probe of an index: the newest post in the window.
//             On the first page the account itself knows it
//   top       the n authors with the newest probes; no post older than the last probe can be on the page, if there are
//   n page      of each of them at most n posts, merged
//
// Reblogs are posts here, but for those whom the viewer follows without them: their probes and posts come from an index
// of what is no reblog.
//
// The work is O(follows) probes and at most n x n index entries; it does not grow with the table, nor where the
// followed post rarely. Towards newer pages (minId) the same with oldest for newest.
#pragma once

#include "executor.h"

#include <graminsta/entities/page.h>
#include <graminsta/entities/status.h>

namespace graminsta::sql
{

[[nodiscard]] Result<entities::Page<StatusId>>
readHomeTimeline(Executor &executor, AccountId viewer, const entities::PageRequest &page, const Deadline &deadline);

} // namespace graminsta::sql
