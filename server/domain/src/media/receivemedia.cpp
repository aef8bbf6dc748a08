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

ReceiveMedia::ReceiveMedia(const InstanceSettings &settings, const ports::AccountReader &accounts,
                           const ports::MediaReader &media, const ports::ImageProcessor &images,
                           const ports::VideoProcessor &videos, const BringFiles &files, ports::UnitOfWork &unitOfWork,
                           IdGenerator &ids, const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_media(media)
    , m_images(images)
    , m_videos(videos)
    , m_files(files)
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
    const entities::License license =
        request.license ? *request.license : GI_TRY(m_accounts.user(viewer.account, deadline)).defaultLicense;
    const Identity file = GI_TRY(identify(request.file));
    // Before the work; for sure only when it is counted.
    GI_TRY(checkQuota(GI_TRY(m_media.bytesOf(viewer.account, deadline)), file.bytes));

    MediaAttachment media;
    media.id = m_ids.next<MediaId>();
    media.accountId = viewer.account;
    media.state = entities::MediaState::Received;
    media.description = cleanText(request.description);
    media.focus = request.focus;
    media.license = license;
    media.kind = file.kind;
    media.originalKey = file.key;
    media.originalMimeType = file.mimeType;
    media.originalBytes = file.bytes;
    media.createdAt = m_clock.now();
    const ports::NewJob job { m_ids.next<entities::JobId>(),
                              QLatin1String(file.kind == entities::MediaKind::Video ? kProcessVideoJob
                                                                                    : kProcessMediaJob),
                              media.id.toString().toLatin1(),
                              media.createdAt,
                              {} };
    // The file first, the row last: a row never names a file that is not there.
    const QList<ports::BlobHold> holds =
        GI_TRY(m_files.put({ { { ports::MediaArea::Private, media.originalKey }, request.file } }, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.blobs.confirm(holds));
        GI_TRY(writers.media.insert(media));
        if (!request.upload.isNull())
            GI_TRY(writers.uploads.redeem(request.upload, media.id));
        GI_TRY(writers.jobs.enqueue(job, media.createdAt));
        // What has been counted holds back others of the account until this is decided.
        return checkQuota(GI_TRY(writers.media.bytesOf(viewer.account, deadline)) - file.bytes, file.bytes);
    }));
    return media;
}

Result<ReceiveMedia::Identity> ReceiveMedia::identify(const QString &file) const
{
    const auto key = [](const auto &identity) {
        return QString::fromLatin1(identity.sha256.toHex()) + QLatin1Char('.') + identity.extension;
    };
    if (const auto video = GI_TRY(m_videos.identify(file, m_settings.limits.video)))
        return Identity { entities::MediaKind::Video, video->mimeType, key(*video), video->bytes };
    Result<ports::ImageIdentity> image = m_images.identify(file, m_settings.limits.image);
    if (image)
        return Identity { entities::MediaKind::Image, image->mimeType, key(*image), image->bytes };
    Error refusal = std::move(image).error();
    if (refusal.fault == Fault::UnsupportedType && m_settings.limits.video.maxBytes > 0)
        refusal.safe += QStringLiteral(" Videos can be MP4, MOV or WebM.");
    return refusal;
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
