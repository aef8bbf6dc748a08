// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/uploads/createupload.h>

#include "ownupload.h"

#include <graminsta/ports/media.h>

#include <QLocale>

#include <algorithm>

namespace graminsta::domain
{

using entities::Upload;
using entities::UploadId;
using entities::UploadKind;
using entities::Viewer;

namespace
{

// Long enough for a client that has not had the answer to ask again.
constexpr std::chrono::hours kPartsLife { 1 };
constexpr qsizetype kMaxParts = 100;

QString sizeText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes);
}

} // namespace

qint64 maxUploadBytes(const InstanceSettings &settings)
{
    return std::max(settings.limits.image.maxBytes, settings.limits.video.maxBytes);
}

Result<> checkUploadLength(const InstanceSettings &settings, qint64 length)
{
    const qint64 most = maxUploadBytes(settings);
    if (length <= most)
        return {};
    return makeError(Fault::TooLarge,
                     QStringLiteral("A file may have %1 (%2 bytes); this one has %3 bytes.")
                         .arg(sizeText(most))
                         .arg(most)
                         .arg(length));
}

CreateUpload::CreateUpload(const InstanceSettings &settings, const ports::UploadReader &uploads,
                           ports::UploadStore &store, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                           const Clock &clock)
    : m_settings(settings)
    , m_uploads(uploads)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Upload CreateUpload::make(const Viewer &viewer, const NewUpload &wanted) const
{
    Upload upload;
    upload.id = m_ids.next<UploadId>();
    upload.accountId = viewer.account;
    upload.kind = wanted.kind;
    upload.length = wanted.length;
    upload.metadata = wanted.metadata;
    upload.createdAt = m_clock.now();
    upload.expiresAt = upload.createdAt + m_settings.uploads.life;
    return upload;
}

Result<Upload> CreateUpload::run(const Viewer &viewer, const NewUpload &wanted, const Deadline &deadline) const
{
    GI_TRY(checkUploadLength(m_settings, wanted.length.value_or(0)));
    GI_TRY(m_store.checkRoom(wanted.length.value_or(maxUploadBytes(m_settings))));
    const Upload upload = make(viewer, wanted);
    // The file first: a row never stands for a file that is not there. One without a row is swept.
    GI_TRY(m_store.create(upload.id, deadline));
    GI_TRY(insert(upload, deadline));
    return upload;
}

Result<> CreateUpload::insert(const Upload &upload, const Deadline &deadline) const
{
    Result<> inserted = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(checkAccount(writers, upload, deadline));
        return writers.uploads.insert(upload);
    });
    if (!inserted)
        removeQuietly(m_store, upload.id, deadline);
    return inserted;
}

Result<> CreateUpload::checkAccount(ports::WriteSet &writers, const Upload &upload, const Deadline &deadline) const
{
    GI_TRY(writers.uploads.lock(upload.accountId));
    const qint64 most = maxUploadBytes(m_settings);
    const ports::UnfinishedUploads unfinished = GI_TRY(writers.uploads.unfinished(upload.accountId, most));
    if (unfinished.count >= m_settings.uploads.perAccount)
        return makeError(Fault::Unprocessable,
                         QStringLiteral("You have %1 uploads that are no photos yet, as many as an account may have. "
                                        "Finish or delete some of them.")
                             .arg(unfinished.count));
    const qint64 more = upload.length.value_or(most);
    if (unfinished.bytes + more > m_settings.uploads.bytesPerAccount)
        return makeError(
            Fault::TooLarge,
            QStringLiteral("Your unfinished uploads may have %1 together; they have %2, and this one has "
                           "%3. Finish or delete some of them.")
                .arg(sizeText(m_settings.uploads.bytesPerAccount), sizeText(unfinished.bytes), sizeText(more)));
    const qint64 allowed = m_settings.limits.accountMediaBytes;
    if (allowed == 0)
        return {};
    const qint64 used = GI_TRY(writers.media.bytesOf(upload.accountId, deadline)) + unfinished.bytes;
    if (used + more <= allowed)
        return {};
    return makeError(Fault::TooLarge,
                     QStringLiteral("Your photos and unfinished uploads take %1 of the %2 that an account has here, "
                                    "and this one has %3. Delete some, or ask who runs this server.")
                         .arg(sizeText(used), sizeText(allowed), sizeText(more)));
}

Result<qint64> CreateUpload::checkParts(const Viewer &viewer, const QList<UploadId> &parts,
                                        const Deadline &deadline) const
{
    if (parts.isEmpty() || parts.size() > kMaxParts)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("A file is put together of 1 to %1 parts; these are %2.").arg(kMaxParts).arg(parts.size()));
    qint64 length = 0;
    for (const UploadId id : parts) {
        const Upload part = GI_TRY(ownUpload(m_uploads, viewer, id, m_clock.now(), deadline));
        const qint64 size = GI_TRY(m_store.durableSize(id, deadline));
        if (part.kind != UploadKind::Part)
            return makeError(
                Fault::Unprocessable,
                QStringLiteral("The upload %1 was not begun with \"Upload-Concat: partial\".").arg(id.toString()));
        if (part.length != size)
            return makeError(
                Fault::Unprocessable,
                QStringLiteral("The part %1 is not whole yet: it has %2 bytes.").arg(id.toString()).arg(size));
        length += size;
    }
    return length;
}

Result<Upload> CreateUpload::join(const Viewer &viewer, const JoinedUpload &wanted, const Deadline &deadline) const
{
    const qint64 length = GI_TRY(checkParts(viewer, wanted.parts, deadline));
    GI_TRY(checkUploadLength(m_settings, length));
    GI_TRY(m_store.checkRoom(length));
    Upload upload = make(viewer, { length, wanted.metadata, UploadKind::Joined });
    upload.parts = wanted.names;
    GI_TRY(m_store.create(upload.id, deadline));
    const Result<> joined = m_store.join(upload.id, wanted.parts, deadline);
    if (!joined) {
        removeQuietly(m_store, upload.id, deadline);
        return joined.error();
    }
    GI_TRY(insert(upload, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) {
        return writers.uploads.expire(wanted.parts, m_clock.now() + kPartsLife);
    }));
    return upload;
}

} // namespace graminsta::domain
