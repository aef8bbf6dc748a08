// SPDX-License-Identifier: GPL-3.0-or-later
// The notifications in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "jobs.h"

#include <graminsta/ports/events.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::sql
{

class SqlNotifications final : public ports::NotificationWriter
{
public:
    explicit SqlNotifications(Executor &executor)
        : m_executor(executor)
    {
    }
    // As a writer: it notes in `events` what has happened, and enqueues by `jobs` what is to be pushed.
    SqlNotifications(Executor &executor, QList<ports::Event> &events, SqlJobs &jobs)
        : m_executor(executor)
        , m_events(&events)
        , m_jobs(&jobs)
    {
    }

    Result<entities::Notification> byId(AccountId account, NotificationId id, const Deadline &deadline) const override;
    Result<entities::Page<entities::Notification>> list(AccountId account, const ports::NotificationFilter &filter,
                                                        const entities::PageRequest &page,
                                                        const Deadline &deadline) const override;

    Result<entities::Page<entities::Notification>> groups(AccountId account, const ports::NotificationFilter &filter,
                                                          const QList<entities::NotificationType> &grouped,
                                                          const entities::PageRequest &page,
                                                          const Deadline &deadline) const override;
    Result<QList<ports::GroupMember>> members(AccountId account, const QList<NotificationId> &newest, AccountId from,
                                              NotificationId lowest, int most, const Deadline &deadline) const override;
    Result<entities::Page<entities::Notification>> ofGroup(AccountId account,
                                                           const entities::NotificationGroupKey &group,
                                                           const entities::PageRequest &page,
                                                           const Deadline &deadline) const override;

    Result<> insert(const entities::Notification &notification) override;
    Result<> remove(AccountId account, entities::NotificationType type, AccountId from, StatusId status) override;
    Result<> removeBetween(AccountId one, AccountId other) override;
    Result<> dismissGroup(AccountId account, const entities::NotificationGroupKey &group) override;
    Result<bool> dismiss(AccountId account, NotificationId id) override;
    Result<> clear(AccountId account) override;

private:
    Executor &m_executor;
    QList<ports::Event> *const m_events = nullptr;
    SqlJobs *const m_jobs = nullptr;
};

} // namespace graminsta::sql
