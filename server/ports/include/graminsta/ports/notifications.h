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
};

class NotificationWriter : public NotificationReader
{
public:
    // Nothing is told of a status in a thread that the recipient has muted. One a (recipient, type, sender, status): a
    // second like after an unlike tells nobody twice. Success if it was there.
    [[nodiscard]] virtual Result<> insert(const entities::Notification &notification) = 0;
    // Success also if there was none.
    [[nodiscard]] virtual Result<> remove(AccountId account, entities::NotificationType type, AccountId from,
                                          StatusId status) = 0;
};

} // namespace graminsta::ports
