// SPDX-License-Identifier: GPL-3.0-or-later
// What begins and ends with a follow, for every use case that begins or ends one: the fact, the counters of both, the
// notification. Inside one UnitOfWork::write().
#pragma once

#include <graminsta/ports/follows.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

// The counters of both for a follow that has become a fact (1) or has ended (-1).
[[nodiscard]] Result<> countFollow(ports::WriteSet &writers, AccountId follower, AccountId followed, int change);

// A follow or a request for one. What it was; nothing if there was none.
[[nodiscard]] Result<std::optional<ports::FollowState>> endFollow(ports::WriteSet &writers, AccountId follower,
                                                                  AccountId followed);

} // namespace graminsta::domain
