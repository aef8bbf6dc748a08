// SPDX-License-Identifier: GPL-3.0-or-later
// The rows in the order in which their ids were asked for, each once; what is not there is left out.
#pragma once

#include <QHash>
#include <QList>

namespace graminsta::sql
{

template<typename AnyId, typename T> [[nodiscard]] QList<T> inOrderOf(const QList<AnyId> &ids, QList<T> rows)
{
    QHash<AnyId, qsizetype> places;
    places.reserve(rows.size());
    for (qsizetype place = 0; place < rows.size(); ++place)
        places.insert(rows.at(place).id, place);

    QList<T> ordered;
    ordered.reserve(rows.size());
    for (const AnyId id : ids) {
        const auto place = places.constFind(id);
        if (place == places.constEnd())
            continue;
        ordered.append(std::move(rows[*place]));
        places.erase(place);
    }
    return ordered;
}

} // namespace graminsta::sql
