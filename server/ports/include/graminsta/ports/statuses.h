// SPDX-License-Identifier: GPL-3.0-or-later
// Statuses, timelines, and what people do with statuses. Readers are thread-safe; writers live inside one
// UnitOfWork::write(). Nothing here decides who may see what, but for what a list is by its nature (a home timeline
// holds no direct message): that is the visibility policy's (domain).
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/status.h>

#include <QHash>

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
    bool excludeReblogs = false;
    QString tagged; // lower case, empty for all
    // The least public visibility to list, as the viewer stands to the account.
    entities::Visibility upTo = entities::Visibility::Public;
};

struct ReblogEdge {
    StatusId id; // of the reblog
    AccountId accountId;
};

struct FavouriteEdge {
    FavouriteId id;
    AccountId accountId;
};

// Statuses as somebody sees them.
struct SeenStatuses {
    QList<entities::Status> statuses; // in the order asked for, each once; those that do not exist are left out
    QHash<StatusId, entities::Status> originals; // what the reblogs among them reblog
    QHash<StatusId, entities::StatusFlags> flags; // of both; empty for nobody
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

    // A null viewer is nobody. Decides nothing about who may see them. One query.
    [[nodiscard]] virtual Result<SeenStatuses> seenBy(AccountId viewer, const QList<StatusId> &ids,
                                                      const Deadline &deadline) const = 0;

    // Posts (no comments) and reblogs of the viewer and of those the viewer follows, not direct; without the reblogs of
    // those whom the viewer follows without them. The work grows with the number of
    // followed accounts, never with the table.
    [[nodiscard]] virtual Result<entities::Page<StatusId>> home(AccountId viewer, const entities::PageRequest &page,
                                                                const Deadline &deadline) const = 0;
    // Public posts (no comments, no reblogs) of everybody.
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

    // Of an account, the newest act first. Their bounds are ids of the acts, not of statuses.
    [[nodiscard]] virtual Result<entities::Page<StatusId>>
    bookmarks(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<StatusId>>
    favourites(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    // Pinned to the account's profile, the newest pin first, at most `limit`.
    [[nodiscard]] virtual Result<QList<StatusId>> pinned(AccountId account, int limit,
                                                         const Deadline &deadline) const = 0;
    // Every version, oldest first, at most `limit`; none of a status that was never edited.
    [[nodiscard]] virtual Result<QList<entities::StatusEdit>> edits(StatusId id, int limit,
                                                                    const Deadline &deadline) const = 0;

    // One entry for each id, in their order. One query.
    [[nodiscard]] virtual Result<QList<entities::StatusFlags>> flags(AccountId viewer, const QList<StatusId> &ids,
                                                                     const Deadline &deadline) const = 0;
    // What each of `viewers` has done with one status; who has done nothing is not in it. One query.
    [[nodiscard]] virtual Result<QHash<AccountId, entities::StatusFlags>>
    flagsOf(StatusId id, const QList<AccountId> &viewers, const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<FavouriteEdge>>
    favouritedBy(StatusId id, const entities::PageRequest &page, const Deadline &deadline) const = 0;
    // Whose public and unlisted reblogs of it there are.
    [[nodiscard]] virtual Result<entities::Page<ReblogEdge>> rebloggedBy(StatusId id, const entities::PageRequest &page,
                                                                         const Deadline &deadline) const = 0;
    // The account's reblog of a status, if any.
    [[nodiscard]] virtual Result<std::optional<StatusId>> reblogBy(AccountId account, StatusId status,
                                                                   const Deadline &deadline) const = 0;
};

class StatusWriter : public StatusReader
{
public:
    // With its tags and mentions. Does not touch counters. StatusCreated.
    [[nodiscard]] virtual Result<> insert(const entities::Status &status) = 0;
    // The same of one from the past, with the time of its edit: nobody is told. Fault::Conflict if its id is taken: let
    // the transaction fail.
    [[nodiscard]] virtual Result<> restore(const entities::Status &status) = 0;
    // Nobody else changes or removes it until the transaction ends. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Status> lock(StatusId id) = 0;
    // What an edit changes: texts, sensitive, language, tags, mentions, number of media, whether it takes comments,
    // time of the edit. Fault::NotFound if there is none. StatusEdited.
    [[nodiscard]] virtual Result<> update(const entities::Status &status) = 0;
    [[nodiscard]] virtual Result<> addEdit(const entities::StatusEdit &edit) = 0;
    // With its tags, mentions, favourites, bookmarks, pin, edits, reblogs and notifications; comments stay and lose
    // their parent. Fault::NotFound if there is none. Does not touch counters nor media. StatusDeleted.
    [[nodiscard]] virtual Result<> remove(StatusId id) = 0;
    [[nodiscard]] virtual Result<> changeRepliesCount(StatusId id, int change) = 0;

    // True if it is new; then the status's counter is one higher. False if it was there.
    [[nodiscard]] virtual Result<bool> addFavourite(FavouriteId id, AccountId account, StatusId status,
                                                    Timestamp createdAt) = 0;
    // True if there was one; then the status's counter is one lower.
    [[nodiscard]] virtual Result<bool> removeFavourite(AccountId account, StatusId status) = 0;

    // True if it is new; then the counter of what it reblogs is one higher. False if the account has reblogged it: then
    // there is no second one. StatusCreated.
    [[nodiscard]] virtual Result<bool> addReblog(const entities::Status &reblog) = 0;
    // True if there was one; then the counter of the status is one lower. StatusDeleted.
    [[nodiscard]] virtual Result<bool> removeReblog(AccountId account, StatusId status) = 0;
    // Everybody who has reblogged it: their counters and newest status change when it is removed. Lock it before.
    [[nodiscard]] virtual Result<QList<AccountId>> rebloggers(StatusId id) = 0;

    // Both may be repeated. `conversation` is Status::conversation().
    [[nodiscard]] virtual Result<> muteConversation(AccountId account, StatusId conversation, Timestamp createdAt) = 0;
    [[nodiscard]] virtual Result<> unmuteConversation(AccountId account, StatusId conversation) = 0;

    // True if it is new; false if it was there.
    [[nodiscard]] virtual Result<bool> addBookmark(BookmarkId id, AccountId account, StatusId status,
                                                   Timestamp createdAt) = 0;
    [[nodiscard]] virtual Result<> removeBookmark(AccountId account, StatusId status) = 0;

    // Success also if it is pinned already. Fault::Conflict if the account has `most` others pinned: also of those who
    // pin at the same time, one fails.
    [[nodiscard]] virtual Result<> pin(StatusPinId id, AccountId account, StatusId status, Timestamp createdAt,
                                       int most) = 0;
    [[nodiscard]] virtual Result<> unpin(StatusId status) = 0;

    // What an earlier request of the account with the same Idempotency-Key has made, if any, not older than `since`.
    [[nodiscard]] virtual Result<std::optional<StatusId>> statusByIdempotencyKey(AccountId account, const QString &key,
                                                                                 Timestamp since) = 0;
    // Fault::Conflict if the account has used the key (a parallel request won). An expired use is replaced.
    [[nodiscard]] virtual Result<> rememberIdempotencyKey(AccountId account, const QString &key, StatusId status,
                                                          Timestamp createdAt) = 0;
    // Removes uses older than `before`, at most `limit`. Gives how many.
    [[nodiscard]] virtual Result<qint64> forgetIdempotencyKeys(Timestamp before, int limit) = 0;
};

} // namespace graminsta::ports
