// SPDX-License-Identifier: GPL-3.0-or-later
#include "media.h"

#include "inorder.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::MediaAttachment;

namespace
{

const QByteArray kSelect =
    "SELECT m.id, m.account_id, m.status_id, m.position, m.state, m.failure, m.description, m.focus_x, m.focus_y,"
    " m.blurhash, m.original_key, m.original_mime_type, m.original_bytes, m.width, m.height, m.variants,"
    " m.created_at FROM media m ";
const QByteArray kById = kSelect + "WHERE m.id = ?1";
const QByteArray kByIds = kSelect + "WHERE m.id {in ?1}";
const QByteArray kByStatuses = kSelect + "WHERE m.status_id {in ?1} ORDER BY m.status_id, m.position";

const QByteArray kInsert = "INSERT INTO media (id, account_id, status_id, position, state, failure, description,"
                           " focus_x, focus_y, blurhash, original_key, original_mime_type, original_bytes, width,"
                           " height, variants, created_at)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
const QByteArray kDescribe = "UPDATE media SET description = ?2, focus_x = ?3, focus_y = ?4 WHERE id = ?1";
const QByteArray kLockUnsettled =
    "SELECT m.account_id, m.original_bytes FROM media m WHERE m.id = ?1 AND m.state <> 1 {for update}";
const QByteArray kSettle = "UPDATE media SET state = ?2, failure = ?3, blurhash = ?4, original_bytes = ?5, width = ?6,"
                           " height = ?7, variants = ?8 WHERE id = ?1";
const QByteArray kLockAttachable = "SELECT m.id FROM media m WHERE m.id {in ?1} AND m.account_id = ?2"
                                   " AND (m.status_id IS NULL OR m.status_id = ?3) AND m.scheduled_status_id IS NULL "
                                   "AND m.state = 1 ORDER BY m.id {for update}";
const QByteArray kAttach = "UPDATE media SET status_id = ?2, position = ?3 WHERE id = ?1";
const QByteArray kDetach = "UPDATE media SET status_id = NULL, position = 0 WHERE status_id = ?1";
const QByteArray kRemove = "DELETE FROM media WHERE id = ?1 RETURNING account_id, original_bytes";
const QByteArray kBytesOf = "SELECT media_bytes FROM users WHERE account_id = ?1";
const QByteArray kCountBytes = "UPDATE users SET media_bytes = media_bytes + ?2 WHERE account_id = ?1";

MediaAttachment mediaOf(const Row &row)
{
    MediaAttachment media;
    media.id = row.id<MediaId>(0);
    media.accountId = row.id<AccountId>(1);
    media.statusId = row.id<StatusId>(2);
    media.position = static_cast<int>(row.integer(3));
    media.state = row.enumerator<entities::MediaState>(4);
    media.failure = row.text(5);
    media.description = row.text(6);
    media.focus = { row.real(7), row.real(8) };
    media.blurhash = row.text(9);
    media.originalKey = row.text(10);
    media.originalMimeType = row.text(11);
    media.originalBytes = row.integer(12);
    media.width = static_cast<int>(row.integer(13));
    media.height = static_cast<int>(row.integer(14));
    media.variants = unpackVariants(row.utf8(15));
    media.createdAt = row.time(16);
    return media;
}

QString noMedia()
{
    return QStringLiteral("There is no such media attachment");
}

} // namespace

Result<MediaAttachment> SqlMedia::byId(MediaId id, const Deadline &deadline) const
{
    return m_executor.one<MediaAttachment>(kById, Bindings(id), deadline, mediaOf, noMedia());
}

Result<QList<MediaAttachment>> SqlMedia::byIds(const QList<MediaId> &ids, const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<MediaAttachment>();
    return inOrderOf(ids, GI_TRY(m_executor.list<MediaAttachment>(kByIds, Bindings(ids), deadline, mediaOf)));
}

