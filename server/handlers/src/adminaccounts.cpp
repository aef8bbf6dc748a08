// SPDX-License-Identifier: GPL-3.0-or-later
// https://docs.joinmastodon.org/methods/admin/accounts/
#include "resources.h"

#include "common.h"
#include "views/views.h"

#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using domain::Actor;
using entities::Restriction;
using entities::Role;
using http::RequestContext;
using http::Response;

namespace
{

constexpr PageLimits kAdminPages { 100, 200 };

QString textOf(const RequestContext &context, const char *name)
{
    return context.parameters.text(QLatin1String(name)).value_or(QString());
}

// What both versions of the list share. Nothing where no account of this server can be meant.
Result<std::optional<ports::AccountFilter>> commonFilter(const RequestContext &context)
{
    ports::AccountFilter filter;
    filter.username = textOf(context, "username");
    filter.displayName = textOf(context, "display_name");
    filter.email = textOf(context, "email");
    // Accounts of other servers there are none, and addresses are not kept.
    if (!textOf(context, "by_domain").isEmpty() || !textOf(context, "ip").isEmpty())
        return std::optional<ports::AccountFilter> {};
    return std::optional(filter);
}

const QList<Role> &staffRoles()
{
    static const QList<Role> roles { Role::Moderator, Role::Admin, Role::Owner };
    return roles;
}

struct NamedRestriction {
    const char *name;
    Restriction restriction;
};

constexpr NamedRestriction kStates[] = {
    { "pending", Restriction::Pending },       { "disabled", Restriction::Disabled },
    { "silenced", Restriction::Silenced },     { "suspended", Restriction::Suspended },
    { "sensitized", Restriction::Sensitized },
};

Result<std::optional<ports::AccountFilter>> filterV1(const RequestContext &context)
{
    std::optional<ports::AccountFilter> filter = GI_TRY(commonFilter(context));
    if (!filter || GI_TRY(flag(context, QStringLiteral("remote"))))
        return std::optional<ports::AccountFilter> {};
    filter->active = GI_TRY(flag(context, QStringLiteral("active")));
    for (const NamedRestriction &state : kStates) {
        if (GI_TRY(flag(context, QLatin1String(state.name))))
            filter->restrictedBy |= state.restriction;
    }
    if (GI_TRY(flag(context, QStringLiteral("staff"))))
        filter->roles = staffRoles();
    return filter;
}

Result<std::optional<ports::AccountFilter>> filterV2(const RequestContext &context)
{
    std::optional<ports::AccountFilter> filter = GI_TRY(commonFilter(context));
    if (!filter || textOf(context, "origin") == QLatin1String("remote"))
        return std::optional<ports::AccountFilter> {};
    const QString status = textOf(context, "status");
    filter->active = status == QLatin1String("active");
    bool known = status.isEmpty() || filter->active;
    for (const NamedRestriction &state : kStates) {
        if (status == QLatin1String(state.name)) {
            filter->restrictedBy = state.restriction;
            known = true;
        }
    }
    if (!known)
        return makeError(Fault::Invalid,
                         QStringLiteral("status must be active, pending, disabled, silenced, sensitized or suspended"));
    if (textOf(context, "permissions") == QLatin1String("staff"))
        filter->roles = staffRoles();
    const QStringList roleIds = context.parameters.list(QStringLiteral("role_ids"));
    if (!roleIds.isEmpty()) {
        filter->roles.clear();
        for (const Role role : { Role::User, Role::Moderator, Role::Admin, Role::Owner }) {
            if (roleIds.contains(roleView(role).id))
                filter->roles.append(role);
        }
        if (filter->roles.isEmpty())
            return std::optional<ports::AccountFilter> {};
    }
    if (const QString inviter = textOf(context, "invited_by"); !inviter.isEmpty()) {
        const std::optional<AccountId> id = AccountId::fromString(inviter);
        if (!id)
            return std::optional<ports::AccountFilter> {};
        filter->invitedBy = *id;
    }
    return filter;
}

Result<Response> listBy(const RequestContext &context, const Services &services,
                        const std::optional<ports::AccountFilter> &filter)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAdminPages));
    const Actor actor = Actor::of(context.viewer);
    GI_TRY(domain::require(actor, domain::Permission::SeeAccounts));
    if (!filter)
        return Response::json(json::encodeEmptyList());
    const entities::Page<domain::ModeratedAccount> found =
        GI_TRY(services.moderateAccounts.list(actor, *filter, page, context.deadline));
    QList<model::AdminAccount> views;
    views.reserve(found.rows.size());
    for (const domain::ModeratedAccount &account : found.rows)
        views.append(adminAccountView(account, context.baseUrl));
    return pageResponse(context, json::encode(views), found.bounds);
}

Result<Response> answer(const RequestContext &context, const domain::ModeratedAccount &account)
{
    return Response::json(json::encode(adminAccountView(account, context.baseUrl)));
}

