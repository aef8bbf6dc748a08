// SPDX-License-Identifier: GPL-3.0-or-later
// How far people have read, one place for all their clients. Readers are thread-safe; writers live inside one
// UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/ids.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/marker.h>

#include <QList>

#include <optional>

namespace graminsta::ports
{

class MarkerReader
{
public:
    virtual ~MarkerReader() = default;

    // Of all timelines that the account has marked. One query.
    [[nodiscard]] virtual Result<QList<entities::Marker>> markers(AccountId account,
                                                                  const Deadline &deadline) const = 0;
};

class MarkerWriter : public MarkerReader
{
public:
    // Sets the place, and gives the marker as it is then. With `expected`, only if that is its version.
    // Fault::Conflict if it is not, or if somebody else changes it at this moment.
    [[nodiscard]] virtual Result<entities::Marker> set(AccountId account, entities::MarkedTimeline timeline,
                                                       qint64 lastReadId, std::optional<qint64> expected,
                                                       Timestamp now) = 0;
};

} // namespace graminsta::ports
