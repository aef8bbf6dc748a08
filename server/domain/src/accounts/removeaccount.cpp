// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/removeaccount.h>

#include "endfollow.h"

#include <graminsta/domain/statuses/deletestatus.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/removal.h>
#include <graminsta/ports/statuses.h>
#include <graminsta/ports/transfers.h>

namespace graminsta::domain
{

using entities::Restriction;

namespace
{

// Of statuses few, since each takes its likes, comments and reblogs along.
constexpr int kStatuses = 20;
constexpr int kRows = 200;
constexpr int kMedia = 50;

// The next of what others' counters know of. False if there is nothing of it.
Result<bool> removeCounted(ports::WriteSet &writers, AccountId account, const Deadline &deadline)
{
    const QList<StatusId> statuses = GI_TRY(writers.removal.statuses(account, kStatuses));
    for (const StatusId id : statuses) {
        // One may have gone with another of this piece, as its reblog.
        const Result<entities::Status> status = writers.statuses.byId(id, deadline);
        if (status)
            GI_TRY(removeStatus(writers, *status));
        else if (status.error().fault != Fault::NotFound)
            return status.error();
    }
    if (!statuses.isEmpty())
        return true;
    const QList<StatusId> favourites = GI_TRY(writers.removal.favourites(account, kRows));
    for (const StatusId id : favourites)
        GI_TRY(writers.statuses.removeFavourite(account, id));
    if (!favourites.isEmpty())
        return true;
    const QList<ports::FollowPair> follows = GI_TRY(writers.removal.follows(account, kRows));
    for (const ports::FollowPair &follow : follows)
        GI_TRY(endFollow(writers, follow.follower, follow.followed));
    return !follows.isEmpty();
}

entities::PageRequest archivePage()
{
    entities::PageRequest page;
    page.limit = kRows;
    return page;
}

// The keys of the next rows of exports and imports, also the empty ones of those that have no file.
Result<QStringList> archivesOf(ports::WriteSet &writers, AccountId account, const Deadline &deadline)
{
    QStringList keys;
    for (const entities::AccountExport &row : GI_TRY(writers.transfers.exports(account, archivePage(), deadline)).rows)
        keys.append(row.archiveKey);
    for (const entities::AccountImport &row : GI_TRY(writers.transfers.imports(account, archivePage(), deadline)).rows)
        keys.append(row.archiveKey);
    return keys;
}

} // namespace

RemoveAccount::RemoveAccount(ports::MediaStore &store, ports::UnitOfWork &unitOfWork)
    : m_store(store)
    , m_unitOfWork(unitOfWork)
{
}

Result<bool> RemoveAccount::run(AccountId account, const Deadline &deadline) const
{
    bool more = true;
    bool onlyMedia = false;
    bool onlyArchives = false;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        more = true;
        onlyMedia = false;
        onlyArchives = false;
        const Result<entities::Account> known = writers.accounts.byId(account, deadline);
        if (!known && known.error().fault != Fault::NotFound)
            return known.error();
        more = known.has_value() && known->restrictions.testFlag(Restriction::Deleted);
        if (!more || GI_TRY(removeCounted(writers, account, deadline)))
            return {};
        onlyMedia = !GI_TRY(writers.removal.media(account, 1)).isEmpty();
        if (onlyMedia || GI_TRY(writers.removal.removeUncounted(account, kRows)) > 0)
            return {};
        onlyArchives = !GI_TRY(archivesOf(writers, account, deadline)).isEmpty();
        if (!onlyArchives)
            more = !GI_TRY(writers.removal.removeAccount(account));
        return {};
    }));
    if (onlyMedia)
        GI_TRY(removeOriginals(account, deadline));
    if (onlyArchives)
        GI_TRY(removeArchives(account, deadline));
    return more;
}

// Files before rows, here too.
Result<> RemoveAccount::removeArchives(AccountId account, const Deadline &deadline) const
{
    QStringList keys;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        keys = GI_TRY(archivesOf(writers, account, deadline));
        return {};
    }));
    for (const QString &key : std::as_const(keys)) {
        if (!key.isEmpty())
            GI_TRY(m_store.remove({ ports::MediaArea::Private, key }, deadline));
    }
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        for (const entities::AccountExport &row :
             GI_TRY(writers.transfers.exports(account, archivePage(), deadline)).rows) {
            if (keys.contains(row.archiveKey))
                GI_TRY(writers.transfers.remove(row.id));
        }
        for (const entities::AccountImport &row :
             GI_TRY(writers.transfers.imports(account, archivePage(), deadline)).rows) {
            if (keys.contains(row.archiveKey))
                GI_TRY(writers.transfers.remove(row.id));
        }
        return {};
    });
}

// Files before rows: a row may name a file that is gone, of an account that nobody sees; but a file that no row names
// would stay for ever.
Result<> RemoveAccount::removeOriginals(AccountId account, const Deadline &deadline) const
{
    QList<entities::MediaAttachment> media;
    QStringList unshared;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        media = GI_TRY(writers.removal.media(account, kMedia));
        QStringList keys;
        keys.reserve(media.size());
        for (const entities::MediaAttachment &one : media)
            keys.append(one.originalKey);
        unshared = GI_TRY(writers.removal.originalsOfNobodyElse(account, keys));
        return {};
    }));
    for (const QString &key : std::as_const(unshared)) {
        if (!key.isEmpty())
            GI_TRY(m_store.remove({ ports::MediaArea::Private, key }, deadline));
    }
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        for (const entities::MediaAttachment &one : std::as_const(media))
            GI_TRY(writers.media.remove(one.id));
        return {};
    });
}

} // namespace graminsta::domain
