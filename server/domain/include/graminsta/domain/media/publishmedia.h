// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the pictures that everybody may see into the public area, from which a plain URL serves them, and takes away
// those that not everybody may see any more. Thread-safe.
#pragma once

#include <graminsta/domain/media/bringfiles.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/media.h>

#include <optional>

namespace graminsta::domain
{

// The kind of job that settles the media of an account. Its payload is the account's id.
inline constexpr const char *kSettleMediaJob = "media.settle";

struct PublishableMedia {
    QList<MediaId> ids;
    QList<ports::BlobHold> holds;
};

class PublishMedia
{
public:
    PublishMedia(const ports::MediaReader &media, const BringFiles &files, ports::UnitOfWork &unitOfWork);

    // Before the transaction that posts them: those of the account's that are ready, with their files where the public
    // will look for them.
    [[nodiscard]] Result<PublishableMedia> prepare(AccountId owner, const QList<MediaId> &ids,
                                                   const Deadline &deadline) const;
    // In that transaction, when they are attached.
    [[nodiscard]] static Result<> publish(ports::WriteSet &writers, const PublishableMedia &media);

    // After an account was hidden or shown again: all of its media to where they belong now. In one go up to
    // `deadline`, true if there is more.
    [[nodiscard]] Result<bool> settle(AccountId account, const Deadline &deadline) const;

private:
    [[nodiscard]] Result<PublishableMedia> prepared(const QList<entities::MediaAttachment> &media,
                                                    const Deadline &deadline) const;

    // Nothing, and a word in the log, where a file of it is not there.
    [[nodiscard]] Result<std::optional<PublishableMedia>> preparedIfThere(const entities::MediaAttachment &media,
                                                                          const Deadline &deadline) const;

    const ports::MediaReader &m_media;
    const BringFiles &m_files;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