Result<QList<MediaAttachment>> SqlMedia::byStatuses(const QList<StatusId> &ids, const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<MediaAttachment>();
    return m_executor.list<MediaAttachment>(kByStatuses, Bindings(ids), deadline, mediaOf);
}

Result<qint64> SqlMedia::bytesOf(AccountId account, const Deadline &deadline) const
{
    return m_executor.one<qint64>(
        kBytesOf, Bindings(account), deadline, [](const Row &row) { return row.integer(0); },
        QStringLiteral("There is no such account"));
}

Result<> SqlMedia::insert(const MediaAttachment &media)
{
    GI_TRY(m_executor.change(kInsert,
                             Bindings(media.id, media.accountId, media.statusId, media.position, media.state,
                                      media.failure, media.description, media.focus.x, media.focus.y, media.blurhash,
                                      media.originalKey, media.originalMimeType, media.originalBytes, media.width,
                                      media.height, packVariants(media.variants), media.createdAt)));
    GI_TRY(m_executor.change(kCountBytes, Bindings(media.accountId, media.originalBytes)));
    return {};
}

Result<> SqlMedia::describe(const MediaAttachment &media)
{
    const qint64 changed =
        GI_TRY(m_executor.change(kDescribe, Bindings(media.id, media.description, media.focus.x, media.focus.y)));
    if (changed == 0)
        return makeError(Fault::NotFound, noMedia());
    return {};
}

Result<> SqlMedia::settle(const MediaAttachment &media)
{
    AccountId owner;
    qint64 counted = 0;
    GI_TRY(m_executor.query(kLockUnsettled, Bindings(media.id), m_executor.deadline(), [&](const Row &row) {
        owner = row.id<AccountId>(0);
        counted = row.integer(1);
    }));
    if (owner.isNull())
        return makeError(Fault::NotFound, noMedia());
    GI_TRY(m_executor.change(kSettle,
                             Bindings(media.id, media.state, media.failure, media.blurhash, media.originalBytes,
                                      media.width, media.height, packVariants(media.variants))));
    if (media.originalBytes != counted)
        GI_TRY(m_executor.change(kCountBytes, Bindings(owner, media.originalBytes - counted)));
    if (m_events)
        m_events->append(ports::MediaSettled { media.id });
    return {};
}

Result<> SqlMedia::attach(AccountId owner, StatusId status, const QList<MediaId> &ids)
{
    return attachAll(owner, status, StatusId {}, ids);
}

Result<> SqlMedia::rearrange(AccountId owner, StatusId status, const QList<MediaId> &ids)
{
    return attachAll(owner, status, status, ids);
}

Result<> SqlMedia::attachAll(AccountId owner, StatusId status, StatusId current, const QList<MediaId> &ids)
{
    // Locked in the order of ids: two posts that want the same photos must not wait for each other.
    const qint64 attachable =
        GI_TRY(m_executor.query(kLockAttachable, Bindings(ids, owner, current), m_executor.deadline(), {}));
    if (attachable != ids.size()) {
        return makeError(Fault::Conflict,
                         QStringLiteral("A media attachment is missing, not ready, or belongs to another post"));
    }
    if (!current.isNull())
        GI_TRY(detach(current));
    for (int position = 0; position < ids.size(); ++position)
        GI_TRY(m_executor.change(kAttach, Bindings(ids.at(position), status, position)));
    return {};
}

Result<> SqlMedia::detach(StatusId status)
{
    GI_TRY(m_executor.change(kDetach, Bindings(status)));
    return {};
}

Result<> SqlMedia::remove(MediaId id)
{
    AccountId owner;
    qint64 bytes = 0;
    GI_TRY(m_executor.change(kRemove, Bindings(id), [&](const Row &row) {
        owner = row.id<AccountId>(0);
        bytes = row.integer(1);
    }));
    if (!owner.isNull())
        GI_TRY(m_executor.change(kCountBytes, Bindings(owner, -bytes)));
    return {};
}

} // namespace graminsta::sql
