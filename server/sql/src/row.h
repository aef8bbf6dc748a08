// SPDX-License-Identifier: GPL-3.0-or-later
// One row of an answer. It lives only while its visitor runs; columns count from 0, NULL reads as zero or empty.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <functional>

namespace graminsta::sql
{

class Row
{
public:
    [[nodiscard]] virtual bool isNull(int column) const = 0;
    [[nodiscard]] virtual qint64 integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    // The bytes of a text, in UTF-8.
    [[nodiscard]] virtual QByteArrayView utf8(int column) const = 0;
    [[nodiscard]] virtual QByteArray blob(int column) const = 0;

    [[nodiscard]] QString text(int column) const { return QString::fromUtf8(utf8(column)); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] Timestamp time(int column) const { return fromUnixMs(integer(column)); }
    template<typename AnyId> [[nodiscard]] AnyId id(int column) const { return AnyId { integer(column) }; }
    template<typename Enum> [[nodiscard]] Enum enumerator(int column) const
    {
        return static_cast<Enum>(integer(column));
    }

protected:
    Row() = default;
    ~Row() = default;
    Row(const Row &) = default;
    Row &operator=(const Row &) = default;
};

using RowVisitor = std::function<void(const Row &)>;

} // namespace graminsta::sql
