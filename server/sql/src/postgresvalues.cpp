// SPDX-License-Identifier: GPL-3.0-or-later
#include "postgresvalues.h"

#include "dialect.h"

#include <charconv>
#include <memory>

namespace graminsta::sql
{

namespace
{

constexpr int kText = 0;
constexpr int kBinary = 1;

} // namespace

PostgresParameters::PostgresParameters(const Bindings &bindings)
{
    // Before the first pointer into it is taken: growing would move what is kept.
    m_kept.reserve(bindings.size());
    for (const Binding &binding : bindings) {
        if (std::holds_alternative<Null>(binding)) {
            m_values.append(nullptr);
            m_lengths.append(0);
            m_formats.append(kText);
        } else if (const qint64 *number = std::get_if<qint64>(&binding)) {
            append(QByteArray::number(*number), kText);
        } else if (const double *real = std::get_if<double>(&binding)) {
            append(QByteArray::number(*real, 'g', 17), kText);
        } else if (const Text *text = std::get_if<Text>(&binding)) {
            append(text->utf8, kText);
        } else if (const Blob *blob = std::get_if<Blob>(&binding)) {
            append(blob->bytes, kBinary);
        } else if (const QList<qint64> *numbers = std::get_if<QList<qint64>>(&binding)) {
            append(listParameter(Dialect::Postgres, *numbers), kText);
        } else {
            append(listParameter(Dialect::Postgres, std::get<QStringList>(binding)), kText);
        }
    }
}

void PostgresParameters::append(const QByteArray &value, int format)
{
    m_kept.append(value);
    m_values.append(m_kept.last().constData());
    m_lengths.append(static_cast<int>(value.size()));
    m_formats.append(format);
}

qint64 PostgresRow::integer(int column) const
{
    const QByteArrayView digits = utf8(column);
    qint64 number = 0;
    std::from_chars(digits.begin(), digits.end(), number);
    return number;
}

double PostgresRow::real(int column) const
{
    return utf8(column).toByteArray().toDouble();
}

QByteArrayView PostgresRow::utf8(int column) const
{
    return QByteArrayView(PQgetvalue(m_result, m_row, column), PQgetlength(m_result, m_row, column));
}

// In either of bytea's two text forms: Qt's driver asks for the old one, a pooler may have forgotten that.
QByteArray PostgresRow::blob(int column) const
{
    size_t size = 0;
    const char *text = PQgetvalue(m_result, m_row, column);
    const std::unique_ptr<unsigned char, decltype(&PQfreemem)> bytes(
        PQunescapeBytea(reinterpret_cast<const unsigned char *>(text), &size), PQfreemem);
    return QByteArray(reinterpret_cast<const char *>(bytes.get()), static_cast<qsizetype>(size));
}

} // namespace graminsta::sql
