// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/statuses/gatherstatuses.h>

#include <QSet>

namespace graminsta::domain
{

using entities::Status;

namespace
{

// Who must be known to show the status, besides those whom its original names.
void addPeople(const Status &status, QSet<AccountId> &people)
{
    people.insert(status.accountId);
    if (status.isReblog())
        people.insert(status.reblogOfAccountId);
    for (const entities::Mention &mention : status.mentions)
        people.insert(mention.accountId);
}

template<typename AnyId> QList<AnyId> listed(const QSet<AnyId> &ids)
{
    return QList<AnyId>(ids.cbegin(), ids.cend());
}

} // namespace

GatherStatuses::GatherStatuses(const VisibilityPolicy &visibility, const ports::AccountReader &accounts,
                               const ports::MediaReader &media, const ports::OAuthReader &oauth,
                               const ports::StatusReader &statuses, const MediaGrants &grants)
    : m_visibility(visibility)
    , m_accounts(accounts)
    , m_media(media)
    , m_oauth(oauth)
    , m_statuses(statuses)
    , m_grants(grants)
{
}

Result<StatusSet> GatherStatuses::visible(const entities::Viewer &viewer, const QList<StatusId> &ids, Hide hide,
                                          const Deadline &deadline) const
{
    StatusSet set;
    set.viewer = viewer.account;
    ports::SeenStatuses seen = GI_TRY(m_statuses.seenBy(viewer.account, ids, deadline));
    QSet<AccountId> wanted;
    for (const Status &status : std::as_const(seen.statuses))
        addPeople(status, wanted);
    for (const Status &original : std::as_const(seen.originals))
        addPeople(original, wanted);
    const QHash<AccountId, ports::SeenAccount> people = GI_TRY(m_visibility.people(viewer, listed(wanted), deadline));
    set.statuses = std::move(seen.statuses);
    set.originals = std::move(seen.originals);
    set.flags = std::move(seen.flags);
    set.accounts.reserve(people.size());
    for (const ports::SeenAccount &person : people)
        set.accounts.insert(person.account.id, person.account);
    set.statuses.removeIf([&](const Status &status) { return !VisibilityPolicy::shows(viewer, status, people, hide); });
    dropOrphans(set);
    GI_TRY(addMedia(set, deadline));
    return set;
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
    QSet<AccountId> accountIds;
    QSet<ApplicationId> applicationIds;
    for (const Status &status : std::as_const(all)) {
        ids.append(status.id);
        addPeople(status, accountIds);
        if (!status.applicationId.isNull())
            applicationIds.insert(status.applicationId);
    }

    for (const entities::Account &account : GI_TRY(m_accounts.byIds(listed(accountIds), deadline)))
        set.accounts.insert(account.id, account);
    dropOrphans(set);
    GI_TRY(addMedia(set, deadline));
    if (viewer.hasAccount()) {
        const QList<entities::StatusFlags> flags = GI_TRY(m_statuses.flags(viewer.account, ids, deadline));
        for (qsizetype i = 0; i < ids.size(); ++i)
            set.flags.insert(ids[i], flags[i]);
    }
    if (detail == Detail::Single && !applicationIds.isEmpty()) {
        for (const entities::Application &application : GI_TRY(m_oauth.applications(listed(applicationIds), deadline)))
            set.applications.insert(application.id, application);
    }
    return set;
}

void GatherStatuses::dropOrphans(StatusSet &set)
{
    set.originals.removeIf(
        [&set](QHash<StatusId, Status>::iterator original) { return !set.accounts.contains(original->accountId); });
    set.statuses.removeIf([&set](const Status &status) {
        return !set.accounts.contains(status.accountId)
            || (status.isReblog() && !set.originals.contains(status.reblogOfId));
    });
}

Result<> GatherStatuses::addMedia(StatusSet &set, const Deadline &deadline) const
{
    QSet<StatusId> withMedia;
    for (const Status &status : std::as_const(set.statuses)) {
        if (status.mediaCount > 0)
            withMedia.insert(status.id);
        const auto original = set.originals.constFind(status.reblogOfId);
        if (original != set.originals.cend() && original->mediaCount > 0)
            withMedia.insert(original->id);
    }
    if (withMedia.isEmpty())
        return {};
    QList<entities::MediaAttachment> found = GI_TRY(m_media.byStatuses(listed(withMedia), deadline));
    m_grants.grant(found);
    for (const entities::MediaAttachment &media : std::as_const(found))
        set.media[media.statusId].append(media);
    return {};
}

} // namespace graminsta::domain
