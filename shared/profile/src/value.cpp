// SPDX-License-Identifier: GPL-3.0-or-later
#include "value.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

namespace graminsta::profile
{

namespace
{

using std::chrono::milliseconds;

template<typename... Cases> struct Overloaded : Cases... {
    using Cases::operator()...;
};
template<typename... Cases> Overloaded(Cases...) -> Overloaded<Cases...>; // clang 14 cannot see this by itself

// In the order of the enumerators.
constexpr std::array kModeNames { "open", "approval", "invite", "closed" };
constexpr std::array kReadingNames { "public", "authenticated" };
constexpr std::array kRoleNames { "all", "api", "worker" };
constexpr std::array kFormatNames { "text", "json" };

struct Unit {
    const char *name;
    qint64 factor;
};
// The largest first, binary before decimal: the first that divides a value is the one to show it in.
constexpr std::array<Unit, 7> kByteUnits { { { "GiB", 1 << 30 },
                                             { "MiB", 1 << 20 },
                                             { "KiB", 1 << 10 },
                                             { "GB", 1'000'000'000 },
                                             { "MB", 1'000'000 },
                                             { "kB", 1'000 },
                                             { "B", 1 } } };
constexpr std::array<Unit, 4> kTimeUnits { { { "h", 3'600'000 }, { "min", 60'000 }, { "s", 1'000 }, { "ms", 1 } } };

// "1.5 MB" by the table; nothing if the unit is missing or unknown.
template<size_t N> std::optional<qint64> parseWithUnit(const QString &text, const std::array<Unit, N> &units)
{
    static const QRegularExpression form(QStringLiteral("^\\s*([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*([A-Za-z]+)\\s*$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    for (const Unit &unit : units) {
        if (match.captured(2).compare(QLatin1String(unit.name), Qt::CaseInsensitive) == 0) {
            const double value = match.captured(1).toDouble() * double(unit.factor);
            return value < 9e18 ? std::optional<qint64>(std::llround(value)) : std::nullopt;
        }
    }
    return std::nullopt;
}

template<size_t N> QString showWithUnit(qint64 value, const std::array<Unit, N> &units)
{
    for (const Unit &unit : units) {
        if (value != 0 && value % unit.factor == 0)
            return QStringLiteral("\"%1 %2\"").arg(value / unit.factor).arg(QLatin1String(unit.name));
    }
    return QString::number(value);
}

template<size_t N> std::optional<size_t> indexOf(const std::array<const char *, N> &names, const Value &value)
{
    const QString *text = std::get_if<QString>(&value);
    for (size_t i = 0; text && i < N; ++i) {
        if (*text == QLatin1String(names[i]))
            return i;
    }
    return std::nullopt;
}

template<typename Enum, size_t N>
bool assignChoice(Enum *target, const std::array<const char *, N> &names, const Value &value)
{
    const std::optional<size_t> index = indexOf(names, value);
    if (index)
        *target = static_cast<Enum>(*index);
    return index.has_value();
}

template<size_t N> QString listNames(const std::array<const char *, N> &names)
{
    QStringList all;
    for (const char *name : names)
        all.append(quoted(QLatin1String(name)));
    return all.join(QStringLiteral(", "));
}

bool inRange(qint64 number, const Range &range)
{
    return number >= range.least && number <= range.most;
}

template<typename T> bool assignWithin(T *target, std::optional<qint64> number, const Range &range)
{
    if (!number || !inRange(*number, range))
        return false;
    *target = T(*number);
    return true;
}

std::optional<qint64> asNumber(const Value &value)
{
    const qint64 *number = std::get_if<qint64>(&value);
    return number ? std::optional<qint64>(*number) : std::nullopt;
}

std::optional<qint64> asBytes(const Value &value)
{
    const QString *text = std::get_if<QString>(&value);
    return text ? parseWithUnit(*text, kByteUnits) : asNumber(value);
}

std::optional<qint64> asMilliseconds(const Value &value)
{
    if (const QString *text = std::get_if<QString>(&value))
        return parseWithUnit(*text, kTimeUnits);
    if (const double *seconds = std::get_if<double>(&value))
        return std::abs(*seconds) < 1e12 ? std::optional<qint64>(std::llround(*seconds * 1000)) : std::nullopt;
    const std::optional<qint64> seconds = asNumber(value);
    return seconds && std::abs(*seconds) < 1'000'000'000 ? std::optional<qint64>(*seconds * 1000) : std::nullopt;
}

// The value as it is, if it has the slot's type.
template<typename T> bool assignSame(T *target, const Value &value)
{
    const T *same = std::get_if<T>(&value);
    if (same)
        *target = *same;
    return same != nullptr;
}

std::optional<bool> parseBool(const QString &text)
{
    const QString word = text.toLower();
    for (const char *yes : { "true", "1", "yes", "on" }) {
        if (word == QLatin1String(yes))
            return true;
    }
    for (const char *no : { "false", "0", "no", "off" }) {
        if (word == QLatin1String(no))
            return false;
    }
    return std::nullopt;
}

Value numberOrText(const QString &text)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok ? Value(number) : Value(text);
}

QString rangeText(const Range &range)
{
    return QStringLiteral("from %1 to %2").arg(range.least).arg(range.most);
}

} // namespace

bool assign(const Slot &slot, const Range &range, const Value &value)
{
    return std::visit(Overloaded {
                          [&](QString *target) { return assignSame(target, value); },
                          [&](QStringList *target) { return assignSame(target, value); },
                          [&](bool *target) { return assignSame(target, value); },
                          [&](int *target) { return assignWithin(target, asNumber(value), range); },
                          [&](qint64 *target) { return assignWithin(target, asNumber(value), range); },
                          [&](Bytes target) { return assignWithin(target.value, asBytes(value), range); },
                          [&](milliseconds *target) { return assignWithin(target, asMilliseconds(value), range); },
                          [&](RegistrationMode *target) { return assignChoice(target, kModeNames, value); },
                          [&](ReadingAccess *target) { return assignChoice(target, kReadingNames, value); },
                          [&](ServerRole *target) { return assignChoice(target, kRoleNames, value); },
                          [&](LogFormat *target) { return assignChoice(target, kFormatNames, value); },
                      },
                      slot);
}

QString expectation(const Slot &slot, const Range &range)
{
    const auto number = [&] { return QStringLiteral("a whole number ") + rangeText(range); };
    return std::visit(
        Overloaded {
            [](QString *) { return QStringLiteral("a text in quotes"); },
            [](QStringList *) { return QStringLiteral("a list of texts, such as [\"one\", \"two\"]"); },
            [](bool *) { return QStringLiteral("true or false"); },
            [&](int *) { return number(); },
            [&](qint64 *) { return number(); },
            [&](Bytes) {
                return QStringLiteral("a size such as \"25 MiB\", or a number of bytes, ") + rangeText(range);
            },
            [&](milliseconds *) {
                return QStringLiteral("a time such as \"500 ms\" or \"2 min\", or a number of seconds, from %1 to %2")
                    .arg(double(range.least) / 1000)
                    .arg(double(range.most) / 1000);
            },
            [](RegistrationMode *) { return QStringLiteral("one of ") + listNames(kModeNames); },
            [](ReadingAccess *) { return QStringLiteral("one of ") + listNames(kReadingNames); },
            [](ServerRole *) { return QStringLiteral("one of ") + listNames(kRoleNames); },
            [](LogFormat *) { return QStringLiteral("one of ") + listNames(kFormatNames); },
        },
        slot);
}

Value fromVariable(const Slot &slot, const QString &text)
{
    const auto list = [&] {
        QStringList parts;
        for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
            parts.append(part.trimmed());
        return Value(parts);
    };
    const auto truth = [&] {
        const std::optional<bool> known = parseBool(text);
        return known ? Value(*known) : Value(text);
    };
    return std::visit(Overloaded {
                          [&](QString *) { return Value(text); },
                          [&](QStringList *) { return list(); },
                          [&](bool *) { return truth(); },
                          [&](RegistrationMode *) { return Value(text); },
                          [&](ReadingAccess *) { return Value(text); },
                          [&](ServerRole *) { return Value(text); },
                          [&](LogFormat *) { return Value(text); },
                          [&](auto) { return numberOrText(text); },
                      },
                      slot);
}

QString quoted(const QString &text)
{
    QString escaped = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            escaped += QLatin1Char('\\') + c;
        else if (c == QLatin1Char('\n'))
            escaped += QStringLiteral("\\n");
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            escaped += QStringLiteral("\\u%1").arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            escaped += c;
    }
    return escaped + QLatin1Char('"');
}

QString toToml(const Slot &slot)
{
    const auto list = [](const QStringList &texts) {
        QStringList parts;
        for (const QString &text : texts)
            parts.append(quoted(text));
        return QStringLiteral("[%1]").arg(parts.join(QStringLiteral(", ")));
    };
    return std::visit(Overloaded {
                          [](QString *value) { return quoted(*value); },
                          [&](QStringList *value) { return list(*value); },
                          [](bool *value) { return *value ? QStringLiteral("true") : QStringLiteral("false"); },
                          [](int *value) { return QString::number(*value); },
                          [](qint64 *value) { return QString::number(*value); },
                          [](Bytes value) { return showWithUnit(*value.value, kByteUnits); },
                          [](milliseconds *value) { return showWithUnit(value->count(), kTimeUnits); },
                          [](RegistrationMode *value) { return quoted(QLatin1String(kModeNames.at(size_t(*value)))); },
                          [](ReadingAccess *value) { return quoted(QLatin1String(kReadingNames.at(size_t(*value)))); },
                          [](ServerRole *value) { return quoted(QLatin1String(kRoleNames.at(size_t(*value)))); },
                          [](LogFormat *value) { return quoted(QLatin1String(kFormatNames.at(size_t(*value)))); },
                      },
                      slot);
}

} // namespace graminsta::profile
