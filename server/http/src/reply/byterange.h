// SPDX-License-Identifier: GPL-3.0-or-later
// Range requests and entity tags (RFC 9110 sections 13 and 14). Plain functions; thread-safe.
#pragma once

#include <QByteArray>

namespace graminsta::http
{

enum class RangeOutcome {
    Whole, // none was asked for, or one that we may ignore: malformed, several at once, another unit
    Part,
    Unsatisfiable, // 416
};

struct ByteRange {
    RangeOutcome outcome = RangeOutcome::Whole;
    qint64 begin = 0;
    qint64 size = 0;
};

// What a Range header means for something of `total` bytes.
[[nodiscard]] ByteRange parseRange(QByteArrayView header, qint64 total);

// Whether an If-None-Match header names `etag` (weak comparison, as it asks for).
[[nodiscard]] bool matchesAny(QByteArrayView ifNoneMatch, QByteArrayView etag);

} // namespace graminsta::http
