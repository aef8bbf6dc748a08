// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses, timelines and favourites. Readers are thread-safe; writers live inside one UnitOfWork::write().
// Nothing here decides who may see what, but for what a list is by its nature (a home timeline holds no direct
// message): that is the visibility policy's (domain).
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/status.h>

namespace graminsta::ports
{

struct TimelineFilter {
    bool onlyMedia = false;
};

struct TagFilter {
    bool onlyMedia = false;
    QStringList any; // besides the tag itself, lower case
    QStringList all;
    QStringList none;
};

struct AccountTimelineFilter {
    bool onlyMedia = false;
    bool excludeReplies = false;
    QString tagged; // lower case, empty for all
    // The least public visibility to list, as the viewer stands to the account.
    entities::Visibility upTo = entities::Visibility::Public;
};

struct FavouriteEdge {
    FavouriteId id;
    AccountId accountId;
};

class StatusReader
{
public:
    virtual ~StatusReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Status> byId(StatusId id, const Deadline &deadline) const = 0;
    // In the order asked for; ids that do not exist are left out. One query.
    [[nodiscard]] virtual Result<QList<entities::Status>> byIds(const QList<StatusId> &ids,
                                                                const Deadline &deadline) const = 0;

    // Posts (no comments) of the viewer and of those the viewer follows, not direct. The work grows with the number of
    // followed accounts, never with the table.
    [[nodiscard]] virtual Result<entities::Page<StatusId>> home(AccountId viewer, const entities::PageRequest &page,
                                                                const Deadline &deadline) const = 0;
    // Public posts (no comments) of everybody.
    [[nodiscard]] virtual Result<entities::Page<StatusId>>
    publicTimeline(const TimelineFilter &filter, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    // Public posts and comments with a tag.
    [[nodiscard]] virtual Result<entities::Page<StatusId>> tagTimeline(const QString &tag, const TagFilter &filter,
                                                                       const entities::PageRequest &page,
                                                                       const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<StatusId>> accountTimeline(AccountId account,
                                                                           const AccountTimelineFilter &filter,
                                                                           const entities::PageRequest &page,
                                                                           const Deadline &deadline) const = 0;

    // Of the newest `among` public posts since the id `since` those with the most likes and comments, the most first.
    // One query.
    [[nodiscard]] virtual Result<QList<StatusId>> mostLiked(StatusId since, int among, int offset, int limit,
                                                            const Deadline &deadline) const = 0;

    // Oldest first: from the beginning of the thread down to the one before `id`, at most `limit`. One query.
    [[nodiscard]] virtual Result<QList<entities::Status>> ancestors(StatusId id, int limit,
                                                                    const Deadline &deadline) const = 0;
    // Depth first, each level oldest first, at most `limit`. One query.
    [[nodiscard]] virtual Result<QList<entities::Status>> descendants(StatusId id, int limit,
                                                                      const Deadline &deadline) const = 0;

    // One entry for each id, in their order. One query.
    [[nodiscard]] virtual Result<QList<entities::StatusFlags>> flags(AccountId viewer, const QList<StatusId> &ids,
                                                                     const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<FavouriteEdge>>
    favouritedBy(StatusId id, const entities::PageRequest &page, const Deadline &deadline) const = 0;
};

class StatusWriter : public StatusReader
{
public:
    // With its tags and mentions. Does not touch counters.
    [[nodiscard]] virtual Result<> insert(const entities::Status &status) = 0;
    // With its tags, mentions, favourites and notifications; comments stay and lose their parent. Fault::NotFound if
    // there is none. Does not touch counters nor media.
    [[nodiscard]] virtual Result<> remove(StatusId id) = 0;
    [[nodiscard]] virtual Result<> changeRepliesCount(StatusId id, int change) = 0;

    // True if it is new; then the status's counter is one higher. False if it was there.
    [[nodiscard]] virtual Result<bool> addFavourite(FavouriteId id, AccountId account, StatusId status,
                                                    Timestamp createdAt) = 0;
    // True if there was one; then the status's counter is one lower.
    [[nodiscard]] virtual Result<bool> removeFavourite(AccountId account, StatusId status) = 0;

    // What an earlier request of the account with the same Idempotency-Key has made, if any, not older than `since`.
    [[nodiscard]] virtual Result<std::optional<StatusId>> statusByIdempotencyKey(AccountId account, const QString &key,
                                                                                 Timestamp since) = 0;
    // Fault::Conflict if the account has used the key (a parallel request won). An expired use is replaced.
    [[nodiscard]] virtual Result<> rememberIdempotencyKey(AccountId account, const QString &key, StatusId status,
                                                          Timestamp createdAt) = 0;
};

} // namespace graminsta::ports
