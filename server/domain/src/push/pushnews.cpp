// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/push/pushnews.h>

#include <algorithm>

namespace graminsta::domain
{

using entities::PushPolicy;
using entities::PushSubscription;

namespace
{

constexpr int kMostSubscriptions = 50; // of one account

bool letsThrough(PushPolicy policy, const entities::Relationship &sender)
{
    switch (policy) {
    case PushPolicy::All:
        return true;
    case PushPolicy::Followed:
        return sender.following;
    case PushPolicy::Follower:
        return sender.followedBy;
    case PushPolicy::None:
        return false;
    }
    return false;
}

} // namespace

GatherPushNews::GatherPushNews(const ports::PushStore &store, const ListNotifications &notifications,
                               const ports::RelationReader &relations, const Clock &clock)
    : m_store(store)
    , m_notifications(notifications)
    , m_relations(relations)
    , m_clock(clock)
{
}

Result<PushNews> GatherPushNews::run(const ports::NotificationCreated &created, const Deadline &deadline) const
{
    PushNews news;
    news.subscriptions = GI_TRY(m_store.ofAccount(created.account, kMostSubscriptions, deadline));
    if (news.subscriptions.isEmpty())
        return news;
    entities::Viewer viewer;
    viewer.account = created.account;
    Result<NotificationSet> set = m_notifications.one(viewer, created.id, deadline);
    // Dismissed, or hidden by a block or a mute, in the meantime.
    if (!set && set.error().fault == Fault::NotFound)
        return PushNews {};
    if (!set)
        return std::move(set).error();
    if (set->notifications.isEmpty())
        return PushNews {};
    news.set = *std::move(set);
    const AccountId sender = news.set.notifications.first().fromAccountId;
    const QList<entities::Relationship> found =
        GI_TRY(m_relations.relationships(created.account, { sender }, m_clock.now(), deadline));
    const entities::Relationship relationship = found.isEmpty() ? entities::Relationship() : found.first();
    news.subscriptions.removeIf([&relationship](const PushSubscription &subscription) {
        return !letsThrough(subscription.policy, relationship);
    });
    return news;
}

} // namespace graminsta::domain
