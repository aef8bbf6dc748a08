// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/vipsimageprocessor.h>

#include "animation.h"
#include "contenthash.h"
#include "imageidentity.h"
#include "imagesource.h"
#include "packedtext.h"
#include "renditions.h"

#include <QFile>
#include <QLoggingCategory>

#include <malloc.h>
#include <mutex>
#include <vector>

namespace graminsta::media
{

namespace
{

Q_LOGGING_CATEGORY(lcVips, "graminsta.media.vips", QtWarningMsg)

constexpr int kMmapThreshold = 128 * 1024;

void logVipsWarning(const char *, GLogLevelFlags, const char *message, void *)
{
    qCDebug(lcVips, "%s", message);
}

bool startVips()
{
    static const bool kStarted = [] {
        // glibc raises this bound by itself and then keeps the buffers of whole pictures in its heaps: the memory of a
        // server that had processed thirty photos was 188 MB instead of 57.
        mallopt(M_MMAP_THRESHOLD, kMmapThreshold); // NOLINT(concurrency-mt-unsafe): before libvips has threads
        if (VIPS_INIT("graminsta") != 0)
            return false;
        vips_block_untrusted_set(TRUE);
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        g_log_set_handler("VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO), logVipsWarning,
                          nullptr);
        return true;
    }();
    return kStarted;
}

// libvips and malloc keep memory a thread; the pools that call us live longer than one picture.
class ThreadCleanup
{
public:
    ThreadCleanup() = default;
    ~ThreadCleanup()
    {
        vips_thread_shutdown();
        malloc_trim(0); // or the small buffers of each thread stay with the process
    }
    Q_DISABLE_COPY_MOVE(ThreadCleanup)
};

Error tooLarge(const QString &reason)
{
    return makeError(Fault::TooLarge, reason);
}

Error late()
{
    return makeError(Fault::Timeout, QStringLiteral("Processing the picture took too long."));
}

Result<> checkSize(QSize size, const ports::ImageLimits &limits)
{
    if (size.width() > limits.maxSide || size.height() > limits.maxSide)
        return tooLarge(QStringLiteral("The picture has %1 x %2 pixels; at most %3 a side are allowed.")
                            .arg(size.width())
                            .arg(size.height())
                            .arg(limits.maxSide));
    const qint64 pixels = qint64 { size.width() } * size.height();
    if (pixels > limits.maxPixels)
        return tooLarge(QStringLiteral("The picture has %1 x %2 = %3 pixels; at most %4 are allowed.")
                            .arg(size.width())
                            .arg(size.height())
                            .arg(pixels)
                            .arg(limits.maxPixels));
    return {};
}

Result<CleanFile> keepable(QByteArrayView content, const ImageType &type, const ports::ImageLimits &limits)
{
    CleanFile clean = GI_TRY(cleanFile(content, type.format, limits.maxFrames));
    GI_TRY(checkAnimation(clean, limits));
    return clean;
}

bool asksToKeep(const QList<ports::VariantSpec> &variants)
{
    return std::any_of(variants.begin(), variants.end(),
                       [](const ports::VariantSpec &variant) { return variant.mimeType.isEmpty(); });
}

Result<> makeAll(const ImageSource &source, const CleanFile *clean, const QList<ports::VariantSpec> &variants,
                 const QString &outputFolder, ports::ProcessedImage &image)
{
    const Renditions renditions = GI_TRY(Renditions::make(source, clean, variants, outputFolder));
    image.blurhash = GI_TRY(renditions.blurhash());
    std::vector<ports::StagedFile> files;
    for (const ports::VariantSpec &variant : variants) {
        ports::StagedFile file;
        image.variants.append(GI_TRY(renditions.write(variant, file)));
        files.push_back(std::move(file));
    }
    for (ports::StagedFile &file : files)
        file.release();
    return {};
}

} // namespace

VipsImageProcessor::VipsImageProcessor(const VipsSettings &settings)
    : m_memory(settings.memoryBytes)
{
}

Result<std::unique_ptr<VipsImageProcessor>> VipsImageProcessor::create(const VipsSettings &settings)
{
    if (!startVips())
        return makeError(Fault::Unavailable, QStringLiteral("Pictures cannot be processed now."),
                         QStringLiteral("libvips does not start"));
    return std::unique_ptr<VipsImageProcessor>(new VipsImageProcessor(settings));
}

Result<ports::ImageIdentity> VipsImageProcessor::identify(const QString &sourceFile,
                                                          const ports::ImageLimits &limits) const
{
    return identityOf(sourceFile, limits);
}

Result<ports::ProcessedImage> VipsImageProcessor::process(const QString &sourceFile, const ports::ImageLimits &limits,
                                                          const QList<ports::VariantSpec> &variants,
                                                          const QString &outputFolder, const Deadline &deadline)
{
    const ThreadCleanup cleanup;
    QFile file(sourceFile);
    const QByteArrayView content = GI_TRY(contentOf(file, limits));
    const ImageType *type = GI_TRY(typeOf(content));
    GI_TRY(checkPackedText(sourceFile, *type));
    const bool mayStay = asksToKeep(variants);
    const Result<CleanFile> clean =
        mayStay ? keepable(content, *type, limits) : Result<CleanFile>(notCleanable("nobody asks for it"));
    if (!clean && clean.error().fault == Fault::TooLarge)
        return clean.error();
    const ImageSource source = GI_TRY(ImageSource::open(sourceFile, *type, deadline));
    GI_TRY(checkSize(source.storedSize(), limits));
    // A still can be encoded anew.
    if (!clean && mayStay && source.isAnimated())
        return clean.error();
    const bool stays = clean && (source.isAnimated() || (source.meansSrgb() && !source.isTurned()));

    const std::optional<MemoryBudget::Share> share = m_memory.take(source.memoryBytes(), deadline);
    if (!share || deadline.expired())
        return late();

    ports::ProcessedImage image;
    image.mimeType = type->mimeType;
    image.extension = type->extension;
    image.sha256 = GI_TRY(sha256OfFile(sourceFile));
    image.width = source.uprightSize().width();
    image.height = source.uprightSize().height();
    Result<> made = makeAll(source, stays ? &*clean : nullptr, variants, outputFolder, image);
    if (!made)
        return deadline.expired() ? late() : std::move(made).error();
    return image;
}

QStringList VipsImageProcessor::supportedMimeTypes() const
{
    return imageMimeTypes();
}

} // namespace graminsta::media
