// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/ratecounter.h"

#include <QDateTime>

namespace graminsta::http
{

std::optional<RateState> RateCounter::take(quint64 key, Timestamp now)
{
    if (m_limit.requests <= 0)
        return std::nullopt;
    const qint64 seconds = toUnixMs(now) / 1000;
    const qint64 window = seconds / m_limit.window.count();
    RateState state;
    state.limit = m_limitText;
    state.secondsLeft = (window + 1) * m_limit.window.count() - seconds;

    const std::lock_guard lock(m_mutex);
    // Never back: a clock that is set back must not open a window twice.
    if (window > m_window)
        beginWindow(window);
    state.reset = m_reset;
    const auto known = m_counts.find(key);
    int count = 1;
    if (known != m_counts.end())
        count = ++*known;
    else if (m_counts.size() < kMaxKeys)
        m_counts.insert(key, count);
    state.remaining = qMax(0, m_limit.requests - count);
    state.exceeded = count > m_limit.requests;
    return state;
}

void RateCounter::beginWindow(qint64 window)
{
    m_window = window;
    m_counts = {};
    const QDateTime end = QDateTime::fromSecsSinceEpoch((window + 1) * m_limit.window.count(), Qt::UTC);
    m_reset = end.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.000000Z")).toLatin1();
}

} // namespace graminsta::http
