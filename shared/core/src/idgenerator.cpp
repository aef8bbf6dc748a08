// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/core/idgenerator.h>

#include <algorithm>
#include <limits>

namespace graminsta
{

namespace
{
constexpr int kNodeBits = 10;
constexpr int kSequenceBits = 12;
constexpr qint64 kSequenceMask = (qint64(1) << kSequenceBits) - 1;
} // namespace

std::optional<qint64> parseIdNumber(QStringView text)
{
    if (text.isEmpty() || text.size() > 19)
        return std::nullopt;
    qint64 number = 0;
    for (const QChar c : text) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9'))
            return std::nullopt;
        const int digit = c.unicode() - '0';
        if (number > (std::numeric_limits<qint64>::max() - digit) / 10)
            return std::nullopt;
        number = number * 10 + digit;
    }
    return number > 0 ? std::optional<qint64>(number) : std::nullopt;
}

IdGenerator::IdGenerator(const Clock &clock, int node)
    : m_clock(clock)
    , m_node(node)
{
    Q_ASSERT(node >= 0 && node <= kMaxIdNode);
}

qint64 IdGenerator::nextNumber()
{
    const qint64 now = (m_clock.now() - kIdEpoch).count();
    const std::lock_guard lock(m_mutex);
    if (now > m_lastMs) {
        m_lastMs = now;
        m_sequence = 0;
    } else if (++m_sequence > kSequenceMask) {
        ++m_lastMs;
        m_sequence = 0;
    }
    return (m_lastMs << (kNodeBits + kSequenceBits)) | (m_node << kSequenceBits) | m_sequence;
}

Timestamp idTime(qint64 id)
{
    return kIdEpoch + std::chrono::milliseconds { id >> (kNodeBits + kSequenceBits) };
}

qint64 firstIdAt(Timestamp time)
{
    return std::max<qint64>(0, (time - kIdEpoch).count()) << (kNodeBits + kSequenceBits);
}

} // namespace graminsta
