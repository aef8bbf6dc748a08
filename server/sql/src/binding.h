// SPDX-License-Identifier: GPL-3.0-or-later
// Values that a statement's parameters are bound to: ?1 is the first. Made from the types of the entities in one place,
// so that an id of zero is NULL everywhere and a time is a number of milliseconds. Values.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QByteArray>
#include <QStringList>
#include <QVarLengthArray>

#include <optional>
#include <type_traits>
#include <variant>

namespace graminsta::sql
{

struct Null {
};

// UTF-8. A lone surrogate becomes '?' on the way; U+0000 is refused by Connection::run().
struct Text {
    QByteArray utf8;
};

struct Blob {
    QByteArray bytes;
};

using Binding = std::variant<Null, qint64, double, Text, Blob, QList<qint64>, QStringList>;

template<typename Number>
requires std::is_integral_v<Number> || std::is_enum_v<Number>
[[nodiscard]] Binding toBinding(Number number)
{
    return static_cast<qint64>(number);
}
template<typename Tag> [[nodiscard]] Binding toBinding(Id<Tag> id)
{
    return id.isNull() ? Binding { Null {} } : Binding { id.number() };
}
template<typename Tag> [[nodiscard]] Binding toBinding(const QList<Id<Tag>> &ids)
{
    QList<qint64> numbers;
    numbers.reserve(ids.size());
    for (const Id<Tag> id : ids)
        numbers.append(id.number());
    return numbers;
}
[[nodiscard]] inline Binding toBinding(const Binding &binding)
{
    return binding;
}
[[nodiscard]] inline Binding toBinding(double number)
{
    return number;
}
[[nodiscard]] inline Binding toBinding(Timestamp time)
{
    return toUnixMs(time);
}
[[nodiscard]] inline Binding toBinding(const QString &text)
{
    return Text { text.toUtf8() };
}
[[nodiscard]] inline Binding toBinding(const QByteArray &bytes)
{
    return Blob { bytes };
}
[[nodiscard]] inline Binding toBinding(const Text &text)
{
    return text;
}
[[nodiscard]] inline Binding toBinding(const QList<qint64> &numbers)
{
    return numbers;
}
[[nodiscard]] inline Binding toBinding(const QStringList &texts)
{
    return texts;
}
template<typename Value> [[nodiscard]] Binding toBinding(const std::optional<Value> &value)
{
    return value ? toBinding(*value) : Binding { Null {} };
}

class Bindings
{
public:
    template<typename... Values> explicit Bindings(const Values &...values)
    {
        (m_values.append(toBinding(values)), ...);
    }

    template<typename Value> void append(const Value &value) { m_values.append(toBinding(value)); }

    [[nodiscard]] auto begin() const { return m_values.begin(); }
    [[nodiscard]] auto end() const { return m_values.end(); }
    [[nodiscard]] int size() const { return static_cast<int>(m_values.size()); }

private:
    QVarLengthArray<Binding, 8> m_values;
};

} // namespace graminsta::sql
