// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/policy/visibility.h>

#include <QSet>

namespace graminsta::domain
{

using entities::Status;
using entities::Viewer;
using entities::Visibility;

namespace
{

// Without asking who follows whom; nothing where that decides.
std::optional<bool> decideAlone(const Viewer &viewer, const Status &status)
{
    if (status.visibility == Visibility::Public || status.visibility == Visibility::Unlisted)
        return true;
    if (!viewer.hasAccount())
        return false;
    if (status.accountId == viewer.account)
        return true;
    for (const entities::Mention &mention : status.mentions) {
        if (mention.accountId == viewer.account)
            return true;
    }
    return status.visibility == Visibility::Direct ? std::optional<bool>(false) : std::nullopt;
}

} // namespace

VisibilityPolicy::VisibilityPolicy(const ports::FollowReader &follows)
    : m_follows(follows)
{
}

Result<bool> VisibilityPolicy::maySee(const Viewer &viewer, const Status &status, const Deadline &deadline) const
{
    if (const std::optional<bool> decided = decideAlone(viewer, status))
        return *decided;
    return m_follows.isFollowing(viewer.account, status.accountId, deadline);
}

Result<QList<Status>> VisibilityPolicy::visible(const Viewer &viewer, QList<Status> statuses,
                                                const Deadline &deadline) const
{
    QList<AccountId> undecided;
    for (const Status &status : statuses) {
        if (!decideAlone(viewer, status) && !undecided.contains(status.accountId))
            undecided.append(status.accountId);
    }
    QSet<AccountId> followed;
    if (!undecided.isEmpty()) {
        for (const entities::Relationship &relationship :
             GI_TRY(m_follows.relationships(viewer.account, undecided, deadline))) {
            if (relationship.following)
                followed.insert(relationship.accountId);
        }
    }
    statuses.removeIf([&](const Status &status) {
        return !decideAlone(viewer, status).value_or(followed.contains(status.accountId));
    });
    return statuses;
}

Result<Visibility> VisibilityPolicy::listUpTo(const Viewer &viewer, AccountId author, const Deadline &deadline) const
{
    if (!viewer.hasAccount())
        return Visibility::Unlisted;
    if (viewer.account == author)
        return Visibility::Direct;
    const bool following = GI_TRY(m_follows.isFollowing(viewer.account, author, deadline));
    return following ? Visibility::Private : Visibility::Unlisted;
}

} // namespace graminsta::domain
