// SPDX-License-Identifier: GPL-3.0-or-later
// What moderators do to accounts, and what is remembered of it.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QString>

#include <optional>

namespace graminsta::entities
{

enum class StrikeAction { Warning = 0, Sensitive = 1, Disable = 2, Silence = 3, Suspend = 4, DeleteStatuses = 5 };

// What an account is told of a moderator's action.
struct Strike {
    StrikeId id;
    AccountId accountId; // who is told
    ReportId reportId; // null: none led to it
    StrikeAction action = StrikeAction::Warning;
    QString text;
    Timestamp createdAt;
};

// Who did what to whom, when and why.
struct AuditEntry {
    AuditId id;
    AccountId actorId; // null: the operator, on the command line
    QString actor; // the name at that time
    QString action; // "suspend", "approve", …
    QString targetKind; // "account", "status", "report", "invite"
    qint64 targetId = 0;
    QString target; // the name at that time
    QString reason;
    Timestamp createdAt;
};

// Lets people sign up where not everybody may.
struct Invite {
    InviteId id;
    QString code;
    AccountId accountId; // who invites; null: the operator
    int maxUses = 1; // 0: any number
    int uses = 0;
    std::optional<Timestamp> expiresAt;
    Timestamp createdAt;
};

} // namespace graminsta::entities
