// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/memorybudget.h>

#include <algorithm>
#include <utility>

namespace graminsta::media
{

MemoryBudget::MemoryBudget(qint64 totalBytes)
    : m_total(totalBytes)
    , m_free(totalBytes)
{
}

std::optional<MemoryBudget::Share> MemoryBudget::take(qint64 bytes, const Deadline &deadline)
{
    const qint64 wanted = std::clamp(bytes, qint64 { 0 }, m_total);
    std::unique_lock lock(m_mutex);
    if (!m_given.wait_until(lock, deadline.timePoint(), [this, wanted] { return m_free >= wanted; }))
        return std::nullopt;
    m_free -= wanted;
    return Share(this, wanted);
}

MemoryBudget::Share::Share(MemoryBudget *budget, qint64 bytes)
    : m_budget(budget)
    , m_bytes(bytes)
{
}

MemoryBudget::Share::Share(Share &&other) noexcept
    : m_budget(std::exchange(other.m_budget, nullptr))
    , m_bytes(other.m_bytes)
{
}

MemoryBudget::Share::~Share()
{
    if (m_budget == nullptr)
        return;
    {
        const std::lock_guard lock(m_budget->m_mutex);
        m_budget->m_free += m_bytes;
    }
    m_budget->m_given.notify_all();
}

} // namespace graminsta::media
