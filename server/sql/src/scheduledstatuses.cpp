// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduledstatuses.h"

#include "paging.h"

#include <QHash>

namespace graminsta::sql
{

using entities::Page;
using entities::PageRequest;
using entities::ScheduledStatus;

namespace
{

const QByteArray kSelect = "SELECT id, account_id, application_id, text, spoiler_text, sensitive, visibility, language,"
                           " in_reply_to_id, comments_disabled, idempotency_key, scheduled_at, created_at"
                           " FROM scheduled_statuses ";
const QByteArray kById = kSelect + "WHERE id = ?1";
const PagedSql kList(kSelect + "WHERE account_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");
const QByteArray kMedia = "SELECT id, scheduled_status_id FROM media WHERE scheduled_status_id {in ?1}"
                          " ORDER BY scheduled_status_id, position";
// A lock that those who only refer to the account do not wait for.
const QByteArray kLock = "UPDATE accounts SET statuses_count = statuses_count WHERE id = ?1";
// An account has few of them.
const QByteArray kCount = "SELECT count(*), coalesce(sum(CASE WHEN scheduled_at >= ?2 AND scheduled_at < ?3 THEN 1"
                          " ELSE 0 END), 0) FROM scheduled_statuses WHERE account_id = ?1 AND id <> ?4";
const QByteArray kInsert =
    "INSERT INTO scheduled_statuses (id, account_id, application_id, text, spoiler_text, sensitive, visibility,"
    " language, in_reply_to_id, comments_disabled, idempotency_key, scheduled_at, created_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
const QByteArray kLockFree = "SELECT m.id FROM media m WHERE m.id {in ?1} AND m.account_id = ?2"
                             " AND m.status_id IS NULL AND m.scheduled_status_id IS NULL AND m.state = 1"
                             " ORDER BY m.id {for update}";
const QByteArray kReserve = "UPDATE media SET scheduled_status_id = ?2, position = ?3 WHERE id = ?1";
const QByteArray kReschedule = "UPDATE scheduled_statuses SET scheduled_at = ?2 WHERE id = ?1";
// Loose from now on, not since they were uploaded.
const QByteArray kSetFree = "UPDATE media SET scheduled_status_id = NULL, loose_at = 0 WHERE scheduled_status_id = ?1";
const QByteArray kRemove = "DELETE FROM scheduled_statuses WHERE id = ?1";
const QByteArray kByKey = "SELECT id FROM scheduled_statuses WHERE account_id = ?1 AND idempotency_key = ?2"
                          " AND created_at >= ?3 ORDER BY id DESC LIMIT 1";

ScheduledStatus scheduledOf(const Row &row)
{
    ScheduledStatus scheduled;
    scheduled.id = row.id<ScheduledStatusId>(0);
    scheduled.accountId = row.id<AccountId>(1);
    scheduled.applicationId = row.id<ApplicationId>(2);
    scheduled.text = row.text(3);
    scheduled.spoilerText = row.text(4);
    if (!row.isNull(5))
        scheduled.sensitive = row.flag(5);
    if (!row.isNull(6))
        scheduled.visibility = row.enumerator<entities::Visibility>(6);
    scheduled.language = row.text(7);
    scheduled.inReplyToId = row.id<StatusId>(8);
    scheduled.commentsDisabled = row.flag(9);
    scheduled.idempotencyKey = row.text(10);
    scheduled.scheduledAt = row.time(11);
    scheduled.createdAt = row.time(12);
    return scheduled;
}

Error notThere()
{
    return makeError(Fault::NotFound, QStringLiteral("There is no such scheduled status"));
}

} // namespace

Result<ScheduledStatus> SqlScheduledStatuses::byId(ScheduledStatusId id, const Deadline &deadline) const
{
    QList<ScheduledStatus> found = GI_TRY(m_executor.list<ScheduledStatus>(kById, Bindings(id), deadline, scheduledOf));
    if (found.isEmpty())
        return notThere();
    GI_TRY(addMedia(found, deadline));
    return std::move(found.first());
}

Result<Page<ScheduledStatus>> SqlScheduledStatuses::list(AccountId account, const PageRequest &page,
                                                         const Deadline &deadline) const
{
    const PageWindow window(page);
    Page<ScheduledStatus> found = GI_TRY(readPage<ScheduledStatus>(
        m_executor, kList, window, Bindings(account, window.low, window.high, window.limit), deadline, scheduledOf,
        [](const ScheduledStatus &scheduled) { return scheduled.id.number(); }));
    GI_TRY(addMedia(found.rows, deadline));
    return found;
}

Result<> SqlScheduledStatuses::addMedia(QList<ScheduledStatus> &statuses, const Deadline &deadline) const
{
    QList<ScheduledStatusId> ids;
    ids.reserve(statuses.size());
    for (const ScheduledStatus &status : std::as_const(statuses))
        ids.append(status.id);
    if (ids.isEmpty())
        return {};
    QHash<ScheduledStatusId, QList<MediaId>> media;
    GI_TRY(m_executor.query(kMedia, Bindings(ids), deadline, [&media](const Row &row) {
        media[row.id<ScheduledStatusId>(1)].append(row.id<MediaId>(0));
    }));
    for (ScheduledStatus &status : statuses)
        status.media = media.value(status.id);
    return {};
}

Result<> SqlScheduledStatuses::lock(AccountId account)
{
    GI_TRY(m_executor.change(kLock, Bindings(account)));
    return {};
}

Result<ports::ScheduledCounts> SqlScheduledStatuses::count(AccountId account, Timestamp begin, Timestamp end,
                                                           ScheduledStatusId except)
{
    return GI_TRY(m_executor.first<ports::ScheduledCounts>(
                      kCount, Bindings(account, begin, end, except.number()), m_executor.deadline(),
                      [](const Row &row) {
                          return ports::ScheduledCounts { static_cast<int>(row.integer(0)),
                                                          static_cast<int>(row.integer(1)) };
                      }))
        .value_or(ports::ScheduledCounts {});
}

Result<> SqlScheduledStatuses::insert(const ScheduledStatus &scheduled)
{
    GI_TRY(m_executor.change(kInsert,
                             Bindings(scheduled.id, scheduled.accountId, scheduled.applicationId, scheduled.text,
                                      scheduled.spoilerText, scheduled.sensitive, scheduled.visibility,
                                      scheduled.language, scheduled.inReplyToId, scheduled.commentsDisabled,
                                      scheduled.idempotencyKey, scheduled.scheduledAt, scheduled.createdAt)));
    if (scheduled.media.isEmpty())
        return {};
    const qint64 free =
        GI_TRY(m_executor.query(kLockFree, Bindings(scheduled.media, scheduled.accountId), m_executor.deadline(), {}));
    if (free != scheduled.media.size()) {
        return makeError(Fault::Conflict,
                         QStringLiteral("A media attachment is missing, not ready, or belongs to another post"));
    }
    for (int position = 0; position < scheduled.media.size(); ++position)
        GI_TRY(m_executor.change(kReserve, Bindings(scheduled.media.at(position), scheduled.id, position)));
    return {};
}

Result<> SqlScheduledStatuses::reschedule(ScheduledStatusId id, Timestamp at)
{
    if (GI_TRY(m_executor.change(kReschedule, Bindings(id, at))) == 0)
        return notThere();
    return {};
}

Result<> SqlScheduledStatuses::remove(ScheduledStatusId id)
{
    GI_TRY(m_executor.change(kSetFree, Bindings(id)));
    if (GI_TRY(m_executor.change(kRemove, Bindings(id))) == 0)
        return notThere();
    return {};
}

Result<std::optional<ScheduledStatusId>> SqlScheduledStatuses::byIdempotencyKey(AccountId account, const QString &key,
                                                                                Timestamp since)
{
    return m_executor.first<ScheduledStatusId>(kByKey, Bindings(account, key, since), m_executor.deadline(),
                                               [](const Row &row) { return row.id<ScheduledStatusId>(0); });
}

} // namespace graminsta::sql
