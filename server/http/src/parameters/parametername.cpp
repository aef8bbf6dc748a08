// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parametername.h"

#include <algorithm>

namespace graminsta::http
{

QStringList nameParts(const QString &name)
{
    qsizetype open = name.indexOf(QLatin1Char('['));
    if (open <= 0)
        return { name };
    QStringList parts { name.left(open) };
    while (open < name.size()) {
        const qsizetype close = name.indexOf(QLatin1Char(']'), open);
        if (name[open] != QLatin1Char('[') || close < 0)
            return { name };
        parts.append(name.mid(open + 1, close - open - 1));
        open = close + 1;
    }
    return parts;
}

QString joinedName(const QStringList &parts)
{
    QString name = parts.value(0);
    for (qsizetype i = 1; i < parts.size(); ++i)
        name += QLatin1Char('[') + parts[i] + QLatin1Char(']');
    return name;
}

bool isListIndex(const QString &part)
{
    return std::all_of(part.cbegin(), part.cend(),
                       [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
}

} // namespace graminsta::http
