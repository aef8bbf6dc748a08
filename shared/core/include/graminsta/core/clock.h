// SPDX-License-Identifier: GPL-3.0-or-later
// The time of day, injected so that tests own it. Thread-safe.
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace graminsta
{

// A moment in UTC, to the millisecond: what the wire and the databases keep.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override;
};

// RFC 3339 in UTC with milliseconds and Z: "2026-11-23T19:02:53.120Z", the form of the Mastodon API.
[[nodiscard]] QString toRfc3339(Timestamp time);
void appendRfc3339(QByteArray &out, Timestamp time);
inline constexpr int kRfc3339Size = 24;
// Into exactly kRfc3339Size bytes, with no zero after them.
void writeRfc3339(char *to, Timestamp time);
// Any RFC 3339 / ISO 8601 moment; nothing if the text is not one.
[[nodiscard]] std::optional<Timestamp> fromRfc3339(QStringView text);

[[nodiscard]] constexpr qint64 toUnixMs(Timestamp time)
{
    return time.time_since_epoch().count();
}
[[nodiscard]] constexpr Timestamp fromUnixMs(qint64 ms)
{
    return Timestamp { std::chrono::milliseconds { ms } };
}

} // namespace graminsta
