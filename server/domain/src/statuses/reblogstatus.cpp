// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/reblogstatus.h>

#include <graminsta/domain/accounts/edgeaccounts.h>
#include <graminsta/domain/statuses/composing.h>
#include <graminsta/ports/notifications.h>

namespace graminsta::domain
{

using entities::NotificationType;
using entities::Status;
using entities::Viewer;
using entities::Visibility;

ReblogStatus::ReblogStatus(const ShowStatus &showStatus, const ports::StatusReader &statuses,
                           const ports::AccountReader &accounts, const VisibilityPolicy &visibility,
                           ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_showStatus(showStatus)
    , m_statuses(statuses)
    , m_accounts(accounts)
    , m_visibility(visibility)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<StatusSet> ReblogStatus::reblog(const Viewer &viewer, StatusId id, std::optional<Visibility> visibility,
                                       const Deadline &deadline) const
{
    const Status original = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    Status reblog;
    reblog.id = m_ids.next<StatusId>();
    reblog.accountId = viewer.account;
    reblog.applicationId = viewer.application;
    reblog.visibility = GI_TRY(allowedVisibility(viewer, original, visibility, deadline));
    reblog.reblogOfId = original.id;
    reblog.reblogOfAccountId = original.accountId;
    reblog.createdAt = m_clock.now();
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.statuses.addReblog(reblog)))
            return {};
        GI_TRY(writers.accounts.changeCounters(viewer.account, { 0, 0, 1 }));
        GI_TRY(writers.accounts.refreshLastStatus(viewer.account));
        if (original.accountId == viewer.account)
            return {};
        return writers.notifications.insert({ m_ids.next<NotificationId>(), original.accountId,
                                              NotificationType::Reblog, viewer.account, original.id,
                                              reblog.createdAt });
    }));
    if (const auto present = GI_TRY(m_statuses.reblogBy(viewer.account, original.id, deadline))) {
        Result<StatusSet> shown = m_showStatus.run(viewer, *present, deadline);
        if (shown || shown.error().fault != Fault::NotFound)
            return shown;
    }
    // The same person takes it back at the same moment.
    return m_showStatus.run(viewer, original.id, deadline);
}

Result<StatusSet> ReblogStatus::unreblog(const Viewer &viewer, StatusId id, const Deadline &deadline) const
{
    const Status original = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.statuses.removeReblog(viewer.account, original.id)))
            return {};
        GI_TRY(writers.accounts.changeCounters(viewer.account, { 0, 0, -1 }));
        GI_TRY(writers.accounts.refreshLastStatus(viewer.account));
        return writers.notifications.remove(original.accountId, NotificationType::Reblog, viewer.account, original.id);
    }));
    return m_showStatus.run(viewer, original.id, deadline);
}

Result<entities::Page<entities::Account>> ReblogStatus::rebloggedBy(const Viewer &viewer, StatusId id,
                                                                    const entities::PageRequest &request,
                                                                    const Deadline &deadline) const
{
    const Status original = GI_TRY(m_showStatus.visibleOriginal(viewer, id, deadline));
    entities::Page<entities::Account> page =
        GI_TRY(edgeAccounts(m_accounts, GI_TRY(m_statuses.rebloggedBy(original.id, request, deadline)), deadline));
    page.rows = GI_TRY(m_visibility.visibleAccounts(viewer, std::move(page.rows), Hide::Blocked, deadline));
    return page;
}

Result<Visibility> ReblogStatus::allowedVisibility(const Viewer &viewer, const Status &original,
                                                   std::optional<Visibility> wanted, const Deadline &deadline) const
{
    // As Mastodon: 403 for a post that is seen and not to be spread, 422 for a boost that cannot be.
    const bool isOwn = original.accountId == viewer.account;
    if (original.visibility == Visibility::Direct || (original.visibility == Visibility::Private && !isOwn))
        return makeError(Fault::Forbidden, QStringLiteral("This action is not allowed"));
    if (wanted == Visibility::Direct)
        return invalidStatus(QStringLiteral("A boost cannot be a direct message"));
    if (original.visibility == Visibility::Private)
        return Visibility::Private;
    if (wanted)
        return *wanted;
    const Visibility standard = GI_TRY(m_accounts.user(viewer.account, deadline)).defaultVisibility;
    return standard == Visibility::Direct ? Visibility::Private : standard;
}

} // namespace graminsta::domain
