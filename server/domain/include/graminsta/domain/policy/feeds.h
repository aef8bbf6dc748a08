// SPDX-License-Identifier: GPL-3.0-or-later
// Which feeds a status is for, by what it is; who may see it there is the visibility policy's. The timelines in the
// database say the same of what they list (ports/statuses.h). Pure functions.
#pragma once

#include <graminsta/entities/status.h>

namespace graminsta::domain
{

// No comments, no direct messages.
[[nodiscard]] bool isHomePost(const entities::Status &status);
// What everybody's public timeline lists: no comments, no reblogs.
[[nodiscard]] bool isPublicPost(const entities::Status &status);
// What the timelines of its hashtags list: comments too.
[[nodiscard]] bool isTaggedPublicly(const entities::Status &status);

} // namespace graminsta::domain
