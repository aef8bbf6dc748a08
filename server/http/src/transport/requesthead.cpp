// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/requesthead.h"

#include <array>

namespace graminsta::http
{

namespace
{

constexpr qsizetype kMaxLeadingLineBytes = 8;
constexpr qsizetype kMaxLengthDigits = 15;

// RFC 9110 section 5.6.2.
constexpr std::array<bool, 256> makeTokenTable()
{
    std::array<bool, 256> table {};
    for (size_t c = '0'; c <= '9'; ++c)
        table[c] = true;
    for (size_t c = 'a'; c <= 'z'; ++c)
        table[c] = table[c - 'a' + 'A'] = true;
    for (const char c : { '!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~' })
        table[static_cast<unsigned char>(c)] = true;
    return table;
}
constexpr std::array<bool, 256> kTokenTable = makeTokenTable();

bool isToken(QByteArrayView text)
{
    for (const char c : text) {
        if (!kTokenTable[static_cast<unsigned char>(c)])
            return false;
    }
    return !text.isEmpty();
}

bool isFieldValue(QByteArrayView text)
{
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7f)
            return false;
    }
    return true;
}

// Origin form, or the asterisk of OPTIONS. Absolute form is for proxies, and "//x" is read as a host by some.
bool isTarget(QByteArrayView target, QByteArrayView method)
{
    if (target == QByteArrayView("*"))
        return method == QByteArrayView("OPTIONS");
    if (!target.startsWith('/') || target.startsWith("//"))
        return false;
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f)
            return false;
    }
    return true;
}

bool isHost(QByteArrayView host)
{
    for (const char c : host) {
        const bool letterOrDigit = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!letterOrDigit && !QByteArrayView(".-:[]_").contains(c))
            return false;
    }
    return true;
}

std::optional<qint64> parseLength(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > kMaxLengthDigits)
        return std::nullopt;
    qint64 length = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        length = length * 10 + (c - '0');
    }
    return length;
}

bool hasOption(QByteArrayView list, QByteArrayView option)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView item = (comma < 0 ? list : list.first(comma)).trimmed();
        if (item.compare(option, Qt::CaseInsensitive) == 0)
            return true;
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return false;
}

// One past the first CRLF CRLF that begins at `from` or later; -1 if there is none.
qsizetype headEnd(QByteArrayView input, qsizetype from)
{
    // By the line feed, which is rarer than what memchr() skips over: several times faster than a search for four.
    for (qsizetype at = input.indexOf('\n', from + 1); at >= 0; at = input.indexOf('\n', at + 1)) {
        if (input[at - 1] == '\r' && at + 2 < input.size() && input[at + 1] == '\r' && input[at + 2] == '\n')
            return at + 3;
    }
    return -1;
}

QByteArray lowered(QByteArrayView name)
{
    QByteArray result = name.toByteArray();
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c | 0x20);
    }
    return result;
}

class HeadParser
{
public:
    explicit HeadParser(RequestHead &head)
        : m_head(head)
    {
    }

    std::optional<Refusal> requestLine(QByteArrayView line)
    {
        const qsizetype first = line.indexOf(' ');
        const qsizetype last = line.lastIndexOf(' ');
        if (first < 1 || last <= first + 1)
            return Refusal::BadRequest;
        m_head.method = line.first(first).toByteArray();
        const QByteArrayView target = line.sliced(first + 1, last - first - 1);
        if (!isToken(m_head.method) || !isTarget(target, m_head.method))
            return Refusal::BadRequest;
        m_head.target = target.toByteArray();
        const QByteArrayView version = line.sliced(last + 1);
        m_old = version == QByteArrayView("HTTP/1.0");
        m_head.closeAfter = m_old;
        if (!m_old && version != QByteArrayView("HTTP/1.1"))
            return Refusal::VersionNotSupported;
        return std::nullopt;
    }

    std::optional<Refusal> field(QByteArrayView line)
    {
        const qsizetype colon = line.indexOf(':');
        // A line that begins with white space is a folded one; RFC 9112 section 5.2 lets a server refuse it.
        if (colon < 1 || !isToken(line.first(colon)))
            return Refusal::BadRequest;
        const QByteArrayView value = line.sliced(colon + 1).trimmed();
        if (!isFieldValue(value))
            return Refusal::BadRequest;
        m_head.headers.append({ lowered(line.first(colon)), value.toByteArray() });
        return known(m_head.headers.constLast().first, value);
    }

