// SPDX-License-Identifier: GPL-3.0-or-later
// Marks what the viewer's filters mean among statuses that are about to be shown. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/domain/notifications/listnotifications.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/filters.h>

#include <QSet>

namespace graminsta::domain
{

class ApplyFilters
{
public:
    ApplyFilters(const ports::FilterReader &filters, const Clock &clock);

    // Sets `filtered` of the set: for each status, or what it reblogs, the filters for this context that have not
    // expired and name it, or have a keyword that is in its text, its warning or a description of its photos. Nobody's
    // own statuses. From the home timeline it takes away what a filter hides; elsewhere clients do. One query, and none
    // for who has no filters.
    [[nodiscard]] Result<> run(const entities::Viewer &viewer, entities::FilterContext context, StatusSet &set,
                               const Deadline &deadline) const;
    // The same for both halves of a thread, with one query.
    [[nodiscard]] Result<> run(const entities::Viewer &viewer, Thread &thread, const Deadline &deadline) const;
    // The same for notifications; takes away those of what a filter hides.
    [[nodiscard]] Result<> run(const entities::Viewer &viewer, NotificationSet &set, const Deadline &deadline) const;

private:
    // Gives those statuses of the sets that a filter hides.
    [[nodiscard]] Result<QSet<StatusId>> mark(const entities::Viewer &viewer, entities::FilterContext context,
                                              const QList<StatusSet *> &sets, const Deadline &deadline) const;

    const ports::FilterReader &m_filters;
    const Clock &m_clock;
};

} // namespace graminsta::domain
