// SPDX-License-Identifier: GPL-3.0-or-later
// Appends text piece by piece into one buffer: QByteArray's own append costs a hundred instructions a piece, and heads
// and log lines have dozens. Not thread-safe.
#pragma once

#include <QByteArray>

#include <charconv>
#include <cstring>

namespace graminsta::http
{

class ByteWriter
{
public:
    explicit ByteWriter(qsizetype reserve)
        : m_bytes(reserve, Qt::Uninitialized)
    {
    }

    ByteWriter &operator<<(QByteArrayView text)
    {
        char *end = room(text.size());
        std::memcpy(end, text.data(), static_cast<size_t>(text.size()));
        m_size += text.size();
        return *this;
    }
    ByteWriter &operator<<(char c)
    {
        *room(1) = c;
        ++m_size;
        return *this;
    }
    ByteWriter &operator<<(qint64 number)
    {
        char *begin = room(kMaxDigits);
        m_size += std::to_chars(begin, begin + kMaxDigits, number).ptr - begin;
        return *this;
    }

    // What has been written; the writer is empty afterwards, but keeps no buffer.
    [[nodiscard]] QByteArray take()
    {
        m_bytes.truncate(std::exchange(m_size, 0));
        return std::exchange(m_bytes, {});
    }
    [[nodiscard]] QByteArrayView view() const { return QByteArrayView(m_bytes).first(m_size); }
    void clear() { m_size = 0; }

private:
    static constexpr qsizetype kMaxDigits = 20;

    char *room(qsizetype size)
    {
        if (m_bytes.size() - m_size < size)
            m_bytes.resize((m_size + size) * 2);
        return m_bytes.data() + m_size;
    }

    QByteArray m_bytes;
    qsizetype m_size = 0;
};

} // namespace graminsta::http
