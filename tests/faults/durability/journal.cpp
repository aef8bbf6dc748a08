// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal.h"

#include <utility>

namespace graminsta::durability
{

void Journal::posted(const QString &id, const Acknowledged &status)
{
    const std::lock_guard lock(m_mutex);
    m_statuses.insert(id, status);
}

void Journal::favourited(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    m_statuses[id].favourited = true;
}

void Journal::deleting(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    m_uncertain.append(id);
}

void Journal::deleted(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    m_uncertain.removeOne(id);
    m_statuses[id].deleted = true;
}

void Journal::unanswered(const Unanswered &request)
{
    const std::lock_guard lock(m_mutex);
    m_unanswered.append(request);
}

QHash<QString, Acknowledged> Journal::certain() const
{
    const std::lock_guard lock(m_mutex);
    QHash<QString, Acknowledged> all = m_statuses;
    for (const QString &id : m_uncertain)
        all.remove(id);
    return all;
}

QList<Unanswered> Journal::takeUnanswered()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_unanswered, {});
}

qsizetype Journal::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_statuses.size();
}

} // namespace graminsta::durability
