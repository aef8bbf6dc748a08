// SPDX-License-Identifier: GPL-3.0-or-later
// The uploads in the database. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/uploads.h>

namespace graminsta::sql
{

class SqlUploads final : public ports::UploadWriter
{
public:
    explicit SqlUploads(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::Upload> byId(entities::UploadId id, const Deadline &deadline) const override;
    Result<QList<entities::UploadId>> expired(Timestamp now, int limit, const Deadline &deadline) const override;

    Result<> lock(AccountId account) override;
    Result<ports::UnfinishedUploads> unfinished(AccountId account, qint64 unknownLength) override;
    Result<> insert(const entities::Upload &upload) override;
    Result<> setLength(entities::UploadId id, qint64 length) override;
    Result<> redeem(entities::UploadId id, MediaId media) override;
    Result<> expire(const QList<entities::UploadId> &ids, Timestamp at) override;
    Result<> remove(const QList<entities::UploadId> &ids) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
