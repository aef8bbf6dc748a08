// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/processmedia.h>

#include <graminsta/core/imagetypes.h>
#include <graminsta/ports/jobs.h>
#include <graminsta/ports/stagedfile.h>

#include <QFile>
#include <QHash>

namespace graminsta::domain
{

using entities::Job;
using entities::MediaAttachment;
using entities::MediaState;
using entities::MediaVariant;
using entities::VariantSize;

namespace
{

const QString kJpeg = QStringLiteral("image/jpeg");
const QString kWebp = QStringLiteral("image/webp");

// What takes as long as it may so often is made to.
constexpr int kMostTimeouts = 3;
// Besides the attempt's own time, so that what was made late is not made for nothing.
constexpr std::chrono::seconds kSettleTime { 10 };

// The sizes of a grid and of a feed in both formats; the full size, which few look at, in one: its own where it can.
const QList<ports::VariantSpec> &variantSpecs()
{
    static const QList<ports::VariantSpec> specs { { VariantSize::Grid, 320, kJpeg },
                                                   { VariantSize::Grid, 320, kWebp },
                                                   { VariantSize::Feed, 1080, kJpeg },
                                                   { VariantSize::Feed, 1080, kWebp },
                                                   { VariantSize::Full, 0, QString() } };
    return specs;
}

// In place of the full size there is the video.
const QList<ports::VariantSpec> &posterSpecs()
{
    static const QList<ports::VariantSpec> specs = variantSpecs().first(4);
    return specs;
}

// Removes the made files that were not handed to the store, however the processing ends.
class MadeFiles
{
public:
    explicit MadeFiles(const ports::ProcessedImage &image)
        : m_image(image)
    {
    }
    ~MadeFiles()
    {
        for (const ports::MadeVariant &made : m_image.variants)
            QFile::remove(made.file);
    }
    MadeFiles(const MadeFiles &) = delete;
    MadeFiles &operator=(const MadeFiles &) = delete;

private:
    const ports::ProcessedImage &m_image;
};

// Named by its content; but a WebP shares the name of the JPEG of the same size except for its ending, so that one URL
// serves both (MediaFile).
Result<QList<MediaVariant>> variantRows(const QList<ports::MadeVariant> &variants)
{
    QHash<VariantSize, QString> stems;
    for (const ports::MadeVariant &made : variants) {
        if (made.mimeType == kJpeg)
            stems.insert(made.size, QString::fromLatin1(made.sha256.toHex()));
    }
    QList<MediaVariant> rows;
    for (const ports::MadeVariant &made : variants) {
        // The type is the word of what decoded a stranger's bytes.
        const ImageType *type = imageTypeByMime(made.mimeType);
        if (!type)
            return makeError(Fault::Internal, QStringLiteral("The picture could not be stored."),
                             QStringLiteral("it was made of the type ") + made.mimeType.left(100));
        const QString stem = stems.value(made.size, QString::fromLatin1(made.sha256.toHex()));
        const QString ending = type->extension;
        rows.append(
            { made.size, stem + QLatin1Char('.') + ending, made.mimeType, made.width, made.height, made.bytes });
    }
    return rows;
}

MediaAttachment failed(MediaAttachment media, const QString &reason)
{
    media.state = MediaState::Failed;
    media.failure = reason;
    return media;
}

// Trying again would not help: it is the file.
bool isTheFile(const Error &error, int attempts)
{
    switch (error.fault) {
    case Fault::UnsupportedType:
    case Fault::TooLarge:
    case Fault::Unprocessable:
    case Fault::Invalid:
        return true;
    case Fault::Timeout:
        return attempts >= kMostTimeouts;
    default:
        return false;
    }
}

} // namespace

ProcessMedia::ProcessMedia(const InstanceSettings &settings, const ports::MediaReader &media,
                           ports::ImageProcessor &images, ports::VideoProcessor &videos, const ports::MediaStore &store,
                           const BringFiles &files, ports::UnitOfWork &unitOfWork)
    : m_settings(settings)
    , m_media(media)
    , m_images(images)
    , m_videos(videos)
    , m_store(store)
    , m_files(files)
    , m_unitOfWork(unitOfWork)
{
}

Result<> ProcessMedia::run(const Job &job, const Deadline &deadline) const
{
    const std::optional<MediaId> id = MediaId::fromString(QString::fromLatin1(job.payload));
    if (!id)
        return makeError(Fault::Invalid, QStringLiteral("The job names no media attachment"));
    const Result<MediaAttachment> received = m_media.byId(*id, deadline);
    // Deleted with its account meanwhile.
    if (!received && received.error().fault == Fault::NotFound)
        return {};
    if (!received)
        return received.error();
    if (received->state == MediaState::Ready)
        return {};
    // Each attempt so far ended without a word, the last one too: this is what it does to a process.
    if (job.attempts > kProcessMediaAttempts) {
        GI_TRY(giveUp(*received));
        return makeError(Fault::Internal, QStringLiteral("Whatever processed this ended before it was done"));
    }
    const Result<Made> ready = made(*received, deadline);
    if (ready)
        return settle(job, *ready);
    if (isTheFile(ready.error(), job.attempts)) {
        MediaAttachment refused = failed(*received, ready.error().safe);
        // What cannot be used takes nothing of what the account may have.
        refused.originalBytes = 0;
        return settle(job, { refused, {} });
    }
    if (job.attempts == kProcessMediaAttempts)
        GI_TRY(giveUp(*received));
    return ready.error();
}

Result<ProcessMedia::Made> ProcessMedia::made(const MediaAttachment &received, const Deadline &deadline) const
{
    return received.kind == entities::MediaKind::Video ? madeOfVideo(received, deadline)
                                                       : madeOfImage(received, deadline);
}

Result<QString> ProcessMedia::originalOf(const MediaAttachment &received, const Deadline &deadline) const
{
    Result<QString> original = m_store.localFile({ ports::MediaArea::Private, received.originalKey }, deadline);
    if (!original)
        return makeError(Fault::Unavailable, QStringLiteral("The original cannot be read."),
                         describe(original.error()));
    return original;
}

Result<ProcessMedia::Made> ProcessMedia::withPicture(const MediaAttachment &received,
                                                     const ports::ProcessedImage &image, const Deadline &deadline) const
{
    MediaAttachment media = received;
    media.state = MediaState::Ready;
    media.failure.clear();
    media.blurhash = image.blurhash;
    media.width = image.width;
    media.height = image.height;
    media.variants = GI_TRY(variantRows(image.variants));
    // Files first, the row last: a row never names a file that is not there.
    QList<NewFile> files;
    files.reserve(image.variants.size());
    for (qsizetype i = 0; i < image.variants.size(); ++i)
        files.append({ { ports::MediaArea::Restricted, media.variants[i].key }, image.variants[i].file });
    return Made { media, GI_TRY(m_files.put(files, deadline)) };
}

Result<ProcessMedia::Made> ProcessMedia::madeOfImage(const MediaAttachment &received, const Deadline &deadline) const
{
    const QString original = GI_TRY(originalOf(received, deadline));
    const ports::ProcessedImage image =
        GI_TRY(m_images.process(original, m_settings.limits.image, variantSpecs(), m_store.stagingFolder(), deadline));
    const MadeFiles madeFiles(image);
    return withPicture(received, image, deadline);
}

Result<ProcessMedia::Made> ProcessMedia::madeOfVideo(const MediaAttachment &received, const Deadline &deadline) const
{
    const QString original = GI_TRY(originalOf(received, deadline));
    const ports::ProcessedVideo video =
        GI_TRY(m_videos.process(original, m_settings.limits.video, m_store.stagingFolder(), deadline));
    const ports::StagedFile file(video.file);
    const ports::StagedFile poster(video.posterFile);
    const ports::ProcessedImage image = GI_TRY(
        m_images.process(poster.path(), ports::ImageLimits {}, posterSpecs(), m_store.stagingFolder(), deadline));
    const MadeFiles madeFiles(image);
    Made made = GI_TRY(withPicture(received, image, deadline));
    MediaAttachment &media = made.media;
    media.width = video.width;
    media.height = video.height;
    media.duration = video.duration;
    media.frameRate = video.frameRate;
    const MediaVariant whole { VariantSize::Full,
                               QString::fromLatin1(video.sha256.toHex()) + QStringLiteral(".mp4"),
                               QStringLiteral("video/mp4"),
                               video.width,
                               video.height,
                               video.bytes };
    made.holds += GI_TRY(m_files.put({ { { ports::MediaArea::Restricted, whole.key }, file.path() } }, deadline));
    media.variants.append(whole);
    return made;
}

Result<> ProcessMedia::settle(const Job &job, const Made &made) const
{
    return m_unitOfWork.write(Deadline::after(kSettleTime), [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.finish(job));
        GI_TRY(writers.blobs.confirm(made.holds));
        return writers.media.settle(made.media);
    });
}

Result<> ProcessMedia::giveUp(const MediaAttachment &media) const
{
    const MediaAttachment lost =
        failed(media,
               QStringLiteral("The server could not process this file, which is not the file's fault. Please upload "
                              "it again later."));
    return m_unitOfWork.write(Deadline::after(kSettleTime),
                              [&](ports::WriteSet &writers) -> Result<> { return writers.media.settle(lost); });
}

} // namespace graminsta::domain
