// SPDX-License-Identifier: GPL-3.0-or-later
#include "linereader.h"

namespace graminsta::archive
{

namespace
{

constexpr qsizetype kPiece = 64 * 1024;

} // namespace

LineReader::LineReader(ZipFile file, QString name, qint64 maxLine)
    : m_file(std::move(file))
    , m_name(std::move(name))
    , m_maxLine(maxLine)
{
}

Result<std::optional<QByteArray>> LineReader::next()
{
    qsizetype searched = m_begin;
    for (;;) {
        const qsizetype end = m_buffer.indexOf('\n', searched);
        if (end >= 0) {
            std::optional<QByteArray> line = m_buffer.mid(m_begin, end - m_begin);
            m_begin = end + 1;
            ++m_position;
            return line;
        }
        if (m_atEnd) {
            if (m_begin == m_buffer.size())
                return std::optional<QByteArray>();
            std::optional<QByteArray> line = m_buffer.mid(m_begin);
            m_begin = m_buffer.size();
            ++m_position;
            return line;
        }
        if (m_buffer.size() - m_begin > m_maxLine)
            return makeError(Fault::Unprocessable,
                             QStringLiteral("%1 line %2 is longer than the %3 bytes that a line may have")
                                 .arg(m_name)
                                 .arg(m_position + 1)
                                 .arg(m_maxLine));
        m_buffer.remove(0, m_begin);
        m_begin = 0;
        searched = m_buffer.size();
        GI_TRY(fill());
    }
}

Result<> LineReader::fill()
{
    const qsizetype before = m_buffer.size();
    m_buffer.resize(before + kPiece);
    const zip_int64_t read = zip_fread(m_file.get(), m_buffer.data() + before, kPiece);
    m_buffer.resize(before + qsizetype(qMax<zip_int64_t>(read, 0)));
    m_atEnd = read == 0;
    if (read < 0)
        return makeError(Fault::Unprocessable, QStringLiteral("%1 cannot be unpacked").arg(m_name),
                         QString::fromUtf8(zip_file_strerror(m_file.get())));
    return {};
}

} // namespace graminsta::archive
