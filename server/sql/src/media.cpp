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
    " m.created_at, m.kind, m.duration, m.frames_num, m.frames_den, m.published, m.counted, m.license FROM media m ";
const QByteArray kById = kSelect + "WHERE m.id = ?1";
const QByteArray kByIds = kSelect + "WHERE m.id {in ?1}";
const QByteArray kByStatuses = kSelect + "WHERE m.status_id {in ?1} ORDER BY m.status_id, m.position";

const QByteArray kInsert = "INSERT INTO media (id, account_id, status_id, position, state, failure, description,"
                           " focus_x, focus_y, blurhash, original_key, original_mime_type, original_bytes, width,"
                           " height, variants, created_at, kind, duration, frames_num, frames_den, loose_at, counted,"
                           " license)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                           " ?19, ?20, ?21, ?17, 1, ?22)";
const QByteArray kDescribe =
    "UPDATE media SET description = ?2, focus_x = ?3, focus_y = ?4, license = ?5 WHERE id = ?1";
const QByteArray kSettle = "UPDATE media SET state = ?2, failure = ?3, blurhash = ?4, original_bytes = ?5, width = ?6,"
                           " height = ?7, variants = ?8, duration = ?9, frames_num = ?10, frames_den = ?11"
                           " WHERE id = ?1";
const QByteArray kLockAttachable = "SELECT m.id FROM media m WHERE m.id {in ?1} AND m.account_id = ?2"
                                   " AND (m.status_id IS NULL OR m.status_id = ?3) AND m.scheduled_status_id IS NULL "
                                   "AND m.state = 1 ORDER BY m.id {for update}";
const QByteArray kAttach = "UPDATE media SET status_id = ?2, position = ?3 WHERE id = ?1";
const QByteArray kLock = " ORDER BY m.id {for update}";
const QByteArray kDetach =
    "UPDATE media SET status_id = NULL, position = 0, published = 0, loose_at = 0 WHERE id {in ?1}";
const QByteArray kSetCounted = "UPDATE media SET counted = 1 WHERE id = ?1";
const QByteArray kRemove = "DELETE FROM media WHERE id = ?1";
// What everybody may see. The same as domain/policy says of statuses without asking who looks.
const QByteArray kEveryoneSees = "EXISTS (SELECT 1 FROM statuses s JOIN accounts a ON a.id = s.account_id"
                                 " WHERE s.id = m.status_id AND s.visibility IN (0, 1) AND (a.restrictions & 7) = 0)";
const QByteArray kToPublish = "WHERE m.id {in ?1} AND m.published = 0 AND m.state = 1 AND " + kEveryoneSees;
const QByteArray kToUnpublish = "WHERE m.id {in ?1} AND m.published = 1 AND NOT " + kEveryoneSees;
const QByteArray kSetPublished = "UPDATE media SET published = ?2 WHERE id = ?1";
const QByteArray kMisplaced = kSelect + "WHERE m.account_id = ?1 AND m.id > ?2 AND ((m.published = 1 AND NOT "
    + kEveryoneSees + ") OR (m.published = 0 AND m.state = 1 AND m.status_id IS NOT NULL AND " + kEveryoneSees
    + ")) ORDER BY m.id LIMIT ?3";
const QByteArray kUncounted = kSelect + "WHERE m.counted = 0 ORDER BY m.id LIMIT ?1";
const QByteArray kNewLoose = "UPDATE media SET loose_at = ?1 WHERE id IN (SELECT n.id FROM media n WHERE n.loose_at = 0"
                             " AND n.status_id IS NULL AND n.scheduled_status_id IS NULL LIMIT ?2)";
const QByteArray kOldLoose =
    "SELECT m.id FROM media m WHERE m.loose_at > 0 AND m.loose_at <= ?1 AND m.status_id IS NULL"
    " AND m.scheduled_status_id IS NULL ORDER BY m.loose_at, m.id LIMIT ?2"
    " {for update skip locked}";
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
    media.kind = row.enumerator<entities::MediaKind>(17);
    media.duration = std::chrono::milliseconds(row.integer(18));
    media.frameRate = { static_cast<int>(row.integer(19)), static_cast<int>(row.integer(20)) };
    media.published = row.flag(21);
    media.license = row.enumerator<entities::License>(23);
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

