// SPDX-License-Identifier: GPL-3.0-or-later
// Posts a status (POST /api/v1/statuses): a post with photos, or a comment. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/media/publishmedia.h>
#include <graminsta/domain/settings.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

#include <functional>
#include <optional>

namespace graminsta::domain
{

// How long an Idempotency-Key gives the same status again, as Mastodon.
inline constexpr std::chrono::hours kIdempotencyLifetime { 1 };

// Into how many collections a post goes when it is posted, as Pixelfed.
inline constexpr int kMaxCollectionsOfPost = 3;

struct StatusRequest {
    QString text;
    QString spoilerText;
    QList<MediaId> media;
    StatusId inReplyTo;
    std::optional<bool> sensitive; // not set: the account's default
    std::optional<entities::Visibility> visibility; // not set: the account's default
    QString language;
    bool commentsDisabled = false;
    QList<CollectionId> collections; // of one's own, to put it into
    QString idempotencyKey; // empty: none
};

class PostStatus
{
public:
    PostStatus(const InstanceSettings &settings, const ports::AccountReader &accounts,
               const ports::StatusReader &statuses, const ShowStatus &showStatus, const GatherStatuses &gather,
               const PublishMedia &publishMedia, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // The status; the same one again for an Idempotency-Key that was used within the hour. Fault::Unprocessable naming
    // what is wrong and the limit, or if what it comments on takes no comments; Fault::NotFound if what it comments on
    // or one of the collections is not there for the viewer.
    [[nodiscard]] Result<StatusSet> run(const entities::Viewer &viewer, const StatusRequest &request,
                                        const Deadline &deadline) const;
    // The same, with what `also` does in the same transaction, before all else. Fault::Conflict of it is not explained.
    using Also = std::function<Result<>(ports::WriteSet &)>;
    [[nodiscard]] Result<StatusId> run(const entities::Viewer &viewer, const StatusRequest &request, const Also &also,
                                       const Deadline &deadline) const;
    // Whether it could be posted now, but for its photos. Fault::Unprocessable and Fault::NotFound as run().
    [[nodiscard]] Result<> check(const entities::Viewer &viewer, const StatusRequest &request,
                                 const Deadline &deadline) const;

private:
    [[nodiscard]] Result<entities::Status> draft(const entities::Viewer &viewer, const StatusRequest &request,
                                                 const Deadline &deadline) const;
    // Makes it a comment on `parent`.
    [[nodiscard]] Result<> answer(const entities::Viewer &viewer, StatusId parent, entities::Status &status,
                                  const Deadline &deadline) const;
    [[nodiscard]] Result<bool> takesComments(const entities::Status &parent, const Deadline &deadline) const;
    [[nodiscard]] Result<> store(ports::WriteSet &writers, const entities::Status &status, const StatusRequest &request,
                                 const PublishableMedia &publishable, const Deadline &deadline) const;
    [[nodiscard]] Result<> notify(ports::WriteSet &writers, const entities::Status &status) const;

    const InstanceSettings &m_settings;
    const ports::AccountReader &m_accounts;
    const ports::StatusReader &m_statuses;
    const ShowStatus &m_showStatus;
    const GatherStatuses &m_gather;
    const PublishMedia &m_publishMedia;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
