// SPDX-License-Identifier: GPL-3.0-or-later
// Counts requests by key in fixed windows, as Mastodon's limits do (Rack::Attack): everybody's window begins at the
// same multiple of its length. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/http/server.h>

#include <QHash>

#include <mutex>

namespace graminsta::http
{

// What is left of a limit after a request.
struct RateState {
    QByteArray limit; // as text: it is the same for each answer
    int remaining = 0;
    bool exceeded = false;
    qint64 secondsLeft = 0; // until the window ends
    QByteArray reset; // when it ends: ISO 8601 with microseconds
};

class RateCounter
{
public:
    // As many keys are told apart in one window; those beyond are not counted: a flood from everywhere is not met by
    // forgetting who came before it.
    static constexpr qsizetype kMaxKeys = 100'000;

    explicit RateCounter(const RateLimit &limit)
        : m_limit(limit)
        , m_limitText(QByteArray::number(limit.requests))
    {
    }

    // Counts one request, also one that is over the limit. Nothing if there is no limit.
    [[nodiscard]] std::optional<RateState> take(quint64 key, Timestamp now);

private:
    void beginWindow(qint64 window);

    const RateLimit m_limit;
    const QByteArray m_limitText;
    std::mutex m_mutex;
    qint64 m_window = -1; // protected by m_mutex, as all below
    QByteArray m_reset;
    QHash<quint64, int> m_counts;
};

} // namespace graminsta::http
