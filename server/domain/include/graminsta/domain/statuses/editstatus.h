// SPDX-License-Identifier: GPL-3.0-or-later
// Edits one's own status (PUT /api/v1/statuses/:id) and shows what can be edited. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/media/publishmedia.h>
#include <graminsta/domain/settings.h>
#include <graminsta/domain/statuses/showstatus.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

// What is not set stays as it is.
struct StatusChange {
    struct Media {
        MediaId id;
        std::optional<QString> description;
        std::optional<entities::FocusPoint> focus;
        std::optional<entities::License> license;
    };

    std::optional<QString> text;
    std::optional<QString> spoilerText;
    std::optional<bool> sensitive;
    std::optional<QString> language;
    std::optional<bool> commentsDisabled;
    std::optional<QList<MediaId>> media; // all that the status has from now on, in this order
    QList<Media> mediaChanges; // of those that it has from now on
};

class EditStatus
{
public:
    EditStatus(const InstanceSettings &settings, const ports::AccountReader &accounts, const ShowStatus &showStatus,
               const PublishMedia &publishMedia, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // The status as it is then; whom it did not name before is told. A change of nothing that readers see is no edit.
    // Photos that are taken away become loose. Fault::NotFound if there is none, or it is a reblog or another
    // account's; Fault::Unprocessable naming what is wrong.
    [[nodiscard]] Result<StatusSet> run(const entities::Viewer &viewer, StatusId id, const StatusChange &change,
                                        const Deadline &deadline) const;
    // Fault::NotFound if there is none, or it is a reblog or another account's.
    [[nodiscard]] Result<entities::Status> source(const entities::Viewer &viewer, StatusId id,
                                                  const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> apply(ports::WriteSet &writers, StatusId id, const StatusChange &change,
                                 const QList<entities::Mention> &mentions, const PublishableMedia &publishable,
                                 const Deadline &deadline) const;
    [[nodiscard]] Result<QList<entities::MediaAttachment>>
    changeMedia(ports::WriteSet &writers, const entities::Status &status, const StatusChange &change,
                const PublishableMedia &publishable, const Deadline &deadline) const;

    const InstanceSettings &m_settings;
    const ports::AccountReader &m_accounts;
    const ShowStatus &m_showStatus;
    const PublishMedia &m_publishMedia;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
