// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a stranger's bytes in order. What goes beyond the end reads as nothing and stops the reader for good, so that a
// parser may look once, at its end. Not thread-safe; the bytes must outlive it.
#pragma once

#include <QByteArrayView>

namespace graminsta::media
{

class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] bool isStopped() const { return m_stopped; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] qsizetype position() const { return m_at; }
    [[nodiscard]] QByteArrayView from(qsizetype start) const { return m_bytes.sliced(start, m_at - start); }

    QByteArrayView take(qsizetype length)
    {
        if (length < 0 || length > m_bytes.size() - m_at) {
            stop();
            return {};
        }
        m_at += length;
        return m_bytes.sliced(m_at - length, length);
    }
    [[nodiscard]] int byte()
    {
        const QByteArrayView one = take(1);
        return one.isEmpty() ? 0 : static_cast<uchar>(one.front());
    }
    [[nodiscard]] quint32 bigEndian(int length)
    {
        quint32 value = 0;
        for (int i = 0; i < length; ++i)
            value = (value << 8) | static_cast<quint32>(byte());
        return value;
    }
    [[nodiscard]] quint32 littleEndian(int length)
    {
        quint32 value = 0;
        for (int i = 0; i < length; ++i)
            value |= static_cast<quint32>(byte()) << (8 * i);
        return value;
    }
    // To the next such byte, or to the end.
    void skipTo(char wanted)
    {
        const qsizetype found = m_bytes.indexOf(wanted, m_at);
        m_at = found < 0 ? m_bytes.size() : found;
    }
    void stop()
    {
        m_stopped = true;
        m_at = m_bytes.size();
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_stopped = false;
};

} // namespace graminsta::media
