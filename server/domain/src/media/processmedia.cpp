// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/processmedia.h>

#include <graminsta/ports/jobs.h>

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

// The sizes of a grid and of a feed in both formats; the full size, which few look at, in one.
const QList<ports::VariantSpec> &variantSpecs()
{
    static const QList<ports::VariantSpec> specs { { VariantSize::Grid, 320, kJpeg },
                                                   { VariantSize::Grid, 320, kWebp },
                                                   { VariantSize::Feed, 1080, kJpeg },
                                                   { VariantSize::Feed, 1080, kWebp },
                                                   { VariantSize::Full, 0, kJpeg } };
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

// Named by the content of the JPEG; a WebP of the same size shares that name but for its ending, so that one URL serves
// both (MediaFile).
QList<MediaVariant> variantRows(const QList<ports::MadeVariant> &variants)
{
    QHash<VariantSize, QString> stems;
    for (const ports::MadeVariant &made : variants) {
        if (made.mimeType == kJpeg)
            stems.insert(made.size, QString::fromLatin1(made.sha256.toHex()));
    }
    QList<MediaVariant> rows;
    for (const ports::MadeVariant &made : variants) {
        const QString ending = made.mimeType == kWebp ? QStringLiteral(".webp") : QStringLiteral(".jpg");
        rows.append({ made.size, stems.value(made.size) + ending, made.mimeType, made.width, made.height, made.bytes });
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
                           ports::ImageProcessor &processor, ports::MediaStore &store, ports::UnitOfWork &unitOfWork)
    : m_settings(settings)
    , m_media(media)
    , m_processor(processor)
    , m_store(store)
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
    const Result<MediaAttachment> ready = made(*received, deadline);
    if (ready)
        return settle(job, *ready);
    if (isTheFile(ready.error(), job.attempts)) {
        MediaAttachment refused = failed(*received, ready.error().safe);
        // What cannot be used takes nothing of what the account may have.
        refused.originalBytes = 0;
        return settle(job, refused);
    }
    if (job.attempts == kProcessMediaAttempts)
        GI_TRY(giveUp(*received));
    return ready.error();
}

Result<MediaAttachment> ProcessMedia::made(const MediaAttachment &received, const Deadline &deadline) const
{
    return madeOfImage(received, deadline);
}

Result<MediaAttachment> ProcessMedia::madeOfImage(const MediaAttachment &received, const Deadline &deadline) const
{
    const Result<QString> original = m_store.localFile({ ports::MediaArea::Private, received.originalKey }, deadline);
    if (!original)
        return makeError(Fault::Unavailable, QStringLiteral("The original cannot be read."),
                         describe(original.error()));
    const ports::ProcessedImage image = GI_TRY(
        m_processor.process(*original, m_settings.limits.image, variantSpecs(), m_store.stagingFolder(), deadline));
    const MadeFiles madeFiles(image);
    MediaAttachment media = received;
    media.state = MediaState::Ready;
    media.failure.clear();
    media.blurhash = image.blurhash;
    media.width = image.width;
    media.height = image.height;
    media.variants = variantRows(image.variants);
    // Files first, the row last: a row never names a file that is not there. Files without a row are content-named and
    // harm nobody.
    for (qsizetype i = 0; i < image.variants.size(); ++i)
        GI_TRY(m_store.put({ ports::MediaArea::Public, media.variants[i].key }, image.variants[i].file, deadline));
    return media;
}

Result<> ProcessMedia::settle(const Job &job, const MediaAttachment &media) const
{
    return m_unitOfWork.write(Deadline::after(kSettleTime), [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.jobs.finish(job));
        return writers.media.settle(media);
    });
}

Result<> ProcessMedia::giveUp(const MediaAttachment &media) const
{
    const MediaAttachment lost =
        failed(media,
               QStringLiteral("The server could not process this photo, which is not the photo's fault. Please upload "
                              "it again later."));
    return m_unitOfWork.write(Deadline::after(kSettleTime),
                              [&](ports::WriteSet &writers) -> Result<> { return writers.media.settle(lost); });
}

} // namespace graminsta::domain
