// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/search/searchstatuses.h>

#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/search/searchquery.h>

#include <algorithm>

namespace graminsta::domain
{

using entities::Status;
using entities::Viewer;
using ports::SearchStep;
using ports::StatusSearch;

namespace
{

// Most queries are answered by the first; the steps of the others together are kMostCandidates.
constexpr int kSteps[] = { 100, 900, 4000 };

} // namespace

SearchStatuses::SearchStatuses(const ports::SearchReader &search, const ports::AccountReader &accounts,
                               const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                               const GatherStatuses &gather)
    : m_search(search)
    , m_accounts(accounts)
    , m_statuses(statuses)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<StatusSet> SearchStatuses::run(const Viewer &viewer, const SearchStatusesRequest &request, const QString &host,
                                      const Deadline &deadline) const
{
    SearchQuery query = parseSearchQuery(request.query);
    if (!viewer.hasAccount() || query.isEmpty() || query.isImpossible || request.offset + request.limit > kMostFound)
        return StatusSet {};
    StatusSearch &search = query.search;
    search.viewer = viewer.account;
    search.author = request.author;
    search.above = std::max(search.above, request.minId);
    if (request.maxId > 0)
        search.below = search.below > 0 ? std::min(search.below, request.maxId) : request.maxId;
    if (!GI_TRY(setAuthors(viewer, query.from, query.notFrom, host, search, deadline)))
        return StatusSet {};
    const QList<Status> found = GI_TRY(find(viewer, search, request.offset + request.limit, deadline));
    return m_gather.run(viewer, found.mid(request.offset, request.limit), Detail::List, deadline);
}

Result<bool> SearchStatuses::setAuthors(const Viewer &viewer, const QStringList &from, const QStringList &notFrom,
                                        const QString &host, StatusSearch &search, const Deadline &deadline) const
{
    QStringList names;
    for (const QString &acct : from + notFrom)
        names.append(localName(acct, host).value_or(QString()));
    if (names.isEmpty())
        return true;
    QHash<QString, AccountId> ids;
    for (const entities::Account &account : GI_TRY(m_accounts.byUsernames(names, deadline)))
        ids.insert(account.username.toLower(), account.id);
    ids.insert(QStringLiteral("me"), viewer.account);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const AccountId id = ids.value(names[i].toLower());
        if (i >= from.size()) {
            if (!id.isNull())
                search.notAuthors.append(id);
        } else if (id.isNull() || (!search.author.isNull() && search.author != id)) {
            return false;
        } else {
            search.author = id;
        }
    }
    return true;
}

Result<QList<Status>> SearchStatuses::find(const Viewer &viewer, StatusSearch search, int wanted,
                                           const Deadline &deadline) const
{
    QList<Status> found;
    for (const int candidates : kSteps) {
        const SearchStep step = GI_TRY(m_search.statuses(search, candidates, deadline));
        // Of a common word a step finds more than a page; few of it are hidden.
        for (qsizetype at = 0, some = wanted + 10; at < step.found.size() && found.size() < wanted; at += some) {
            const QList<Status> statuses = GI_TRY(m_statuses.byIds(step.found.mid(at, some), deadline));
            found += GI_TRY(m_visibility.visible(viewer, statuses, Hide::Unsought, deadline));
        }
        if (found.size() >= wanted || step.oldest == 0)
            break;
        search.below = step.oldest;
    }
    return found;
}

} // namespace graminsta::domain
