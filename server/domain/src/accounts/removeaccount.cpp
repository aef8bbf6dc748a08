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

// The next of what is counted somewhere: by others' counters, by the store's. False if there is nothing of it.
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
    if (!follows.isEmpty())
        return true;
    const QList<entities::MediaAttachment> media = GI_TRY(writers.removal.media(account, kMedia));
    for (const entities::MediaAttachment &one : media)
        GI_TRY(writers.media.remove(one.id));
    return !media.isEmpty();
}

// The next of the exports and imports, with their files. False if there are none.
Result<bool> removeArchives(ports::WriteSet &writers, AccountId account, const Deadline &deadline)
{
    entities::PageRequest page;
    page.limit = kRows;
    const auto exports = GI_TRY(writers.transfers.exports(account, page, deadline)).rows;
    for (const entities::AccountExport &row : exports)
        GI_TRY(writers.transfers.remove(row.id));
    const auto imports = GI_TRY(writers.transfers.imports(account, page, deadline)).rows;
    for (const entities::AccountImport &row : imports)
        GI_TRY(writers.transfers.remove(row.id));
    return !exports.isEmpty() || !imports.isEmpty();
}

} // namespace

RemoveAccount::RemoveAccount(ports::UnitOfWork &unitOfWork)
    : m_unitOfWork(unitOfWork)
{
}

Result<bool> RemoveAccount::run(AccountId account, const Deadline &deadline) const
{
    bool more = true;
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        more = true;
        const Result<entities::Account> known = writers.accounts.byId(account, deadline);
        if (!known && known.error().fault != Fault::NotFound)
            return known.error();
        more = known.has_value() && known->restrictions.testFlag(Restriction::Deleted);
        if (!more || GI_TRY(removeCounted(writers, account, deadline))
            || GI_TRY(removeArchives(writers, account, deadline))
            || GI_TRY(writers.removal.removeUncounted(account, kRows)) > 0)
            return {};
        more = !GI_TRY(writers.removal.removeAccount(account));
        return {};
    }));
    return more;
}

} // namespace graminsta::domain
