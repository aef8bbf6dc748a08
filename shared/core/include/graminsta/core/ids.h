// SPDX-License-Identifier: GPL-3.0-or-later
// Ids of the server's entities: 64-bit, time-ordered, one C++ type a kind so that they cannot be mixed up. On the wire
// they are strings of digits. Values; zero is "no id".
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <optional>

namespace graminsta
{

// The digits as a positive 64-bit number; nothing for anything else (signs, spaces, overflow, zero).
[[nodiscard]] std::optional<qint64> parseIdNumber(QStringView text);

template<typename Tag> class Id
{
public:
    constexpr Id() = default;
    constexpr explicit Id(qint64 number)
        : m_number(number)
    {
    }
    [[nodiscard]] static std::optional<Id> fromString(QStringView text)
    {
        const std::optional<qint64> number = parseIdNumber(text);
        return number ? std::optional<Id>(Id { *number }) : std::nullopt;
    }

    [[nodiscard]] constexpr qint64 number() const { return m_number; }
    [[nodiscard]] constexpr bool isNull() const { return m_number == 0; }
    [[nodiscard]] QString toString() const { return QString::number(m_number); }

    friend constexpr auto operator<=>(Id, Id) = default;
    friend size_t qHash(Id id, size_t seed = 0) { return ::qHash(id.m_number, seed); }

private:
    qint64 m_number = 0;
};

using AccountId = Id<struct AccountTag>;
using ApplicationId = Id<struct ApplicationTag>;
using TokenId = Id<struct TokenTag>;
using StatusId = Id<struct StatusTag>;
using MediaId = Id<struct MediaTag>;
using NotificationId = Id<struct NotificationTag>;
using FollowId = Id<struct FollowTag>;
using FavouriteId = Id<struct FavouriteTag>;
using BookmarkId = Id<struct BookmarkTag>;
using StatusPinId = Id<struct StatusPinTag>;
using StatusEditId = Id<struct StatusEditTag>;
using TagId = Id<struct TagTag>;
using RelationId = Id<struct RelationTag>; // a block or a mute
using TagFollowId = Id<struct TagFollowTag>;
using ReportId = Id<struct ReportTag>;
using StrikeId = Id<struct StrikeTag>;
using AuditId = Id<struct AuditTag>;
using InviteId = Id<struct InviteTag>;
using CollectionId = Id<struct CollectionTag>;

} // namespace graminsta
