// SPDX-License-Identifier: GPL-3.0-or-later
#include "body/multipartparser.h"

namespace graminsta::http
{

namespace
{

constexpr int kMaxParts = 256;
constexpr qsizetype kMaxPartHead = 8 * 1024;
constexpr qsizetype kMaxPreamble = 8 * 1024;
constexpr qsizetype kMaxBoundary = 70; // RFC 2046 section 5.1.1

Error malformed(const char *why)
{
    return makeError(Fault::Invalid, QStringLiteral("The multipart body is malformed: %1").arg(QLatin1String(why)));
}

QByteArray quotedValue(QByteArrayView text)
{
    QByteArray value;
    for (qsizetype i = 0; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\'))
            ++i;
        value += text[i];
    }
    // What browsers send for a quote and a line break (WHATWG, multipart/form-data).
    value.replace("%22", "\"");
    value.replace("%0D%0A", "\n");
    return value;
}

} // namespace

std::optional<QByteArray> headerParameter(QByteArrayView value, QByteArrayView name)
{
    bool quoted = false;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == '"')
            quoted = !quoted;
        else if (quoted && value[i] == '\\')
            ++i;
        if (quoted || value[i] != ';')
            continue;
        const QByteArrayView rest = value.sliced(i + 1);
        qsizetype begin = 0;
        while (begin < rest.size() && (rest[begin] == ' ' || rest[begin] == '\t'))
            ++begin;
        const QByteArrayView item = rest.sliced(begin);
        if (item.size() <= name.size() || item[name.size()] != '='
            || item.first(name.size()).compare(name, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArrayView text = item.sliced(name.size() + 1);
        if (text.startsWith('"'))
            return quotedValue(text.sliced(1));
        const qsizetype end = text.indexOf(';');
        return (end < 0 ? text : text.first(end)).trimmed().toByteArray();
    }
    return std::nullopt;
}

std::optional<QByteArray> MultipartParser::boundaryOf(const QByteArray &contentType)
{
    if (!contentType.toLower().startsWith("multipart/form-data"))
        return std::nullopt;
    std::optional<QByteArray> boundary = headerParameter(contentType, "boundary");
    if (!boundary || boundary->isEmpty() || boundary->size() > kMaxBoundary)
        return std::nullopt;
    return boundary;
}

MultipartParser::MultipartParser(const QByteArray &boundary, PartReceiver &receiver)
    : m_receiver(receiver)
    , m_delimiter("\r\n--" + boundary)
    , m_matcher(m_delimiter)
    , m_buffer("\r\n") // so that the first boundary is one like the others
{
}

Result<> MultipartParser::feed(QByteArrayView piece)
{
    if (m_state == State::Epilogue)
        return {};
    m_buffer.append(piece.data(), piece.size());
    for (;;) {
        Step step = Step::NeedMore;
        switch (m_state) {
        case State::Preamble:
            step = GI_TRY(preamble());
            break;
        case State::AfterBoundary:
            step = GI_TRY(afterBoundary());
            break;
        case State::Head:
            step = GI_TRY(head());
            break;
        case State::Data:
            step = GI_TRY(data());
            break;
        case State::Epilogue:
            m_buffer.clear();
            return {};
        }
        if (step == Step::NeedMore)
            return {};
    }
}

Result<> MultipartParser::finish() const
{
    if (m_state != State::Epilogue)
        return malformed("it ends before its last boundary");
    return {};
}

Result<MultipartParser::Step> MultipartParser::preamble()
{
    const qsizetype at = m_matcher.indexIn(m_buffer);
    if (at < 0) {
        if (m_buffer.size() > kMaxPreamble)
            return malformed("it has no boundary");
        return Step::NeedMore;
    }
    m_buffer.remove(0, at + m_delimiter.size());
    m_state = State::AfterBoundary;
    return Step::GoOn;
}

Result<MultipartParser::Step> MultipartParser::afterBoundary()
{
    qsizetype at = 0;
    while (at < m_buffer.size() && (m_buffer[at] == ' ' || m_buffer[at] == '\t'))
        ++at;
    if (at > kMaxBoundary)
        return malformed("a boundary is followed by blanks without end");
    if (m_buffer.size() < at + 2)
        return Step::NeedMore;
    const QByteArrayView next = QByteArrayView(m_buffer).sliced(at, 2);
    if (next == QByteArrayView("--")) {
        m_state = State::Epilogue;
        return Step::GoOn;
    }
    if (next != QByteArrayView("\r\n"))
        return malformed("a boundary is followed by something else");
    if (++m_parts > kMaxParts)
        return malformed("it has too many parts");
    m_buffer.remove(0, at); // the CRLF stays: a head without a line ends in a blank line all the same
    m_state = State::Head;
    return Step::GoOn;
}

Result<MultipartParser::Step> MultipartParser::head()
{
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end > kMaxPartHead || (end < 0 && m_buffer.size() > kMaxPartHead))
        return malformed("a part's headers are too long");
    if (end < 0)
        return Step::NeedMore;
    PartHead part;
    QByteArrayView lines = QByteArrayView(m_buffer).sliced(2, qMax<qsizetype>(0, end - 2));
    while (!lines.isEmpty()) {
        const qsizetype lineEnd = lines.indexOf("\r\n");
        const QByteArrayView line = lineEnd < 0 ? lines : lines.first(lineEnd);
        lines = lineEnd < 0 ? QByteArrayView() : lines.sliced(lineEnd + 2);
        const qsizetype colon = line.indexOf(':');
        if (colon < 1)
            return malformed("a part's header has no colon");
        const QByteArrayView name = line.first(colon);
        const QByteArrayView value = line.sliced(colon + 1).trimmed();
        if (name.compare(QByteArrayView("content-disposition"), Qt::CaseInsensitive) == 0) {
            part.name = headerParameter(value, "name").value_or(QByteArray());
            part.fileName = headerParameter(value, "filename");
        } else if (name.compare(QByteArrayView("content-type"), Qt::CaseInsensitive) == 0) {
            part.contentType = value.toByteArray();
        }
    }
    m_buffer.remove(0, end + 2);
    m_atHeadEnd = true;
    m_state = State::Data;
    GI_TRY(m_receiver.beginPart(part));
    return Step::GoOn;
}

Result<> MultipartParser::handOn(qsizetype size)
{
    // The delimiter of an empty part may begin with the very CRLF that ended its head.
    const qsizetype skipped = m_atHeadEnd ? 2 : 0;
    if (size > skipped)
        GI_TRY(m_receiver.partData(QByteArrayView(m_buffer).sliced(skipped, size - skipped)));
    if (size >= skipped)
        m_atHeadEnd = false;
    return {};
}

Result<MultipartParser::Step> MultipartParser::data()
{
    const qsizetype at = m_matcher.indexIn(m_buffer);
    if (at >= 0) {
        GI_TRY(handOn(at));
        m_atHeadEnd = false;
        m_buffer.remove(0, at + m_delimiter.size());
        m_state = State::AfterBoundary;
        GI_TRY(m_receiver.endPart());
        return Step::GoOn;
    }
    const qsizetype safe = m_buffer.size() - (m_delimiter.size() - 1);
    if (safe >= 2) {
        GI_TRY(handOn(safe));
        m_buffer.remove(0, safe);
    }
    return Step::NeedMore;
}

} // namespace graminsta::http
