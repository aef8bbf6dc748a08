// SPDX-License-Identifier: GPL-3.0-or-later
// What moderators look through and what is remembered of what they do. Readers are thread-safe; writers live inside one
// UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/moderation.h>
#include <graminsta/entities/page.h>

namespace graminsta::ports
{

// All that are given must hold.
struct AccountFilter {
    entities::Restrictions restrictedBy {}; // has one of these; none: any account
    bool active = false; // has no restriction that hides it, nor Disabled
    QList<entities::Role> roles; // has one of these; empty: any
    // Beginnings, without regard to case.
    QString username;
    QString displayName;
    QString email;
    AccountId invitedBy;
};

class ModerationReader
{
public:
    virtual ~ModerationReader() = default;

    // Those being deleted are left out.
    [[nodiscard]] virtual Result<entities::Page<AccountId>>
    accounts(const AccountFilter &filter, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::Strike>>
    strikes(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::AuditEntry>> auditLog(const entities::PageRequest &page,
                                                                                const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<entities::Invite>> invites(const entities::PageRequest &page,
                                                                           const Deadline &deadline) const = 0;
};

class ModerationWriter : public ModerationReader
{
public:
    [[nodiscard]] virtual Result<> addStrike(const entities::Strike &strike) = 0;
    // There is no way to change or remove what is there.
    [[nodiscard]] virtual Result<> log(const entities::AuditEntry &entry) = 0;

    [[nodiscard]] virtual Result<> addInvite(const entities::Invite &invite) = 0;
    // Counts a use. Fault::NotFound if there is none of that code, it has ended or has been used up.
    [[nodiscard]] virtual Result<entities::Invite> useInvite(const QString &code, Timestamp now) = 0;
    // The one that was removed. Fault::NotFound if there is none of that id.
    [[nodiscard]] virtual Result<entities::Invite> removeInvite(InviteId id) = 0;
};

} // namespace graminsta::ports
