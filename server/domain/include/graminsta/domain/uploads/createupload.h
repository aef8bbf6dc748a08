// SPDX-License-Identifier: GPL-3.0-or-later
// Begins an upload in pieces (POST /files/). Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/unitofwork.h>
#include <graminsta/ports/uploads.h>
#include <graminsta/ports/uploadstore.h>

namespace graminsta::domain
{

// The largest file that anything can be made of.
[[nodiscard]] qint64 maxUploadBytes(const InstanceSettings &settings);
// Fault::TooLarge, with the limit named.
[[nodiscard]] Result<> checkUploadLength(const InstanceSettings &settings, qint64 length);

struct NewUpload {
    std::optional<qint64> length; // nothing: said with the bytes
    QByteArray metadata;
    entities::UploadKind kind = entities::UploadKind::Whole; // or Part
};

// A file that is put together.
struct JoinedUpload {
    QList<entities::UploadId> parts;
    QByteArray names; // of the parts, as the client has sent them
    QByteArray metadata;
};

class CreateUpload
{
public:
    CreateUpload(const InstanceSettings &settings, const ports::UploadReader &uploads, ports::UploadStore &store,
                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Empty, and durably there. Fault::TooLarge for a length above the limit, and where the account has no room for so
    // much; Fault::Unprocessable where it has too many unfinished ones; Fault::Unavailable with ports::kNoStorage.
    [[nodiscard]] Result<entities::Upload> run(const entities::Viewer &viewer, const NewUpload &wanted,
                                               const Deadline &deadline) const;
    // Put together of whole parts of the same person, in this order; these end an hour later, so that the request can
    // be repeated. Fault::Unprocessable for what is no such part, or not all there.
    [[nodiscard]] Result<entities::Upload> join(const entities::Viewer &viewer, const JoinedUpload &wanted,
                                                const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> checkAccount(ports::WriteSet &writers, const entities::Upload &upload,
                                        const Deadline &deadline) const;
    // How long they are together.
    [[nodiscard]] Result<qint64> checkParts(const entities::Viewer &viewer, const QList<entities::UploadId> &parts,
                                            const Deadline &deadline) const;
    // The row, after the file that it stands for.
    [[nodiscard]] Result<> insert(const entities::Upload &upload, const Deadline &deadline) const;
    [[nodiscard]] entities::Upload make(const entities::Viewer &viewer, const NewUpload &wanted) const;

    const InstanceSettings &m_settings;
    const ports::UploadReader &m_uploads;
    ports::UploadStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
