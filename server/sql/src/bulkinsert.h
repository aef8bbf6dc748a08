// SPDX-License-Identifier: GPL-3.0-or-later
// Inserts many rows of one table by statements of many rows each: one round trip and one plan for all of them. For one
// thread, inside transactions.
#pragma once

#include "transaction.h"

namespace graminsta::sql
{

class BulkInsert
{
public:
    // `into`: "table (column, column…)". `columns`: how many.
    BulkInsert(const QByteArray &into, int columns);

    // Precondition: as many values as columns.
    template<typename... Values> [[nodiscard]] Result<> add(Transaction &transaction, const Values &...values)
    {
        (m_waiting.append(values), ...);
        return m_waiting.size() == m_columns * kRows ? writeAll(transaction) : Result<>();
    }
    // Writes what waits: before the transaction ends.
    [[nodiscard]] Result<> flush(Transaction &transaction);

private:
    static constexpr int kRows = 64;

    [[nodiscard]] Result<> writeAll(Transaction &transaction);
    [[nodiscard]] QByteArray sqlFor(int rows) const;

    const QByteArray m_into;
    const int m_columns;
    const QByteArray m_sql;
    Bindings m_waiting;
};

} // namespace graminsta::sql
