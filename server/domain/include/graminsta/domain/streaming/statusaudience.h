// SPDX-License-Identifier: GPL-3.0-or-later
// To whom among those who watch a status is shown, in a fixed number of queries for a thousand of them. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/statuses/gatherstatuses.h>

#include <QSet>

namespace graminsta::domain
{

// Who watches: their own home timeline, and the feeds of everybody. Each once in each.
struct Watchers {
    QList<AccountId> home;
    QList<AccountId> feeds;
};

// What is new about a status.
enum class News { Status, Edit };

struct Audience {
    StatusSet set; // as nobody sees it; empty if it is gone
    QSet<AccountId> home; // whose home timeline lists it
    QSet<AccountId> feeds; // to whom a feed that lists it shows it
    bool isForNobody = false; // those feeds show it also to whoever is not signed in
    QHash<AccountId, entities::StatusFlags> flags; // of those in `home` who have done something with what it shows
};

class StatusAudience
{
public:
    StatusAudience(const ports::StatusReader &statuses, const VisibilityPolicy &visibility,
                   const GatherStatuses &gather);

    // Four queries for the status, and for each thousand who watch one each for home and feeds (two for a reblog) and
    // one for the flags.
    [[nodiscard]] Result<Audience> run(StatusId id, News news, const Watchers &watchers,
                                       const Deadline &deadline) const;

private:
    [[nodiscard]] Result<QSet<AccountId>> readers(const entities::Status &status, Feed feed,
                                                  const QList<AccountId> &watchers, const Deadline &deadline) const;
    [[nodiscard]] Result<QHash<AccountId, entities::StatusFlags>> flags(StatusId shown, const QSet<AccountId> &home,
                                                                        const Deadline &deadline) const;

    const ports::StatusReader &m_statuses;
    const VisibilityPolicy &m_visibility;
    const GatherStatuses &m_gather;
};

} // namespace graminsta::domain