Result<QList<MediaAttachment>> SqlMedia::misplaced(AccountId account, MediaId after, int limit,
                                                   const Deadline &deadline) const
{
    return m_executor.list<MediaAttachment>(kMisplaced, Bindings(account, after.number(), limit), deadline, mediaOf);
}

Result<QList<MediaAttachment>> SqlMedia::uncounted(int limit, const Deadline &deadline) const
{
    return m_executor.list<MediaAttachment>(kUncounted, Bindings(limit), deadline, mediaOf);
}

Result<> SqlMedia::insert(const MediaAttachment &media)
{
    GI_TRY(m_executor.change(kInsert,
                             Bindings(media.id, media.accountId, media.statusId, media.position, media.state,
                                      media.failure, media.description, media.focus.x, media.focus.y, media.blurhash,
                                      media.originalKey, media.originalMimeType, media.originalBytes, media.width,
                                      media.height, packVariants(media.variants), media.createdAt, media.kind,
                                      media.duration.count(), media.frameRate.numerator, media.frameRate.denominator,
                                      media.license)));
    MediaAttachment inserted = media;
    inserted.published = false;
    GI_TRY(countFiles(inserted));
    GI_TRY(m_executor.change(kCountBytes, Bindings(media.accountId, media.originalBytes)));
    return {};
}

Result<> SqlMedia::describe(const MediaAttachment &media)
{
    const qint64 changed = GI_TRY(m_executor.change(
        kDescribe, Bindings(media.id, media.description, media.focus.x, media.focus.y, media.license)));
    if (changed == 0)
        return makeError(Fault::NotFound, noMedia());
    return {};
}

Result<> SqlMedia::settle(const MediaAttachment &media)
{
    const QList<MediaAttachment> found = GI_TRY(counted("WHERE m.id = ?1 AND m.state <> 1", Bindings(media.id)));
    if (found.isEmpty())
        return makeError(Fault::NotFound, noMedia());
    const MediaAttachment &before = found.first();
    GI_TRY(m_executor.change(kSettle,
                             Bindings(media.id, media.state, media.failure, media.blurhash, media.originalBytes,
                                      media.width, media.height, packVariants(media.variants), media.duration.count(),
                                      media.frameRate.numerator, media.frameRate.denominator)));
    // The new ones first, so that what both name does not come to nothing in between.
    GI_TRY(m_blobs.countUp(ports::MediaArea::Restricted, pictureNames(media.variants)));
    GI_TRY(m_blobs.countDown(ports::MediaArea::Restricted, pictureNames(before.variants), media.id.number()));
    if (media.originalBytes != before.originalBytes)
        GI_TRY(m_executor.change(kCountBytes, Bindings(before.accountId, media.originalBytes - before.originalBytes)));
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
    if (!current.isNull()) {
        QList<MediaAttachment> left = GI_TRY(counted("WHERE m.status_id = ?1", Bindings(current)));
        left.removeIf([&ids](const MediaAttachment &media) { return ids.contains(media.id); });
        GI_TRY(setLoose(left));
    }
    for (int position = 0; position < ids.size(); ++position)
        GI_TRY(m_executor.change(kAttach, Bindings(ids.at(position), status, position)));
    return {};
}

Result<> SqlMedia::detach(StatusId status)
{
    return setLoose(GI_TRY(counted("WHERE m.status_id = ?1", Bindings(status))));
}

Result<> SqlMedia::publish(const QList<MediaId> &ids)
{
    for (const MediaAttachment &media : GI_TRY(counted(kToPublish, Bindings(ids)))) {
        GI_TRY(m_blobs.countUp(ports::MediaArea::Public, pictureNames(media.variants)));
        GI_TRY(m_executor.change(kSetPublished, Bindings(media.id, true)));
    }
    return {};
}

