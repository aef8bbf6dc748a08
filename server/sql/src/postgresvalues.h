// SPDX-License-Identifier: GPL-3.0-or-later
// Values on their way to and from libpq. Values are for one thread.
#pragma once

#include "binding.h"
#include "row.h"

#include <libpq-fe.h>

namespace graminsta::sql
{

// A statement's parameters in the form libpq takes; bytes travel in binary, all else as text.
class PostgresParameters
{
public:
    explicit PostgresParameters(const Bindings &bindings);

    [[nodiscard]] int count() const { return static_cast<int>(m_values.size()); }
    [[nodiscard]] const char *const *values() const { return m_values.constData(); }
    [[nodiscard]] const int *lengths() const { return m_lengths.constData(); }
    [[nodiscard]] const int *formats() const { return m_formats.constData(); }

private:
    void append(const QByteArray &value, int format);

    QVarLengthArray<QByteArray, 8> m_kept; // what m_values points into
    QVarLengthArray<const char *, 8> m_values;
    QVarLengthArray<int, 8> m_lengths;
    QVarLengthArray<int, 8> m_formats;
};

class PostgresRow final : public Row
{
public:
    explicit PostgresRow(const PGresult *result)
        : m_result(result)
    {
    }
    void moveTo(int row) { m_row = row; }

    bool isNull(int column) const override { return PQgetisnull(m_result, m_row, column) != 0; }
    qint64 integer(int column) const override;
    double real(int column) const override;
    QByteArrayView utf8(int column) const override;
    QByteArray blob(int column) const override;

private:
    const PGresult *m_result;
    int m_row = 0;
};

} // namespace graminsta::sql
