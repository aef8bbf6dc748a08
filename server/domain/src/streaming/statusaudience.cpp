// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/streaming/statusaudience.h>

#include <graminsta/domain/policy/feeds.h>

namespace graminsta::domain
{

using entities::Status;
using entities::StatusFlags;

namespace
{

constexpr qsizetype kBatch = 1000; // accounts in one query

} // namespace

StatusAudience::StatusAudience(const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                               const GatherStatuses &gather)
    : m_statuses(statuses)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<Audience> StatusAudience::run(StatusId id, News news, const Watchers &watchers, const Deadline &deadline) const
{
    Audience audience;
    const QList<Status> found = GI_TRY(m_statuses.byIds({ id }, deadline));
    if (found.isEmpty())
        return audience;
    const Status &status = found.first();
    audience.set = GI_TRY(m_gather.run({}, found, Detail::List, deadline));
    if (isHomePost(status)) {
        audience.home = GI_TRY(readers(status, Feed::Home, watchers.home, deadline));
        // With what is new nobody has done anything; with what it reblogs, and what was edited, they may have.
        if (status.isReblog() || news == News::Edit)
            audience.flags = GI_TRY(flags(status.isReblog() ? status.reblogOfId : status.id, audience.home, deadline));
    }
    if (isPublicPost(status) || isTaggedPublicly(status)) {
        audience.feeds = GI_TRY(readers(status, Feed::Public, watchers.feeds, deadline));
        audience.isForNobody = !GI_TRY(m_visibility.visible({}, found, Hide::Unsought, deadline)).isEmpty();
    }
    return audience;
}

Result<QSet<AccountId>> StatusAudience::readers(const Status &status, Feed feed, const QList<AccountId> &watchers,
                                                const Deadline &deadline) const
{
    QSet<AccountId> all;
    for (qsizetype at = 0; at < watchers.size(); at += kBatch) {
        for (const AccountId reader : GI_TRY(m_visibility.readers(status, feed, watchers.mid(at, kBatch), deadline)))
            all.insert(reader);
    }
    return all;
}

Result<QHash<AccountId, StatusFlags>> StatusAudience::flags(StatusId shown, const QSet<AccountId> &home,
                                                            const Deadline &deadline) const
{
    QHash<AccountId, StatusFlags> all;
    const QList<AccountId> accounts(home.cbegin(), home.cend());
    for (qsizetype at = 0; at < accounts.size(); at += kBatch)
        all.insert(GI_TRY(m_statuses.flagsOf(shown, accounts.mid(at, kBatch), deadline)));
    return all;
}

} // namespace graminsta::domain