    std::optional<Refusal> finish()
    {
        // RFC 9112 section 3.2.
        if (m_hosts > 1 || (m_hosts == 0 && !m_old))
            return Refusal::BadRequest;
        // Section 6.1: both framings at once are an attack. Chunked bodies alone are refused by choice.
        if (m_transferEncoding)
            return m_lengths > 0 ? Refusal::BadRequest : Refusal::LengthRequired;
        return std::nullopt;
    }

private:
    std::optional<Refusal> known(const QByteArray &name, QByteArrayView value)
    {
        if (name == "host") {
            ++m_hosts;
            return isHost(value) ? std::nullopt : std::optional(Refusal::BadRequest);
        }
        if (name == "content-length") {
            const std::optional<qint64> length = parseLength(value);
            if (!length || ++m_lengths > 1)
                return Refusal::BadRequest;
            m_head.contentLength = *length;
        } else if (name == "transfer-encoding") {
            m_transferEncoding = true;
        } else if (name == "connection") {
            if (hasOption(value, "close"))
                m_head.closeAfter = true;
            else if (m_old && hasOption(value, "keep-alive"))
                m_head.closeAfter = false;
        } else if (name == "expect") {
            if (value.compare(QByteArrayView("100-continue"), Qt::CaseInsensitive) != 0)
                return Refusal::ExpectationFailed;
            m_head.expectsContinue = !m_old;
        }
        return std::nullopt;
    }

    RequestHead &m_head;
    int m_hosts = 0;
    int m_lengths = 0;
    bool m_transferEncoding = false;
    bool m_old = false; // HTTP/1.0
};

} // namespace

int refusalStatus(Refusal refusal)
{
    switch (refusal) {
    case Refusal::BadRequest:
        return 400;
    case Refusal::RequestTimeout:
        return 408;
    case Refusal::LengthRequired:
        return 411;
    case Refusal::UriTooLong:
        return 414;
    case Refusal::ExpectationFailed:
        return 417;
    case Refusal::HeadersTooLarge:
        return 431;
    case Refusal::VersionNotSupported:
        return 505;
    }
    return 400;
}

QByteArray RequestHead::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

QByteArrayView RequestHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView(target) : QByteArrayView(target).first(mark);
}

QByteArrayView RequestHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView() : QByteArrayView(target).sliced(mark + 1);
}

HeadSearch findHead(QByteArrayView input, qsizetype scanned, const HeadLimits &limits)
{
    HeadEnd place;
    while (place.begin < input.size() && (input[place.begin] == '\r' || input[place.begin] == '\n'))
        ++place.begin;
    if (place.begin > kMaxLeadingLineBytes)
        return { std::nullopt, Refusal::BadRequest };
    const qsizetype from = qMax(place.begin, scanned - 3);
    const qsizetype end = headEnd(input, from);
    const qsizetype size = (end < 0 ? input.size() : end) - place.begin;
    if (size > limits.maxHeaderBytes)
        return { std::nullopt, Refusal::HeadersTooLarge };
    if (end >= 0) {
        place.end = end;
        return { place, std::nullopt };
    }
    if (size > limits.maxRequestLine && !input.sliced(place.begin, limits.maxRequestLine).contains('\n'))
        return { std::nullopt, Refusal::UriTooLong };
    // A bare line feed would end a line for lenient readers only.
    if (input.indexOf("\n\n", qMin(from, input.size())) >= 0)
        return { std::nullopt, Refusal::BadRequest };
    return {};
}

std::optional<Refusal> parseHead(QByteArrayView text, const HeadLimits &limits, RequestHead &head)
{
    HeadParser parser(head);
    int lines = 0;
    while (text != QByteArrayView("\r\n")) {
        const qsizetype end = text.indexOf('\r');
        if (text[end + 1] != '\n')
            return Refusal::BadRequest; // a bare carriage return
        const QByteArrayView line = text.first(end);
        text = text.sliced(end + 2);
        if (lines == 0 && line.size() > limits.maxRequestLine)
            return Refusal::UriTooLong;
        if (lines > limits.maxHeaderCount)
            return Refusal::HeadersTooLarge;
        if (const auto refusal = lines == 0 ? parser.requestLine(line) : parser.field(line))
            return refusal;
        ++lines;
    }
    return parser.finish();
}

} // namespace graminsta::http
