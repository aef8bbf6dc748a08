// SPDX-License-Identifier: GPL-3.0-or-later
// What the repositories run their statements on: a pool (reads, each on any connection) or one transaction. A pooled
// one is thread-safe, that of a transaction belongs to its thread.
#pragma once

#include "binding.h"
#include "dialect.h"
#include "row.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QList>

#include <optional>

namespace graminsta::sql
{

class Executor
{
public:
    virtual ~Executor() = default;

    // A statement that reads. As Connection::run().
    [[nodiscard]] virtual Result<qint64> query(const QByteArray &sql, const Bindings &bindings,
                                               const Deadline &deadline, const RowVisitor &visitor) = 0;
    // A statement that writes, in the transaction and by its deadline. Gives the number of changed rows.
    // Fault::Internal outside a transaction.
    [[nodiscard]] virtual Result<qint64> change(const QByteArray &sql, const Bindings &bindings,
                                                const RowVisitor &visitor = {}) = 0;
    // The deadline of the transaction, for reads that serve its writes. Precondition: it is one.
    [[nodiscard]] virtual const Deadline &deadline() const = 0;

    // `map` makes a row's value: T(const Row &).
    template<typename T, typename Map>
    [[nodiscard]] Result<QList<T>> list(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                        const Map &map)
    {
        QList<T> rows;
        GI_TRY(query(sql, bindings, deadline, [&rows, &map](const Row &row) { rows.append(map(row)); }));
        return rows;
    }
    template<typename T, typename Map>
    [[nodiscard]] Result<std::optional<T>> first(const QByteArray &sql, const Bindings &bindings,
                                                 const Deadline &deadline, const Map &map)
    {
        std::optional<T> found;
        GI_TRY(query(sql, bindings, deadline, [&found, &map](const Row &row) {
            if (!found)
                found = map(row);
        }));
        return found;
    }
    // Fault::NotFound, with `missing` to be shown, if there is no row.
    template<typename T, typename Map>
    [[nodiscard]] Result<T> one(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                const Map &map, const QString &missing)
    {
        std::optional<T> found = GI_TRY(first<T>(sql, bindings, deadline, map));
        if (!found)
            return makeError(Fault::NotFound, missing);
        return std::move(*found);
    }
};

} // namespace graminsta::sql
