// SPDX-License-Identifier: GPL-3.0-or-later
// What each role may do to others: the only place that decides it. Pure functions; thread-safe.
//
//   moderator  sees accounts and reports; warns, silences, suspends, disables, marks as sensitive, lets in and turns
//              away; deletes posts; invites
//   admin      besides deletes accounts for good, reads the audit log and looks after the queue of jobs
//   owner      besides does all that to admins
//
// Nobody acts on somebody of the same or a higher role. The operator, on the command line, acts on everybody. The owner
// cannot be restricted at all, not even by the operator: there would be nobody left to take it back.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/viewer.h>

#include <optional>

namespace graminsta::domain
{

enum class Permission {
    SeeAccounts,
    ActOnAccounts,
    SeeReports,
    ActOnReports,
    DeleteStatuses,
    Invite,
    DeleteAccounts,
    SeeAuditLog,
    ManageJobs,
};

[[nodiscard]] bool mayRole(entities::Role role, Permission permission);

// Who acts: an account by its role, or the operator.
struct Actor {
    AccountId account; // null: the operator
    std::optional<entities::Role> role; // none: the operator

    [[nodiscard]] static Actor of(const entities::Viewer &viewer) { return { viewer.account, viewer.role }; }
    [[nodiscard]] static Actor commandLine() { return {}; }
};

// All: Fault::Forbidden with Mastodon's "This action is not allowed", or a reason.
[[nodiscard]] Result<> require(const Actor &actor, Permission permission);
// Whether the actor stands above somebody of that role.
[[nodiscard]] Result<> requireRank(const Actor &actor, entities::Role target);
// The same, for what the owner is spared.
[[nodiscard]] Result<> requireRestrictable(const Actor &actor, entities::Role target);

// Whether somebody may use an account that is so restricted, by password or token. Fault::Forbidden with Mastodon's
// words; Fault::Unauthorized where there is no account any more.
[[nodiscard]] Result<> requireUsableLogin(entities::Restrictions restrictions);

} // namespace graminsta::domain
