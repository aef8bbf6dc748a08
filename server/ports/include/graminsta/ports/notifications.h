// SPDX-License-Identifier: GPL-3.0-or-later
// What accounts are told of. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/status.h>

#include <optional>

namespace graminsta::ports
{

struct NotificationFilter {
    QList<entities::NotificationType> types; // empty: all
    QList<entities::NotificationType> excludedTypes;
    AccountId from; // null: anybody
};

// One of a group.
struct GroupMember {
    entities::Notification notification;
    NotificationId newest; // of the group, by which it was asked for
    int total = 0; // in the group
    NotificationId lowestOnPage; // of the group, not below the page
};

class NotificationReader
{
public:
    virtual ~NotificationReader() = default;

    // Fault::NotFound if the account has none of that id.
    [[nodiscard]] virtual Result<entities::Notification> byId(AccountId account, NotificationId id,
                                                              const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::Notification>> list(AccountId account,
                                                                              const NotificationFilter &filter,
                                                                              const entities::PageRequest &page,
                                                                              const Deadline &deadline) const = 0;

    // The newest of each group, among those that the filter lets through; what is of none of the `grouped` types stands
    // alone. Each group is on one page.
    [[nodiscard]] virtual Result<entities::Page<entities::Notification>>
    groups(AccountId account, const NotificationFilter &filter, const QList<entities::NotificationType> &grouped,
           const entities::PageRequest &page, const Deadline &deadline) const = 0;
    // Of the groups whose newest these are: the newest `most` of each, of `from` alone unless it is null; a group after
    // the other, newest first. What lies below `lowest` is not on the page. One query.
    [[nodiscard]] virtual Result<QList<GroupMember>> members(AccountId account, const QList<NotificationId> &newest,
                                                             AccountId from, NotificationId lowest, int most,
                                                             const Deadline &deadline) const = 0;
    // Those of one group; none if there is no such group.
    [[nodiscard]] virtual Result<entities::Page<entities::Notification>>
    ofGroup(AccountId account, const entities::NotificationGroupKey &group, const entities::PageRequest &page,
            const Deadline &deadline) const = 0;
};

class NotificationWriter : public NotificationReader
{
public:
    // With the group that it belongs to, whatever `notification` says of that.
    // One a (recipient, type, sender, status): a second like after an unlike tells nobody twice. Success if it was
    // there; success, and nothing stored, if one of the two blocks the other, the recipient has muted the sender's
    // notifications, or the status is in a thread that the recipient has muted. What is stored is NotificationCreated,
    // and a job of the kind kPushJob (ports/push.h) where the recipient has a push subscription.
    [[nodiscard]] virtual Result<> insert(const entities::Notification &notification) = 0;
    // Success also if there was none.
    [[nodiscard]] virtual Result<> remove(AccountId account, entities::NotificationType type, AccountId from,
                                          StatusId status) = 0;
    // All between two accounts, in both directions.
    [[nodiscard]] virtual Result<> removeBetween(AccountId one, AccountId other) = 0;
    // All of a group. Success also if there is none.
    [[nodiscard]] virtual Result<> dismissGroup(AccountId account, const entities::NotificationGroupKey &group) = 0;
    // One of the account's own. False if it has none of that id.
    [[nodiscard]] virtual Result<bool> dismiss(AccountId account, NotificationId id) = 0;
    [[nodiscard]] virtual Result<> clear(AccountId account) = 0;
};

} // namespace graminsta::ports
