// SPDX-License-Identifier: GPL-3.0-or-later
// What an account that is being deleted has left, piece by piece, so that no transaction is long. Inside one
// UnitOfWork::write(); nobody else adds to it any more, but for what was under way.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/page.h>

#include <QList>

namespace graminsta::ports
{

struct FollowPair {
    AccountId follower;
    AccountId followed;
};

class RemovalWriter
{
public:
    virtual ~RemovalWriter() = default;

    // At most `limit` of each.
    [[nodiscard]] virtual Result<QList<StatusId>> statuses(AccountId account, int limit) = 0;
    [[nodiscard]] virtual Result<QList<StatusId>> favourites(AccountId account, int limit) = 0;
    [[nodiscard]] virtual Result<QList<FollowPair>> follows(AccountId account, int limit) = 0;
    [[nodiscard]] virtual Result<QList<entities::MediaAttachment>> media(AccountId account, int limit) = 0;
    // Removes at most `limit` rows of each table whose rows nobody counts, and gives how many those were.
    [[nodiscard]] virtual Result<qint64> removeUncounted(AccountId account, int limit) = 0;
    // Removes the account itself. False, and it stays, if there is anything left of the first four.
    [[nodiscard]] virtual Result<bool> removeAccount(AccountId account) = 0;
};

} // namespace graminsta::ports
