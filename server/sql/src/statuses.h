// SPDX-License-Identifier: GPL-3.0-or-later
// The statuses in the database, and what people do with them: statusmarks.cpp holds the marks (favourites, bookmarks,
// pins), statusedits.cpp the edits. As a reader thread-safe on a pool; as a writer inside one transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/events.h>
#include <graminsta/ports/statuses.h>

namespace graminsta::sql
{

class SqlStatuses final : public ports::StatusWriter
{
public:
    // As a writer it notes in `events` what has happened.
    explicit SqlStatuses(Executor &executor, QList<ports::Event> *events = nullptr)
        : m_executor(executor)
        , m_events(events)
    {
    }

    Result<entities::Status> byId(StatusId id, const Deadline &deadline) const override;
    Result<QList<entities::Status>> byIds(const QList<StatusId> &ids, const Deadline &deadline) const override;
    Result<entities::Page<StatusId>> home(AccountId viewer, const entities::PageRequest &page,
                                          const Deadline &deadline) const override;
    Result<entities::Page<StatusId>> publicTimeline(const ports::TimelineFilter &filter,
                                                    const entities::PageRequest &page,
                                                    const Deadline &deadline) const override;
    Result<entities::Page<StatusId>> tagTimeline(const QString &tag, const ports::TagFilter &filter,
                                                 const entities::PageRequest &page,
                                                 const Deadline &deadline) const override;
    Result<entities::Page<StatusId>> accountTimeline(AccountId account, const ports::AccountTimelineFilter &filter,
                                                     const entities::PageRequest &page,
                                                     const Deadline &deadline) const override;
    Result<QList<StatusId>> mostLiked(StatusId since, int among, int offset, int limit,
                                      const Deadline &deadline) const override;
    Result<QList<entities::Status>> ancestors(StatusId id, int limit, const Deadline &deadline) const override;
    Result<QList<entities::Status>> descendants(StatusId id, int limit, const Deadline &deadline) const override;
    Result<entities::Page<StatusId>> bookmarks(AccountId account, const entities::PageRequest &page,
                                               const Deadline &deadline) const override;
    Result<entities::Page<StatusId>> favourites(AccountId account, const entities::PageRequest &page,
                                                const Deadline &deadline) const override;
    Result<QList<StatusId>> pinned(AccountId account, int limit, const Deadline &deadline) const override;
    Result<QList<entities::StatusEdit>> edits(StatusId id, int limit, const Deadline &deadline) const override;
    Result<ports::SeenStatuses> seenBy(AccountId viewer, const QList<StatusId> &ids,
                                       const Deadline &deadline) const override;
    Result<QList<entities::StatusFlags>> flags(AccountId viewer, const QList<StatusId> &ids,
                                               const Deadline &deadline) const override;
    Result<QHash<AccountId, entities::StatusFlags>> flagsOf(StatusId id, const QList<AccountId> &viewers,
                                                            const Deadline &deadline) const override;
    Result<entities::Page<ports::FavouriteEdge>> favouritedBy(StatusId id, const entities::PageRequest &page,
                                                              const Deadline &deadline) const override;

    Result<entities::Page<ports::ReblogEdge>> rebloggedBy(StatusId id, const entities::PageRequest &page,
                                                          const Deadline &deadline) const override;
    Result<std::optional<StatusId>> reblogBy(AccountId account, StatusId status,
                                             const Deadline &deadline) const override;

    Result<> insert(const entities::Status &status) override;
    Result<> restore(const entities::Status &status) override;
    Result<entities::Status> lock(StatusId id) override;
    Result<> update(const entities::Status &status) override;
    Result<> addEdit(const entities::StatusEdit &edit) override;
    Result<> remove(StatusId id) override;
    Result<> changeRepliesCount(StatusId id, int change) override;
    Result<bool> addFavourite(FavouriteId id, AccountId account, StatusId status, Timestamp createdAt) override;
    Result<bool> removeFavourite(AccountId account, StatusId status) override;
    Result<bool> addReblog(const entities::Status &reblog) override;
    Result<bool> removeReblog(AccountId account, StatusId status) override;
    Result<QList<AccountId>> rebloggers(StatusId id) override;
    Result<> muteConversation(AccountId account, StatusId conversation, Timestamp createdAt) override;
    Result<> unmuteConversation(AccountId account, StatusId conversation) override;
    Result<bool> addBookmark(BookmarkId id, AccountId account, StatusId status, Timestamp createdAt) override;
    Result<> removeBookmark(AccountId account, StatusId status) override;
    Result<> pin(StatusPinId id, AccountId account, StatusId status, Timestamp createdAt, int most) override;
    Result<> unpin(StatusId status) override;
    Result<std::optional<StatusId>> statusByIdempotencyKey(AccountId account, const QString &key,
                                                           Timestamp since) override;
    Result<> rememberIdempotencyKey(AccountId account, const QString &key, StatusId status,
                                    Timestamp createdAt) override;
    Result<qint64> forgetIdempotencyKeys(Timestamp before, int limit) override;

private:
    Result<> insertTags(const entities::Status &status);
    void note(const ports::Event &event) const;

    Executor &m_executor;
    QList<ports::Event> *const m_events;
};

} // namespace graminsta::sql
