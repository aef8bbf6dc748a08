// SPDX-License-Identifier: GPL-3.0-or-later
// Moderation in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/moderation.h>

namespace graminsta::sql
{

class SqlModeration final : public ports::ModerationWriter
{
public:
    explicit SqlModeration(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::Page<AccountId>> accounts(const ports::AccountFilter &filter, const entities::PageRequest &page,
                                               const Deadline &deadline) const override;
    Result<entities::Page<entities::Strike>> strikes(AccountId account, const entities::PageRequest &page,
                                                     const Deadline &deadline) const override;
    Result<entities::Page<entities::AuditEntry>> auditLog(const entities::PageRequest &page,
                                                          const Deadline &deadline) const override;
    Result<entities::Page<entities::Invite>> invites(const entities::PageRequest &page,
                                                     const Deadline &deadline) const override;

    Result<> addStrike(const entities::Strike &strike) override;
    Result<> log(const entities::AuditEntry &entry) override;
    Result<> addInvite(const entities::Invite &invite) override;
    Result<entities::Invite> useInvite(const QString &code, Timestamp now) override;
    Result<entities::Invite> removeInvite(InviteId id) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
