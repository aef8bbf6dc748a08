// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes.h"

#include <QStringList>

#include <algorithm>

namespace graminsta::rig
{

namespace
{

bool matches(const QStringList &path, const QStringList &pattern)
{
    return path.size() == pattern.size()
        && std::equal(path.begin(), path.end(), pattern.begin(), [](const QString &part, const QString &expected) {
               return part == expected || expected.startsWith(QLatin1Char(':'));
           });
}

} // namespace

const api::Endpoint *endpointFor(const QString &verb, const QString &target)
{
    QString path = target.section(QLatin1Char('?'), 0, 0);
    while (path.size() > 1 && path.endsWith(QLatin1Char('/')))
        path.chop(1);
    const QStringList parts = path.split(QLatin1Char('/'));
    const api::Endpoint *found = nullptr;
    qsizetype fewest = 0;
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QString pattern = QLatin1String(endpoint.path);
        const qsizetype parameters = pattern.count(QLatin1Char(':'));
        const bool isFor = verb == api::verbName(endpoint.verb) && matches(parts, pattern.split(QLatin1Char('/')));
        if (isFor && (!found || parameters < fewest)) {
            found = &endpoint;
            fewest = parameters;
        }
    }
    return found;
}

} // namespace graminsta::rig
