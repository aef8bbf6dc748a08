// SPDX-License-Identifier: GPL-3.0-or-later
// The markers in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/markers.h>

namespace graminsta::sql
{

class SqlMarkers final : public ports::MarkerWriter
{
public:
    explicit SqlMarkers(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<QList<entities::Marker>> markers(AccountId account, const Deadline &deadline) const override;
    Result<entities::Marker> set(AccountId account, entities::MarkedTimeline timeline, qint64 lastReadId,
                                 std::optional<qint64> expected, Timestamp now) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
