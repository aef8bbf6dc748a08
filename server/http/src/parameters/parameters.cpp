// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parametername.h"

#include <graminsta/http/parameters.h>

namespace graminsta::http
{

namespace
{

QString withPlainLineBreaks(QString text)
{
    if (text.contains(QLatin1Char('\r'))) {
        text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
        text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    }
    return text;
}

Error malformed(const QString &name, const QString &expected)
{
    return makeError(Fault::Invalid, QStringLiteral("%1 is not %2").arg(name, expected));
}

} // namespace

void Parameters::add(const QString &name, const QString &value)
{
    QString normalised = name;
    if (name.contains(QLatin1Char('['))) {
        QStringList parts = nameParts(name);
        while (parts.size() > 1 && isListIndex(parts.constLast()))
            parts.removeLast();
        // "fields[][name]" begins the next object of the list when the current one has a name already.
        if (const qsizetype open = parts.indexOf(QString(), 1); open > 0) {
            int index = 0;
            do
                parts[open] = QString::number(index++);
            while (m_values.contains(joinedName(parts)));
        }
        normalised = joinedName(parts);
    }
    auto values = m_values.find(normalised);
    if (values == m_values.end())
        values = m_values.insert(normalised, {});
    if (values->isEmpty())
        m_order.append(normalised);
    values->append(withPlainLineBreaks(value));
}

void Parameters::addEmptyList(const QString &name)
{
    const QString normalised = joinedName(nameParts(name));
    if (!m_values.contains(normalised))
        m_values.insert(normalised, {});
}

void Parameters::addFile(const QString &name, UploadedFile file)
{
    m_files.insert(joinedName(nameParts(name)), std::move(file));
}

bool Parameters::contains(const QString &name) const
{
    return m_values.contains(name) || m_files.contains(name);
}

std::optional<QString> Parameters::text(const QString &name) const
{
    const auto values = m_values.constFind(name);
    if (values == m_values.cend() || values->isEmpty())
        return std::nullopt;
    return values->constLast();
}

QStringList Parameters::list(const QString &name) const
{
    return m_values.value(name);
}

Result<std::optional<bool>> Parameters::boolean(const QString &name) const
{
    const std::optional<QString> given = text(name);
    if (!given)
        return std::optional<bool>();
    const QString word = given->trimmed().toLower();
    static const QStringList yes { QStringLiteral("true"), QStringLiteral("1"), QStringLiteral("on"),
                                   QStringLiteral("t"), QStringLiteral("yes") };
    static const QStringList no { QStringLiteral("false"), QStringLiteral("0"), QStringLiteral("off"),
                                  QStringLiteral("f"), QStringLiteral("no") };
    if (yes.contains(word))
        return std::optional<bool>(true);
    if (no.contains(word))
        return std::optional<bool>(false);
    // An empty one is what a form sends for "not chosen".
    if (word.isEmpty())
        return std::optional<bool>();
    return malformed(name, QStringLiteral("true or false"));
}

Result<std::optional<qint64>> Parameters::integer(const QString &name) const
{
    const std::optional<QString> given = text(name);
    if (!given || given->trimmed().isEmpty())
        return std::optional<qint64>();
    bool ok = false;
    const qint64 number = given->trimmed().toLongLong(&ok);
    if (!ok)
        return malformed(name, QStringLiteral("a whole number"));
    return std::optional<qint64>(number);
}

const UploadedFile *Parameters::file(const QString &name) const
{
    const auto file = m_files.constFind(name);
    return file == m_files.cend() ? nullptr : &*file;
}

QStringList Parameters::namesBeginningWith(const QString &prefix) const
{
    QStringList names;
    for (const QString &name : m_order) {
        if (name.startsWith(prefix))
            names.append(name);
    }
    return names;
}

Result<QString> requiredText(const Parameters &parameters, const QString &name)
{
    std::optional<QString> text = parameters.text(name);
    if (!text || text->isEmpty())
        return makeError(Fault::Invalid, QStringLiteral("Missing required parameter: %1").arg(name));
    return *std::move(text);
}

} // namespace graminsta::http
