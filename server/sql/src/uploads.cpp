// SPDX-License-Identifier: GPL-3.0-or-later
#include "uploads.h"

namespace graminsta::sql
{

using entities::Upload;
using entities::UploadId;

namespace
{

const QByteArray kById = "SELECT id, account_id, kind, length, metadata, parts, media_id, created_at,"
                         " expires_at FROM uploads"
                         " WHERE id = ?1";
const QByteArray kExpired = "SELECT id FROM uploads WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2";
// A lock that those who only refer to the account do not wait for.
const QByteArray kLock = "UPDATE accounts SET statuses_count = statuses_count WHERE id = ?1";
const QByteArray kUnfinished = "SELECT count(*), CAST(coalesce(sum(coalesce(length, ?2)), 0) AS bigint) FROM uploads"
                               " WHERE account_id = ?1 AND media_id IS NULL";
const QByteArray kInsert = "INSERT INTO uploads (id, account_id, kind, length, metadata, parts, media_id,"
                           " created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const QByteArray kSetLength = "UPDATE uploads SET length = ?2 WHERE id = ?1 AND (length IS NULL OR length = ?2)";
const QByteArray kRedeem = "UPDATE uploads SET media_id = ?2 WHERE id = ?1 AND media_id IS NULL";
const QByteArray kExpire = "UPDATE uploads SET expires_at = ?2 WHERE id {in ?1} AND expires_at > ?2";
const QByteArray kRemove = "DELETE FROM uploads WHERE id {in ?1}";

Upload uploadOf(const Row &row)
{
    Upload upload;
    upload.id = row.id<UploadId>(0);
    upload.accountId = row.id<AccountId>(1);
    upload.kind = row.enumerator<entities::UploadKind>(2);
    if (!row.isNull(3))
        upload.length = row.integer(3);
    upload.metadata = row.utf8(4).toByteArray();
    upload.parts = row.utf8(5).toByteArray();
    upload.mediaId = row.id<MediaId>(6);
    upload.createdAt = row.time(7);
    upload.expiresAt = row.time(8);
    return upload;
}

Error changed()
{
    return makeError(Fault::Conflict, QStringLiteral("The upload has changed meanwhile"));
}

} // namespace

Result<Upload> SqlUploads::byId(UploadId id, const Deadline &deadline) const
{
    return m_executor.one<Upload>(kById, Bindings(id), deadline, uploadOf, QStringLiteral("There is no such upload"));
}

Result<QList<UploadId>> SqlUploads::expired(Timestamp now, int limit, const Deadline &deadline) const
{
    return m_executor.list<UploadId>(kExpired, Bindings(now, limit), deadline,
                                     [](const Row &row) { return row.id<UploadId>(0); });
}

Result<> SqlUploads::lock(AccountId account)
{
    GI_TRY(m_executor.change(kLock, Bindings(account)));
    return {};
}

Result<ports::UnfinishedUploads> SqlUploads::unfinished(AccountId account, qint64 unknownLength)
{
    return GI_TRY(m_executor.first<ports::UnfinishedUploads>(
                      kUnfinished, Bindings(account, unknownLength), m_executor.deadline(),
                      [](const Row &row) {
                          return ports::UnfinishedUploads { static_cast<int>(row.integer(0)), row.integer(1) };
                      }))
        .value_or(ports::UnfinishedUploads {});
}

Result<> SqlUploads::insert(const Upload &upload)
{
    GI_TRY(m_executor.change(kInsert,
                             Bindings(upload.id, upload.accountId, upload.kind, upload.length, Text { upload.metadata },
                                      Text { upload.parts }, upload.mediaId, upload.createdAt, upload.expiresAt)));
    return {};
}

Result<> SqlUploads::setLength(UploadId id, qint64 length)
{
    if (GI_TRY(m_executor.change(kSetLength, Bindings(id, length))) == 0)
        return changed();
    return {};
}

Result<> SqlUploads::redeem(UploadId id, MediaId media)
{
    if (GI_TRY(m_executor.change(kRedeem, Bindings(id, media))) == 0)
        return changed();
    return {};
}

Result<> SqlUploads::expire(const QList<UploadId> &ids, Timestamp at)
{
    GI_TRY(m_executor.change(kExpire, Bindings(ids, at)));
    return {};
}

Result<> SqlUploads::remove(const QList<UploadId> &ids)
{
    GI_TRY(m_executor.change(kRemove, Bindings(ids)));
    return {};
}

} // namespace graminsta::sql
