// SPDX-License-Identifier: GPL-3.0-or-later
#include "endfollow.h"

#include <graminsta/ports/accounts.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using ports::FollowState;

Result<> countFollow(ports::WriteSet &writers, AccountId follower, AccountId followed, int change)
{
    GI_TRY(writers.accounts.changeCounters(follower, { 0, change, 0 }));
    return writers.accounts.changeCounters(followed, { change, 0, 0 });
}

Result<std::optional<FollowState>> endFollow(ports::WriteSet &writers, AccountId follower, AccountId followed)
{
    const std::optional<FollowState> ended = GI_TRY(writers.follows.remove(follower, followed));
    if (!ended)
        return ended;
    const bool accepted = *ended == FollowState::Accepted;
    if (accepted)
        GI_TRY(countFollow(writers, follower, followed, -1));
    GI_TRY(writers.notifications.remove(followed, accepted ? NotificationType::Follow : NotificationType::FollowRequest,
                                        follower, StatusId {}));
    return ended;
}

} // namespace graminsta::domain
