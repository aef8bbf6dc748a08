// SPDX-License-Identifier: GPL-3.0-or-later
#include "blobs.h"

#include <graminsta/core/idgenerator.h>

#include <algorithm>
#include <array>

namespace graminsta::sql
{

using ports::BlobHold;
using ports::MediaArea;
using ports::MediaKey;

namespace
{

// In the order of their names: two uploads of the same photo must not wait for each other.
const QByteArray kHold =
    "INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at)"
    " SELECT CAST(?1 AS smallint), n.value, 0, CAST(?3 AS bigint), CAST(?4 AS bigint), 0 FROM {rows-of-texts ?2 n}"
    " WHERE 1 = 1 ORDER BY n.value ON CONFLICT (area, name) DO UPDATE SET keep_until ="
    " CASE WHEN blobs.keep_until > excluded.keep_until THEN blobs.keep_until ELSE excluded.keep_until END"
    " WHERE blobs.removing_at = 0 RETURNING name, epoch";
const QByteArray kLock = "SELECT name, epoch FROM blobs WHERE area = ?1 AND name {in-texts ?2} AND removing_at = 0"
                         " ORDER BY name {for update}";
// Who has named it holds it no more; other holders see by its epoch whether it was removed meanwhile.
const QByteArray kCountUp = "INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at)"
                            " SELECT CAST(?1 AS smallint), n.value, 1, 0, 0, 0 FROM {rows-of-texts ?2 n}"
                            " WHERE 1 = 1 ORDER BY n.value ON CONFLICT (area, name) DO UPDATE SET"
                            " refs = blobs.refs + 1, keep_until = 0 WHERE blobs.removing_at = 0 RETURNING name";
const QByteArray kCountDown = "UPDATE blobs SET refs = refs - 1 WHERE area = ?1 AND name {in-texts ?2} RETURNING refs";

const QByteArray kUnused = "SELECT area, name FROM blobs WHERE refs <= 0 AND keep_until <= ?1 AND removing_at <= ?2"
                           " AND NOT EXISTS (SELECT 1 FROM media m WHERE m.counted = 0) LIMIT ?3"
                           " {for update skip locked}";
const QByteArray kTake = "UPDATE blobs SET removing_at = ?3 WHERE area = ?1 AND name {in-texts ?2}";
const QByteArray kForget = "DELETE FROM blobs WHERE area = ?1 AND name {in-texts ?2} AND removing_at > 0 AND refs <= 0";
const QByteArray kAdopt = "INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at)"
                          " SELECT CAST(?1 AS smallint), n.value, 0, CAST(?3 AS bigint), 0, 0 FROM {rows-of-texts ?2 n}"
                          " WHERE 1 = 1 ORDER BY n.value ON CONFLICT DO NOTHING";
const QByteArray kPosition = "SELECT area, name FROM blob_sweep WHERE id = 1";
const QByteArray kSetPosition = "INSERT INTO blob_sweep (id, area, name) VALUES (1, ?1, ?2)"
                                " ON CONFLICT (id) DO UPDATE SET area = excluded.area, name = excluded.name";
const QByteArray kUsed = "SELECT area, name FROM blobs WHERE (area, name) > (CAST(?1 AS smallint), CAST(?2 AS text))"
                         " AND refs > 0 ORDER BY area, name LIMIT ?3";

constexpr std::array kAreas { MediaArea::Private, MediaArea::Restricted, MediaArea::Public };

MediaKey keyOf(const Row &row)
{
    return { row.enumerator<MediaArea>(0), row.text(1) };
}

QStringList namesIn(MediaArea area, const QList<MediaKey> &keys)
{
    QStringList names;
    for (const MediaKey &key : keys) {
        if (key.area == area && !names.contains(key.name))
            names.append(key.name);
    }
    return names;
}

Error beingRemoved()
{
    return makeError(Fault::Unavailable,
                     QStringLiteral("The same file is being removed just now. Please try again in a moment."));
}

} // namespace

Result<QList<BlobHold>> SqlBlobs::hold(const QList<MediaKey> &keys, qint64 epoch, Timestamp until)
{
    QList<BlobHold> holds;
    for (const MediaArea area : kAreas) {
        const QStringList names = namesIn(area, keys);
        if (names.isEmpty())
            continue;
        const qsizetype before = holds.size();
        GI_TRY(m_executor.change(kHold, Bindings(area, names, epoch, until), [&](const Row &row) {
            holds.append({ { area, row.text(0) }, row.integer(1) });
        }));
        if (holds.size() - before != names.size())
            return beingRemoved();
    }
    return holds;
}

Result<> SqlBlobs::confirm(const QList<BlobHold> &holds)
{
    for (const MediaArea area : kAreas) {
        QHash<QString, qint64> wanted;
        for (const BlobHold &hold : holds) {
            if (hold.key.area == area)
                wanted.insert(hold.key.name, hold.epoch);
        }
        if (wanted.isEmpty())
            continue;
        GI_TRY(m_executor.query(kLock, Bindings(area, QStringList(wanted.keys())), m_executor.deadline(),
                                [&wanted](const Row &row) {
                                    if (const auto found = wanted.constFind(row.text(0));
                                        found != wanted.cend() && *found == row.integer(1))
                                        wanted.erase(found);
                                }));
        if (!wanted.isEmpty())
            return beingRemoved();
    }
    return {};
}

Result<QList<MediaKey>> SqlBlobs::takeUnused(Timestamp now, int limit)
{
    const QList<MediaKey> taken = GI_TRY(m_executor.list<MediaKey>(
        kUnused, Bindings(now, now - ports::kBlobRemoval, limit), m_executor.deadline(), keyOf));
    for (const MediaArea area : kAreas) {
        if (const QStringList names = namesIn(area, taken); !names.isEmpty())
            GI_TRY(m_executor.change(kTake, Bindings(area, names, now)));
    }
    return taken;
}

Result<> SqlBlobs::forget(const QList<MediaKey> &keys)
{
    for (const MediaArea area : kAreas) {
        if (const QStringList names = namesIn(area, keys); !names.isEmpty())
            GI_TRY(m_executor.change(kForget, Bindings(area, names)));
    }
    return {};
}

Result<qint64> SqlBlobs::adopt(MediaArea area, const QList<QString> &names, qint64 epoch)
{
    if (names.isEmpty())
        return qint64 { 0 };
    return m_executor.change(kAdopt, Bindings(area, QStringList(names), epoch));
}

Result<MediaKey> SqlBlobs::sweepPosition()
{
    return GI_TRY(m_executor.first<MediaKey>(kPosition, Bindings(), m_executor.deadline(), keyOf))
        .value_or(MediaKey {});
}

Result<> SqlBlobs::setSweepPosition(const MediaKey &position)
{
    GI_TRY(m_executor.change(kSetPosition, Bindings(position.area, position.name)));
    return {};
}

Result<QList<MediaKey>> SqlBlobs::used(const MediaKey &after, int limit, const Deadline &deadline) const
{
    return m_executor.list<MediaKey>(kUsed, Bindings(after.area, after.name, limit), deadline, keyOf);
}

Result<> SqlBlobs::countUp(MediaArea area, const QStringList &names)
{
    if (names.isEmpty())
        return {};
    qsizetype counted = 0;
    GI_TRY(m_executor.change(kCountUp, Bindings(area, names), [&counted](const Row &) { ++counted; }));
    return counted == names.size() ? Result<>() : beingRemoved();
}

Result<> SqlBlobs::countDown(MediaArea area, const QStringList &names, qint64 row)
{
    if (names.isEmpty())
        return {};
    GI_TRY(m_executor.query(kLock, Bindings(area, names), m_executor.deadline(), {}));
    bool unused = false;
    GI_TRY(m_executor.change(kCountDown, Bindings(area, names),
                             [&unused](const Row &counted) { unused = unused || counted.integer(0) <= 0; }));
    if (!unused)
        return {};
    // One for each row: one for all would count as waiting while it runs, also when it has looked already.
    GI_TRY(m_jobs->enqueue(
        { entities::JobId { row }, QLatin1String(ports::kTidyJob), {}, idTime(row), QString::number(row) },
        idTime(row)));
    return {};
}

QStringList pictureNames(const QList<entities::MediaVariant> &variants)
{
    QStringList names;
    for (const entities::MediaVariant &variant : variants) {
        if (!names.contains(variant.key))
            names.append(variant.key);
    }
    return names;
}

} // namespace graminsta::sql