Result<Response> show(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    return answer(context, GI_TRY(services.moderateAccounts.show(Actor::of(context.viewer), id, context.deadline)));
}

std::optional<entities::StrikeAction> actionFromName(const QString &name)
{
    using entities::StrikeAction;
    if (name == QLatin1String("none"))
        return StrikeAction::Warning;
    if (name == QLatin1String("sensitive"))
        return StrikeAction::Sensitive;
    if (name == QLatin1String("disable"))
        return StrikeAction::Disable;
    if (name == QLatin1String("silence"))
        return StrikeAction::Silence;
    if (name == QLatin1String("suspend"))
        return StrikeAction::Suspend;
    return std::nullopt;
}

Result<Response> act(const RequestContext &context, const Services &services)
{
    const AccountId id = GI_TRY(context.pathId<AccountId>());
    const std::optional<entities::StrikeAction> type = actionFromName(textOf(context, "type"));
    if (!type)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: Type must be none, sensitive, disable, silence or suspend"));
    domain::AccountAction action;
    action.type = *type;
    action.text = textOf(context, "text");
    if (const QString report = textOf(context, "report_id"); !report.isEmpty()) {
        const std::optional<ReportId> reportId = ReportId::fromString(report);
        if (!reportId)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        action.report = *reportId;
    }
    GI_TRY(services.moderateAccounts.act(Actor::of(context.viewer), id, action, context.deadline));
    return Response::json(json::encodeEmpty());
}

http::Handler lifting(const Services &services, Restriction restriction)
{
    return [&services, restriction](const RequestContext &context) -> Result<Response> {
        const AccountId id = GI_TRY(context.pathId<AccountId>());
        return answer(
            context,
            GI_TRY(services.moderateAccounts.lift(Actor::of(context.viewer), id, restriction, {}, context.deadline)));
    };
}

Result<Response> audit(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kAdminPages));
    const entities::Page<entities::AuditEntry> found =
        GI_TRY(services.auditLog.list(Actor::of(context.viewer), page, context.deadline));
    QList<model::AuditEntry> views;
    views.reserve(found.rows.size());
    for (const entities::AuditEntry &entry : found.rows)
        views.append(auditEntryView(entry));
    return pageResponse(context, json::encode(views), found.bounds);
}

// The viewer's own: there is nobody else to ask for.
Result<Response> strikes(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kStatusPages));
    const entities::Page<entities::Strike> found =
        GI_TRY(services.moderation.strikes(context.viewer.account, page, context.deadline));
    QList<model::Strike> views;
    views.reserve(found.rows.size());
    for (const entities::Strike &strike : found.rows)
        views.append(strikeView(strike));
    return pageResponse(context, json::encode(views), found.bounds);
}

} // namespace

void addAdminAccountHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("admin.accounts", [&](const RequestContext &context) -> Result<Response> {
        return listBy(context, services, GI_TRY(filterV1(context)));
    });
    table.insert("admin.accountsV2", [&](const RequestContext &context) -> Result<Response> {
        return listBy(context, services, GI_TRY(filterV2(context)));
    });
    table.insert("admin.account", [&](const RequestContext &context) { return show(context, services); });
    table.insert("admin.act", [&](const RequestContext &context) { return act(context, services); });
    table.insert("admin.approve", [&](const RequestContext &context) -> Result<Response> {
        const AccountId id = GI_TRY(context.pathId<AccountId>());
        return answer(context,
                      GI_TRY(services.moderateAccounts.approve(Actor::of(context.viewer), id, context.deadline)));
    });
    table.insert("admin.reject", [&](const RequestContext &context) -> Result<Response> {
        const AccountId id = GI_TRY(context.pathId<AccountId>());
        return answer(context,
                      GI_TRY(services.moderateAccounts.reject(Actor::of(context.viewer), id, {}, context.deadline)));
    });
    table.insert("admin.deleteAccount", [&](const RequestContext &context) -> Result<Response> {
        const AccountId id = GI_TRY(context.pathId<AccountId>());
        const Actor actor = Actor::of(context.viewer);
        const domain::ModeratedAccount account = GI_TRY(services.moderateAccounts.show(actor, id, context.deadline));
        GI_TRY(services.deleteAccount.byActor(actor, id, {}, context.deadline));
        return answer(context, account);
    });
    table.insert("admin.enable", lifting(services, Restriction::Disabled));
    table.insert("admin.unsilence", lifting(services, Restriction::Silenced));
    table.insert("admin.unsuspend", lifting(services, Restriction::Suspended));
    table.insert("admin.unsensitive", lifting(services, Restriction::Sensitized));
    table.insert("admin.audit", [&](const RequestContext &context) { return audit(context, services); });
    table.insert("account.strikes", [&](const RequestContext &context) { return strikes(context, services); });
}

} // namespace graminsta::handlers
