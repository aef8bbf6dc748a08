// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/receivemedia.h>

#include <graminsta/domain/media/processmedia.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/uploads.h>

#include <QLocale>

namespace graminsta::domain
{

using entities::MediaAttachment;

Result<> checkDescription(const QString &description, const ContentLimits &limits)
{
    const int length = countedLength(description);
    if (length <= limits.maxDescription)
        return {};
    return makeError(
        Fault::Unprocessable,
        QStringLiteral("Validation failed: Description is too long (maximum is %1 characters, these are %2)")
            .arg(limits.maxDescription)
            .arg(length));
}

Result<> checkFocus(const entities::FocusPoint &focus)
{
    if (std::abs(focus.x) <= 1 && std::abs(focus.y) <= 1)
        return {};
    return makeError(Fault::Unprocessable,
                     QStringLiteral("Validation failed: Focus must be two numbers from -1 to 1, as in \"0.5,-0.2\""));
}

ReceiveMedia::ReceiveMedia(const InstanceSettings &settings, const ports::MediaReader &media,
                           const ports::ImageProcessor &processor, ports::MediaStore &store,
                           ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_settings(settings)
    , m_media(media)
    , m_processor(processor)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<MediaAttachment> ReceiveMedia::run(const entities::Viewer &viewer, const UploadRequest &request,
                                          const Deadline &deadline) const
{
    GI_TRY(checkDescription(request.description, m_settings.limits));
    GI_TRY(checkFocus(request.focus));
    const ports::ImageIdentity file = GI_TRY(m_processor.identify(request.file, m_settings.limits.image));
    // Before the work; for sure only when it is counted.
    GI_TRY(checkQuota(GI_TRY(m_media.bytesOf(viewer.account, deadline)), file.bytes));

    MediaAttachment media;
    media.id = m_ids.next<MediaId>();
    media.accountId = viewer.account;
    media.state = entities::MediaState::Received;
    media.description = cleanText(request.description);
    media.focus = request.focus;
    media.originalKey = QString::fromLatin1(file.sha256.toHex()) + QLatin1Char('.') + file.extension;
    media.originalMimeType = file.mimeType;
    media.originalBytes = file.bytes;
    media.createdAt = m_clock.now();
    const ports::NewJob job { m_ids.next<entities::JobId>(),
                              QLatin1String(kProcessMediaJob),
                              media.id.toString().toLatin1(),
                              media.createdAt,
                              {} };
    // The file first, the row last: a row never names a file that is not there. A file without a row is content-named
    // and harms nobody.
    GI_TRY(m_store.put({ ports::MediaArea::Private, media.originalKey }, request.file, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.insert(media));
        if (!request.upload.isNull())
            GI_TRY(writers.uploads.redeem(request.upload, media.id));
        GI_TRY(writers.jobs.enqueue(job, media.createdAt));
        // What has been counted holds back others of the account until this is decided.
        return checkQuota(GI_TRY(writers.media.bytesOf(viewer.account, deadline)) - file.bytes, file.bytes);
    }));
    return media;
}

Result<> ReceiveMedia::checkQuota(qint64 used, qint64 more) const
{
    const qint64 allowed = m_settings.limits.accountMediaBytes;
    if (allowed == 0 || used + more <= allowed)
        return {};
    const QLocale locale = QLocale::c();
    return makeError(
        Fault::Unprocessable,
        QStringLiteral("Validation failed: Your photos take %1 of the %2 that an account has here, and this "
                       "one has %3. Delete some posts with their photos, or ask who runs this server.")
            .arg(locale.formattedDataSize(used), locale.formattedDataSize(allowed), locale.formattedDataSize(more)));
}

} // namespace graminsta::domain