Result<> SqlMedia::unpublish(const QList<MediaId> &ids)
{
    for (const MediaAttachment &media : GI_TRY(counted(kToUnpublish, Bindings(ids)))) {
        GI_TRY(m_blobs.countDown(ports::MediaArea::Public, pictureNames(media.variants), media.id.number()));
        GI_TRY(m_executor.change(kSetPublished, Bindings(media.id, false)));
    }
    return {};
}

Result<> SqlMedia::remove(MediaId id)
{
    for (const MediaAttachment &media : GI_TRY(counted("WHERE m.id = ?1", Bindings(id)))) {
        GI_TRY(m_executor.change(kRemove, Bindings(id)));
        GI_TRY(uncountFiles(media));
        GI_TRY(m_executor.change(kCountBytes, Bindings(media.accountId, -media.originalBytes)));
    }
    return {};
}

Result<> SqlMedia::removeUnposted(MediaId id)
{
    // Locked: nobody posts it meanwhile.
    if (GI_TRY(counted("WHERE m.id = ?1 AND m.status_id IS NULL AND m.scheduled_status_id IS NULL", Bindings(id)))
            .isEmpty())
        return makeError(Fault::Conflict, QStringLiteral("The media attachment belongs to a status"));
    return remove(id);
}

Result<int> SqlMedia::removeLoose(Timestamp before, Timestamp now, int limit)
{
    const qint64 noted = GI_TRY(m_executor.change(kNewLoose, Bindings(now, limit)));
    const QList<MediaId> old = GI_TRY(m_executor.list<MediaId>(
        kOldLoose, Bindings(before, limit), m_executor.deadline(), [](const Row &row) { return row.id<MediaId>(0); }));
    for (const MediaId id : old)
        GI_TRY(remove(id));
    return static_cast<int>(noted + old.size());
}

Result<> SqlMedia::count(MediaId id)
{
    GI_TRY(counted("WHERE m.id = ?1", Bindings(id)));
    return {};
}

Result<QList<MediaAttachment>> SqlMedia::counted(const QByteArray &where, const Bindings &bindings)
{
    QList<MediaAttachment> locked;
    QList<MediaAttachment> uncounted;
    GI_TRY(m_executor.query(kSelect + where + kLock, bindings, m_executor.deadline(), [&](const Row &row) {
        locked.append(mediaOf(row));
        if (!row.flag(22))
            uncounted.append(locked.last());
    }));
    for (const MediaAttachment &media : std::as_const(uncounted)) {
        GI_TRY(countFiles(media));
        GI_TRY(m_executor.change(kSetCounted, Bindings(media.id)));
        // Where all were public once.
        if (!media.published)
            GI_TRY(m_blobs.adopt(ports::MediaArea::Public, pictureNames(media.variants), media.id.number()));
    }
    return locked;
}

Result<> SqlMedia::setLoose(const QList<MediaAttachment> &media)
{
    QList<MediaId> ids;
    for (const MediaAttachment &one : media) {
        ids.append(one.id);
        if (one.published)
            GI_TRY(m_blobs.countDown(ports::MediaArea::Public, pictureNames(one.variants), one.id.number()));
    }
    if (!ids.isEmpty())
        GI_TRY(m_executor.change(kDetach, Bindings(ids)));
    return {};
}

Result<> SqlMedia::countFiles(const MediaAttachment &media)
{
    if (!media.originalKey.isEmpty())
        GI_TRY(m_blobs.countUp(ports::MediaArea::Private, { media.originalKey }));
    GI_TRY(m_blobs.countUp(ports::MediaArea::Restricted, pictureNames(media.variants)));
    return media.published ? m_blobs.countUp(ports::MediaArea::Public, pictureNames(media.variants)) : Result<>();
}

Result<> SqlMedia::uncountFiles(const MediaAttachment &media)
{
    if (!media.originalKey.isEmpty())
        GI_TRY(m_blobs.countDown(ports::MediaArea::Private, { media.originalKey }, media.id.number()));
    GI_TRY(m_blobs.countDown(ports::MediaArea::Restricted, pictureNames(media.variants), media.id.number()));
    if (media.published)
        GI_TRY(m_blobs.countDown(ports::MediaArea::Public, pictureNames(media.variants), media.id.number()));
    return {};
}

} // namespace graminsta::sql
