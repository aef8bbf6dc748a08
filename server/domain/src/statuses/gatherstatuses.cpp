// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/gatherstatuses.h>

#include <QSet>

namespace graminsta::domain
{

using entities::Status;

GatherStatuses::GatherStatuses(const ports::AccountReader &accounts, const ports::MediaReader &media,
                               const ports::OAuthReader &oauth, const ports::StatusReader &statuses)
    : m_accounts(accounts)
    , m_media(media)
    , m_oauth(oauth)
    , m_statuses(statuses)
{
}

Result<StatusSet> GatherStatuses::run(const entities::Viewer &viewer, const QList<Status> &statuses, Detail detail,
                                      const Deadline &deadline) const
{
    StatusSet set;
    set.statuses = statuses;
    set.viewer = viewer.account;
    if (statuses.isEmpty())
        return set;

    QList<StatusId> reblogged;
    for (const Status &status : statuses) {
        if (status.isReblog())
            reblogged.append(status.reblogOfId);
    }
    QList<Status> all = statuses;
    if (!reblogged.isEmpty()) {
        for (const Status &original : GI_TRY(m_statuses.byIds(reblogged, deadline))) {
            set.originals.insert(original.id, original);
            all.append(original);
        }
    }

    QList<StatusId> ids;
    QList<StatusId> withMedia;
    QSet<AccountId> accountIds;
    QSet<ApplicationId> applicationIds;
    for (const Status &status : std::as_const(all)) {
        ids.append(status.id);
        if (status.mediaCount > 0)
            withMedia.append(status.id);
        accountIds.insert(status.accountId);
        for (const entities::Mention &mention : status.mentions)
            accountIds.insert(mention.accountId);
        if (!status.applicationId.isNull())
            applicationIds.insert(status.applicationId);
    }

    const QList<AccountId> wanted(accountIds.cbegin(), accountIds.cend());
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(wanted, deadline)))
        set.accounts.insert(account.id, account);
    // An author who was deleted in between takes the status along, and what is reblogged its reblogs.
    set.originals.removeIf(
        [&set](QHash<StatusId, Status>::iterator original) { return !set.accounts.contains(original->accountId); });
    set.statuses.removeIf([&set](const Status &status) {
        return !set.accounts.contains(status.accountId)
            || (status.isReblog() && !set.originals.contains(status.reblogOfId));
    });

    if (!withMedia.isEmpty()) {
        for (const entities::MediaAttachment &media : GI_TRY(m_media.byStatuses(withMedia, deadline)))
            set.media[media.statusId].append(media);
    }
    if (viewer.hasAccount()) {
        const QList<entities::StatusFlags> flags = GI_TRY(m_statuses.flags(viewer.account, ids, deadline));
        for (qsizetype i = 0; i < ids.size(); ++i)
            set.flags.insert(ids[i], flags[i]);
    }
    if (detail == Detail::Single && !applicationIds.isEmpty()) {
        const QList<ApplicationId> applications(applicationIds.cbegin(), applicationIds.cend());
        for (const entities::Application &application : GI_TRY(m_oauth.applications(applications, deadline)))
            set.applications.insert(application.id, application);
    }
    return set;
}

} // namespace graminsta::domain
