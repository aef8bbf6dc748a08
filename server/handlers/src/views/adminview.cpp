// SPDX-License-Identifier: GPL-3.0-or-later
#include "views.h"

namespace graminsta::handlers
{

using entities::Restriction;
using entities::StrikeAction;

namespace
{

template<typename Tag> QString idOrEmpty(Id<Tag> id)
{
    return id.isNull() ? QString() : id.toString();
}

// As Mastodon's AccountWarning names them.
QString strikeName(StrikeAction action)
{
    switch (action) {
    case StrikeAction::Warning:
        return QStringLiteral("none");
    case StrikeAction::Sensitive:
        return QStringLiteral("sensitive");
    case StrikeAction::Disable:
        return QStringLiteral("disable");
    case StrikeAction::Silence:
        return QStringLiteral("silence");
    case StrikeAction::Suspend:
        return QStringLiteral("suspend");
    case StrikeAction::DeleteStatuses:
        return QStringLiteral("delete_statuses");
    }
    return QStringLiteral("none");
}

std::optional<model::AdminAccount> namedAccount(const domain::ReportSet &set, AccountId id, const QString &baseUrl)
{
    const auto found = set.accounts.constFind(id);
    return found == set.accounts.cend() ? std::nullopt
                                        : std::optional<model::AdminAccount>(adminAccountView(*found, baseUrl));
}

} // namespace

model::AdminAccount adminAccountView(const domain::ModeratedAccount &account, const QString &baseUrl)
{
    const entities::Restrictions restrictions = account.account.restrictions;
    model::AdminAccount view;
    view.id = account.account.id.toString();
    view.username = account.account.username;
    view.createdAt = account.account.createdAt;
    view.email = account.user.email;
    view.locale = account.user.locale;
    view.inviteRequest = account.user.signUpReason;
    view.createdByApplicationId = idOrEmpty(account.user.application);
    view.invitedByAccountId = idOrEmpty(account.user.invitedBy);
    view.role = roleView(account.user.role);
    view.approved = !restrictions.testFlag(Restriction::Pending);
    view.disabled = restrictions.testFlag(Restriction::Disabled);
    view.silenced = restrictions.testFlag(Restriction::Silenced);
    view.suspended = restrictions.testFlag(Restriction::Suspended);
    view.sensitized = restrictions.testFlag(Restriction::Sensitized);
    view.account = accountView(account.account, baseUrl);
    return view;
}

QList<model::AdminReport> adminReportViews(const domain::ReportSet &set, const QStringList &rules,
                                           const QString &baseUrl)
{
    QHash<QString, model::Status> statuses;
    for (const model::Status &status : statusViews(set.statuses, baseUrl))
        statuses.insert(status.id, status);
    QList<model::AdminReport> views;
    views.reserve(set.reports.size());
    for (const entities::Report &report : set.reports) {
        model::AdminReport view;
        view.id = report.id.toString();
        view.actionTakenAt = report.actionTakenAt;
        view.category = reportCategoryName(report.category);
        view.comment = report.comment;
        view.createdAt = report.createdAt;
        view.updatedAt = report.updatedAt.value_or(report.createdAt);
        view.account = adminAccountView(set.accounts.value(report.accountId), baseUrl);
        view.targetAccount = adminAccountView(set.accounts.value(report.targetId), baseUrl);
        view.assignedAccount = namedAccount(set, report.assignedTo, baseUrl);
        view.actionTakenByAccount = namedAccount(set, report.actionTakenBy, baseUrl);
        for (const StatusId id : report.statuses) {
            if (const auto status = statuses.constFind(id.toString()); status != statuses.cend())
                view.statuses.append(*status);
        }
        for (const QString &id : report.rules) {
            // A rule may have been dropped since.
            if (const QString text = rules.value(id.toInt() - 1); !text.isEmpty())
                view.rules.append({ id, text, {} });
        }
        views.append(std::move(view));
    }
    return views;
}

model::AuditEntry auditEntryView(const entities::AuditEntry &entry)
{
    return { entry.id.toString(),
             entry.createdAt,
             entry.action,
             idOrEmpty(entry.actorId),
             entry.actor,
             entry.targetKind,
             QString::number(entry.targetId),
             entry.target,
             entry.reason };
}

model::Invite inviteView(const entities::Invite &invite)
{
    return { invite.id.toString(), invite.code,     idOrEmpty(invite.accountId), invite.maxUses, invite.uses,
             invite.expiresAt,     invite.createdAt };
}

model::Strike strikeView(const entities::Strike &strike)
{
    return { strike.id.toString(), strikeName(strike.action), strike.text, strike.createdAt };
}

} // namespace graminsta::handlers
