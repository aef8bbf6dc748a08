// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/receivemedia.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/uploads.h>

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLocale>

namespace graminsta::domain
{

using entities::MediaAttachment;
using entities::MediaVariant;
using entities::VariantSize;

namespace
{

const QString kJpeg = QStringLiteral("image/jpeg");
const QString kWebp = QStringLiteral("image/webp");

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

// Removes the made files that were not handed to the store, however the upload ends.
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

} // namespace

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
                           ports::ImageProcessor &processor, ports::MediaStore &store, ports::UnitOfWork &unitOfWork,
                           IdGenerator &ids, const Clock &clock)
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
    const qint64 bytes = QFileInfo(request.file).size();
    // Before the work; for sure only when it is counted.
    GI_TRY(checkQuota(GI_TRY(m_media.bytesOf(viewer.account, deadline)), bytes));
    const ports::ProcessedImage image = GI_TRY(
        m_processor.process(request.file, m_settings.limits.image, variantSpecs(), m_store.stagingFolder(), deadline));
    const MadeFiles madeFiles(image);

    MediaAttachment media;
    media.id = m_ids.next<MediaId>();
    media.accountId = viewer.account;
    media.state = entities::MediaState::Ready;
    media.description = cleanText(request.description);
    media.focus = request.focus;
    media.blurhash = image.blurhash;
    media.originalKey = QString::fromLatin1(image.sha256.toHex()) + QLatin1Char('.') + image.extension;
    media.originalMimeType = image.mimeType;
    media.originalBytes = bytes;
    media.width = image.width;
    media.height = image.height;
    media.createdAt = m_clock.now();
    // Files first, the row last: a row never names a file that is not there. Files without a row are content-named and
    // harm nobody.
    media.variants = variantRows(image.variants);
    for (qsizetype i = 0; i < image.variants.size(); ++i)
        GI_TRY(m_store.put({ ports::MediaArea::Public, media.variants[i].key }, image.variants[i].file, deadline));
    GI_TRY(m_store.put({ ports::MediaArea::Private, media.originalKey }, request.file, deadline));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.insert(media));
        if (!request.upload.isNull())
            GI_TRY(writers.uploads.redeem(request.upload, media.id));
        // What has been counted holds back others of the account until this is decided.
        return checkQuota(GI_TRY(writers.media.bytesOf(viewer.account, deadline)) - bytes, bytes);
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
