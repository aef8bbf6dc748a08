// SPDX-License-Identifier: GPL-3.0-or-later
// How accounts stand to each other: blocks, mutes and private notes, and all of it together with follows. Readers are
// thread-safe; writers live inside one UnitOfWork::write(). A mute that has ended by `now` is none.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/account.h>
#include <graminsta/entities/page.h>

#include <QHash>

namespace graminsta::ports
{

// One row of a list of blocked or muted accounts: the cursor is the row's id, not the account's.
struct RelationEdge {
    RelationId id;
    AccountId accountId; // the other end
    std::optional<Timestamp> endsAt; // of a mute that ends by itself
};

// An account, and how somebody stands to it.
struct SeenAccount {
    entities::Account account;
    entities::Standing standing;
};

class RelationReader
{
public:
    virtual ~RelationReader() = default;

    // One entry for each id that is an account, in the order asked for. One query.
    [[nodiscard]] virtual Result<QList<entities::Relationship>>
    relationships(AccountId viewer, const QList<AccountId> &others, Timestamp now, const Deadline &deadline) const = 0;
    // For nobody (a null viewer) too: then only the restrictions of the accounts count. Only those of `others` to whom
    // the viewer stands in some way; who is not in it is a stranger. One query, and the cheapest there is: every page
    // asks it.
    [[nodiscard]] virtual Result<QHash<AccountId, entities::Standing>>
    standings(AccountId viewer, const QList<AccountId> &others, Timestamp now, const Deadline &deadline) const = 0;
    // The same the other way round: how each of `viewers` stands to one account. One query.
    [[nodiscard]] virtual Result<QHash<AccountId, entities::Standing>>
    standingsToward(AccountId other, const QList<AccountId> &viewers, Timestamp now,
                    const Deadline &deadline) const = 0;
    // Those of `others` that are accounts, in no order; a null viewer is nobody. One query.
    [[nodiscard]] virtual Result<QList<SeenAccount>> seenBy(AccountId viewer, const QList<AccountId> &others,
                                                            Timestamp now, const Deadline &deadline) const = 0;
    // Whom those follow whom the viewer follows, and the viewer does not: the most shared first, at most `limit`, from
    // the newest 50 follows of each of the newest 50. One query.
    [[nodiscard]] virtual Result<QList<AccountId>> friendsOfFriends(AccountId viewer, int limit,
                                                                    const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<RelationEdge>> blocks(AccountId of, const entities::PageRequest &page,
                                                                      const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<RelationEdge>>
    mutes(AccountId of, Timestamp now, const entities::PageRequest &page, const Deadline &deadline) const = 0;
};

struct MuteRow {
    RelationId id;
    AccountId account; // who mutes
    AccountId target;
    bool hideNotifications = true;
    std::optional<Timestamp> endsAt;
    Timestamp createdAt;
};

class RelationWriter : public RelationReader
{
public:
    // Until the end of the transaction nobody else in this place changes how these stand to others: a follow and a
    // block at once cannot pass each other. Take it before anything else, the follower alone or both sides of a block.
    [[nodiscard]] virtual Result<> lock(const QList<AccountId> &accounts) = 0;

    // Success also if it was there. Follows, and notifications between the two, are the caller's to end.
    [[nodiscard]] virtual Result<> block(RelationId id, AccountId account, AccountId target, Timestamp createdAt) = 0;
    // Success also if there was none.
    [[nodiscard]] virtual Result<> unblock(AccountId account, AccountId target) = 0;
    // Replaces an earlier one. Forgets the account's mutes that have ended.
    [[nodiscard]] virtual Result<> mute(const MuteRow &mute) = 0;
    // Success also if there was none.
    [[nodiscard]] virtual Result<> unmute(AccountId account, AccountId target) = 0;
    // An empty one is none.
    [[nodiscard]] virtual Result<> setNote(AccountId account, AccountId target, const QString &note) = 0;
};

} // namespace graminsta::ports
