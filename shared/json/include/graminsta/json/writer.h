// SPDX-License-Identifier: GPL-3.0-or-later
// Writes JSON text (RFC 8259) straight into one buffer, a quarter of the cost of QJsonDocument. A value with no state
// but its text; not thread-safe. The caller is trusted to nest rightly: begin and end in pairs, a key before each value
// of an object, element() before each value of an array.
#pragma once

#include <graminsta/core/clock.h>

#include <QByteArray>
#include <QDate>
#include <QLatin1String>
#include <QString>

#include <concepts>
#include <cstring>
#include <optional>

namespace graminsta::json
{

class JsonWriter
{
public:
    // `expected` is the size of the text to come, as well as the caller knows it.
    explicit JsonWriter(qsizetype expected = 1024);

    void beginObject() { put('{'); }
    void endObject() { put('}'); }
    void beginArray() { put('['); }
    void endArray() { put(']'); }
    void element()
    {
        if (m_at[-1] != '[')
            put(',');
    }

    // `name` is a literal that needs no escapes.
    template<size_t N> void key(const char (&name)[N])
    {
        grow(N + 4);
        // A value never ends in a brace that opens, so the last byte says whether a comma is due.
        if (m_at[-1] != '{')
            *m_at++ = ',';
        *m_at++ = '"';
        std::memcpy(m_at, name, N - 1);
        m_at += N - 1;
        *m_at++ = '"';
        *m_at++ = ':';
    }

    // Unpaired surrogates become U+FFFD: what leaves is always valid UTF-8.
    void value(QStringView text);
    void value(const QString &text) { value(QStringView { text }); }
    // Plain ASCII that needs no escapes.
    void value(QLatin1String text);
    void value(std::same_as<bool> auto truth) { truth ? append("true", 4) : append("false", 5); }
    void value(std::integral auto number) requires(!std::same_as<decltype(number), bool>)
    {
        integer(static_cast<qint64>(number));
    }
    // The shortest digits that read back as the same number; null if it is not finite.
    void value(double number);
    void value(Timestamp time);
    void value(QDate date);
    // As text: "1080x810".
    void sizeText(int width, int height);
    void null();
    // null if there is none.
    template<typename T> void value(const std::optional<T> &optional)
    {
        if (optional)
            value(*optional);
        else
            null();
    }

    template<size_t N, typename T> void field(const char (&name)[N], const T &content)
    {
        key(name);
        value(content);
    }
    template<size_t N> void nullField(const char (&name)[N])
    {
        key(name);
        null();
    }
    // An empty text is null: what has no text in the model may be null on the wire.
    template<size_t N> void fieldOrNull(const char (&name)[N], const QString &text)
    {
        key(name);
        if (text.isEmpty())
            null();
        else
            value(text);
    }
    template<size_t N> void emptyArrayField(const char (&name)[N])
    {
        key(name);
        beginArray();
        endArray();
    }

    // The text so far; the writer is empty afterwards.
    [[nodiscard]] QByteArray take();

private:
    void integer(qint64 number);
    void put(char c)
    {
        grow(1);
        *m_at++ = c;
    }
    // Room for `bytes` more.
    void grow(qsizetype bytes)
    {
        if (m_end - m_at < bytes) [[unlikely]]
            reallocate(bytes);
    }
    void reallocate(qsizetype bytes);
    void append(const char *text, qsizetype size)
    {
        grow(size);
        std::memcpy(m_at, text, static_cast<size_t>(size));
        m_at += size;
    }

    QByteArray m_buffer;
    // Into m_buffer.
    char *m_at = nullptr;
    char *m_end = nullptr;
};

} // namespace graminsta::json
