// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/core/clock.h>

#include <QDateTime>

#include <cstring>

namespace graminsta
{

Timestamp SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void writeRfc3339(char *to, Timestamp time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date { day };
    const hh_mm_ss clock { time - day };
    std::memcpy(to, "0000-00-00T00:00:00.000Z", kRfc3339Size);
    const auto put = [to](int at, int digits, qint64 value) {
        for (int i = digits - 1; i >= 0; --i, value /= 10)
            to[at + i] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, int(date.year()));
    put(5, 2, unsigned(date.month()));
    put(8, 2, unsigned(date.day()));
    put(11, 2, clock.hours().count());
    put(14, 2, clock.minutes().count());
    put(17, 2, clock.seconds().count());
    put(20, 3, clock.subseconds().count());
}

void appendRfc3339(QByteArray &out, Timestamp time)
{
    char text[kRfc3339Size];
    writeRfc3339(text, time);
    out.append(text, kRfc3339Size);
}

QString toRfc3339(Timestamp time)
{
    QByteArray text;
    appendRfc3339(text, time);
    return QString::fromLatin1(text);
}

std::optional<Timestamp> fromRfc3339(QStringView text)
{
    QDateTime time = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    // A moment without an offset is taken as UTC: the API knows no local time.
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return fromUnixMs(time.toMSecsSinceEpoch());
}

} // namespace graminsta
