// SPDX-License-Identifier: GPL-3.0-or-later
// Finds statuses by their words (GET /api/v2/search). Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/ports/search.h>

namespace graminsta::domain
{

struct SearchStatusesRequest {
    QString query;
    AccountId author; // null: anybody's
    qint64 maxId = 0; // both exclusive, 0: no bound
    qint64 minId = 0;
    int offset = 0;
    int limit = 20;
};

class SearchStatuses
{
public:
    SearchStatuses(const ports::SearchReader &search, const ports::AccountReader &accounts,
                   const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                   const GatherStatuses &gather);

    // The newest first: public posts, the viewer's own, and what those whom the viewer follows have posted for their
    // followers or beside the public timeline; nobody's direct messages but the viewer's. Of the newest kMostCandidates
    // posts that have the rarest of the words: what is farther below is not found. `host` is this server's, for
    // "from:alice@host". Nothing without an account.
    [[nodiscard]] Result<StatusSet> run(const entities::Viewer &viewer, const SearchStatusesRequest &request,
                                        const QString &host, const Deadline &deadline) const;

private:
    // False if nobody can have posted it.
    [[nodiscard]] Result<bool> setAuthors(const entities::Viewer &viewer, const QStringList &from,
                                          const QStringList &notFrom, const QString &host, ports::StatusSearch &search,
                                          const Deadline &deadline) const;
    [[nodiscard]] Result<QList<entities::Status>> find(const entities::Viewer &viewer, ports::StatusSearch search,
                                                       int wanted, const Deadline &deadline) const;

    const ports::SearchReader &m_search;
    const ports::AccountReader &m_accounts;
    const ports::StatusReader &m_statuses;
    const VisibilityPolicy &m_visibility;
    const GatherStatuses &m_gather;
};

inline constexpr int kMostCandidates = 5000;
// With an offset above it nothing is found.
inline constexpr int kMostFound = 400;

} // namespace graminsta::domain
