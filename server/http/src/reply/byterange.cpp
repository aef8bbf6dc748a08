// SPDX-License-Identifier: GPL-3.0-or-later
#include "reply/byterange.h"

#include <optional>

namespace graminsta::http
{

namespace
{

constexpr qsizetype kMaxDigits = 18;

std::optional<qint64> digits(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > kMaxDigits)
        return std::nullopt;
    qint64 number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

QByteArrayView withoutWeakness(QByteArrayView tag)
{
    return tag.startsWith("W/") ? tag.sliced(2) : tag;
}

} // namespace

ByteRange parseRange(QByteArrayView header, qint64 total)
{
    const ByteRange whole { RangeOutcome::Whole, 0, total };
    constexpr QByteArrayView unit("bytes=");
    if (header.size() < unit.size() || header.first(unit.size()).compare(unit, Qt::CaseInsensitive) != 0)
        return whole;
    const QByteArrayView spec = header.sliced(unit.size()).trimmed();
    const qsizetype dash = spec.indexOf('-');
    if (dash < 0 || spec.contains(','))
        return whole;
    const QByteArrayView firstText = spec.first(dash).trimmed();
    const QByteArrayView lastText = spec.sliced(dash + 1).trimmed();
    const std::optional<qint64> first = digits(firstText);
    const std::optional<qint64> last = digits(lastText);
    if ((!first && !firstText.isEmpty()) || (!last && !lastText.isEmpty()) || (!first && !last))
        return whole;
    if (!first) {
        if (*last == 0 || total == 0)
            return { RangeOutcome::Unsatisfiable, 0, 0 };
        const qint64 size = qMin(*last, total);
        return { RangeOutcome::Part, total - size, size };
    }
    if (last && *last < *first)
        return whole;
    if (*first >= total)
        return { RangeOutcome::Unsatisfiable, 0, 0 };
    const qint64 end = last ? qMin(*last, total - 1) : total - 1;
    return { RangeOutcome::Part, *first, end - *first + 1 };
}

bool matchesAny(QByteArrayView ifNoneMatch, QByteArrayView etag)
{
    if (etag.isEmpty())
        return false;
    if (ifNoneMatch.trimmed() == QByteArrayView("*"))
        return true;
    while (!ifNoneMatch.isEmpty()) {
        const qsizetype comma = ifNoneMatch.indexOf(',');
        const QByteArrayView tag = (comma < 0 ? ifNoneMatch : ifNoneMatch.first(comma)).trimmed();
        if (withoutWeakness(tag) == withoutWeakness(etag))
            return true;
        ifNoneMatch = comma < 0 ? QByteArrayView() : ifNoneMatch.sliced(comma + 1);
    }
    return false;
}

} // namespace graminsta::http
