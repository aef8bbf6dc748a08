// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/policy/moderation.h>

namespace graminsta::domain
{

using entities::Restriction;
using entities::Role;

namespace
{

Error notAllowed()
{
    return makeError(Fault::Forbidden, QStringLiteral("This action is not allowed"));
}

} // namespace

bool mayRole(Role role, Permission permission)
{
    switch (permission) {
    case Permission::SeeAccounts:
    case Permission::ActOnAccounts:
    case Permission::SeeReports:
    case Permission::ActOnReports:
    case Permission::DeleteStatuses:
    case Permission::Invite:
        return role >= Role::Moderator;
    case Permission::DeleteAccounts:
    case Permission::SeeAuditLog:
    case Permission::ManageJobs:
        return role >= Role::Admin;
    }
    return false;
}

Result<> require(const Actor &actor, Permission permission)
{
    if (actor.role && !mayRole(*actor.role, permission))
        return notAllowed();
    return {};
}

Result<> requireRank(const Actor &actor, Role target)
{
    if (actor.role && *actor.role <= target)
        return notAllowed();
    return {};
}

Result<> requireRestrictable(const Actor &actor, Role target)
{
    GI_TRY(requireRank(actor, target));
    if (target == Role::Owner)
        return makeError(Fault::Forbidden,
                         QStringLiteral("The owner's account cannot be restricted or deleted: give it another role "
                                        "before."));
    return {};
}

Result<> requireUsableLogin(entities::Restrictions restrictions)
{
    if (restrictions.testFlag(Restriction::Deleted))
        return makeError(Fault::Unauthorized, QStringLiteral("The access token is invalid"));
    if (restrictions.testAnyFlags(Restriction::Suspended | Restriction::Disabled))
        return makeError(Fault::Forbidden, QStringLiteral("Your login is currently disabled"));
    if (restrictions.testFlag(Restriction::Pending))
        return makeError(Fault::Forbidden, QStringLiteral("Your login is currently pending approval"));
    return {};
}

} // namespace graminsta::domain
