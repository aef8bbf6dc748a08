// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace graminsta::json
{

namespace
{

// The worst cases per UTF-16 unit: "\u001f", and three bytes of UTF-8.
constexpr qsizetype kMostBytesPerUnit = 6;

constexpr bool needsNoEscape(char16_t unit)
{
    return unit >= 0x20 && unit < 0x80 && unit != u'"' && unit != u'\\';
}

// Copies plain ASCII until something else comes; most text of a timeline is such. Returns the first unit not copied.
const char16_t *copyPlain(const char16_t *from, const char16_t *end, char *&to)
{
#ifdef __SSE2__
    const __m128i lowest = _mm_set1_epi16(0x20);
    const __m128i highest = _mm_set1_epi16(0x7f);
    const __m128i quote = _mm_set1_epi16('"');
    const __m128i backslash = _mm_set1_epi16('\\');
    while (end - from >= 8) {
        const __m128i units = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
        // Units from 0x8000 on are negative here, hence below the lowest: right for once.
        const __m128i range = _mm_or_si128(_mm_cmplt_epi16(units, lowest), _mm_cmpgt_epi16(units, highest));
        const __m128i marks = _mm_or_si128(_mm_cmpeq_epi16(units, quote), _mm_cmpeq_epi16(units, backslash));
        if (_mm_movemask_epi8(_mm_or_si128(range, marks)) != 0)
            break;
        _mm_storel_epi64(reinterpret_cast<__m128i *>(to), _mm_packus_epi16(units, units));
        from += 8;
        to += 8;
    }
#endif
    while (from != end && needsNoEscape(*from))
        *to++ = static_cast<char>(*from++);
    return from;
}

char *putEscape(char *to, char16_t unit)
{
    constexpr char kDigits[] = "0123456789abcdef";
    *to++ = '\\';
    switch (unit) {
    case u'"':
    case u'\\':
        *to++ = static_cast<char>(unit);
        return to;
    case u'\n':
        *to++ = 'n';
        return to;
    case u'\r':
        *to++ = 'r';
        return to;
    case u'\t':
        *to++ = 't';
        return to;
    default:
        *to++ = 'u';
        for (int shift = 12; shift >= 0; shift -= 4)
            *to++ = kDigits[(unit >> shift) & 0xf];
        return to;
    }
}

char *putUtf8(char *to, char32_t point)
{
    const auto tail = [point](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3f)); };
    if (point < 0x800) {
        *to++ = static_cast<char>(0xc0 | (point >> 6));
    } else if (point < 0x10000) {
        *to++ = static_cast<char>(0xe0 | (point >> 12));
        *to++ = tail(6);
    } else {
        *to++ = static_cast<char>(0xf0 | (point >> 18));
        *to++ = tail(12);
        *to++ = tail(6);
    }
    *to++ = tail(0);
    return to;
}

// One code point that copyPlain() does not take.
const char16_t *copySpecial(const char16_t *from, const char16_t *end, char *&to)
{
    const char16_t unit = *from++;
    // The two line separators are no line ends in JSON, but are in the JavaScript that JSON gets pasted into.
    if (unit < 0x80 || unit == 0x2028 || unit == 0x2029) {
        to = putEscape(to, unit);
    } else if (!QChar::isSurrogate(unit)) {
        to = putUtf8(to, unit);
    } else if (QChar::isHighSurrogate(unit) && from != end && QChar::isLowSurrogate(*from)) {
        to = putUtf8(to, QChar::surrogateToUcs4(unit, *from++));
    } else {
        to = putUtf8(to, QChar::ReplacementCharacter);
    }
    return from;
}

} // namespace

JsonWriter::JsonWriter(qsizetype expected)
    : m_buffer(expected, Qt::Uninitialized)
    , m_at(m_buffer.data())
    , m_end(m_at + m_buffer.size())
{
}

void JsonWriter::reallocate(qsizetype bytes)
{
    const qsizetype used = m_at ? m_at - m_buffer.constData() : 0;
    m_buffer.resize(std::max(m_buffer.size() * 2, used + bytes));
    m_at = m_buffer.data() + used;
    m_end = m_buffer.data() + m_buffer.size();
}

QByteArray JsonWriter::take()
{
    m_buffer.truncate(m_at - m_buffer.constData());
    m_at = nullptr;
    m_end = nullptr;
    return std::exchange(m_buffer, {});
}

void JsonWriter::value(QStringView text)
{
    grow(text.size() * kMostBytesPerUnit + 2);
    const char16_t *from = text.utf16();
    const char16_t *const end = from + text.size();
    char *to = m_at;
    *to++ = '"';
    while ((from = copyPlain(from, end, to)) != end)
        from = copySpecial(from, end, to);
    *to++ = '"';
    m_at = to;
}

void JsonWriter::value(QLatin1String text)
{
    put('"');
    append(text.data(), text.size());
    put('"');
}

void JsonWriter::integer(qint64 number)
{
    grow(20);
    m_at = std::to_chars(m_at, m_at + 20, number).ptr;
}

void JsonWriter::value(double number)
{
    if (!std::isfinite(number)) {
        null();
        return;
    }
    grow(32);
    m_at = std::to_chars(m_at, m_at + 32, number).ptr;
}

void JsonWriter::value(Timestamp time)
{
    put('"');
    grow(kRfc3339Size);
    writeRfc3339(m_at, time);
    m_at += kRfc3339Size;
    put('"');
}

void JsonWriter::value(QDate date)
{
    constexpr qsizetype kDateSize = 10; // the first of what a moment has
    constexpr qint64 kMsPerDay = 24 * 3600 * 1000;
    const QDate epoch(1970, 1, 1);
    char moment[kRfc3339Size];
    writeRfc3339(moment, fromUnixMs(epoch.daysTo(date) * kMsPerDay));
    value(QLatin1String(moment, kDateSize));
}

void JsonWriter::sizeText(int width, int height)
{
    put('"');
    integer(width);
    put('x');
    integer(height);
    put('"');
}

void JsonWriter::null()
{
    append("null", 4);
}

} // namespace graminsta::json
