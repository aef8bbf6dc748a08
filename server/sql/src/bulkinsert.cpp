// SPDX-License-Identifier: GPL-3.0-or-later
#include "bulkinsert.h"

namespace graminsta::sql
{

BulkInsert::BulkInsert(const QByteArray &into, int columns)
    : m_into(into)
    , m_columns(columns)
    , m_sql(sqlFor(kRows))
{
}

Result<> BulkInsert::flush(Transaction &transaction)
{
    if (m_waiting.size() == 0)
        return {};
    const QByteArray sql = sqlFor(m_waiting.size() / m_columns);
    GI_TRY(transaction.change(sql, std::exchange(m_waiting, Bindings()), {}));
    return {};
}

Result<> BulkInsert::writeAll(Transaction &transaction)
{
    GI_TRY(transaction.change(m_sql, std::exchange(m_waiting, Bindings()), {}));
    return {};
}

QByteArray BulkInsert::sqlFor(int rows) const
{
    QByteArray sql = "INSERT INTO " + m_into + " VALUES ";
    int parameter = 0;
    for (int row = 0; row < rows; ++row) {
        sql += row == 0 ? "(" : ", (";
        for (int column = 0; column < m_columns; ++column)
            sql += (column == 0 ? "?" : ", ?") + QByteArray::number(++parameter);
        sql += ')';
    }
    return sql;
}

} // namespace graminsta::sql
