// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/mediafile.h>

#include <graminsta/core/imagetypes.h>

namespace graminsta::domain
{

namespace
{

constexpr QLatin1String kJpegEnding { ".jpg" };
constexpr QLatin1String kWebpEnding { ".webp" };
constexpr QLatin1String kVideoEnding { ".mp4" };

// Empty if no file that anybody may fetch ends so: what is made is of these types, whatever was uploaded.
QByteArray mimeTypeOf(const QString &name)
{
    if (name.endsWith(kVideoEnding))
        return "video/mp4";
    const ImageType *type = imageTypeByExtension(QStringView(name).sliced(name.lastIndexOf(QLatin1Char('.')) + 1));
    const bool isPublic = type
        && (type->format == ImageFormat::Jpeg || type->format == ImageFormat::Png || type->format == ImageFormat::Gif
            || type->format == ImageFormat::WebP);
    return isPublic ? QByteArray(type->mimeType.data(), type->mimeType.size()) : QByteArray();
}

} // namespace

MediaFile::MediaFile(const ports::MediaStore &store)
    : m_store(store)
{
}

Result<MediaFileAnswer> MediaFile::run(const QString &name, bool acceptsWebp, const Deadline &deadline) const
{
    const QByteArray mimeType = mimeTypeOf(name);
    const bool isJpeg = mimeType == "image/jpeg";
    if (mimeType.isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    if (isJpeg && acceptsWebp) {
        const QString webp = name.chopped(kJpegEnding.size()) + kWebpEnding;
        if (const Result<QString> path = m_store.localFile({ ports::MediaArea::Public, webp }, deadline))
            return MediaFileAnswer { *path, webp, "image/webp", true };
    }
    const Result<QString> path = m_store.localFile({ ports::MediaArea::Public, name }, deadline);
    if (!path) {
        // A name that cannot be one names nothing.
        const bool absent = path.error().fault == Fault::NotFound || path.error().fault == Fault::Invalid;
        return absent ? makeError(Fault::NotFound, QStringLiteral("Record not found")) : path.error();
    }
    return MediaFileAnswer { *path, name, mimeType, isJpeg };
}

} // namespace graminsta::domain
