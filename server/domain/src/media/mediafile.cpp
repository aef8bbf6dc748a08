// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/mediafile.h>

#include <graminsta/core/imagetypes.h>

namespace graminsta::domain
{

namespace
{

constexpr QLatin1String kJpegEnding { ".jpg" };
constexpr QLatin1String kWebpEnding { ".webp" };

// Null if no file that anybody may fetch ends so: what is made is of these types, whatever was uploaded.
const ImageType *publicType(const QString &name)
{
    const ImageType *type = imageTypeByExtension(QStringView(name).sliced(name.lastIndexOf(QLatin1Char('.')) + 1));
    const bool isPublic = type
        && (type->format == ImageFormat::Jpeg || type->format == ImageFormat::Png || type->format == ImageFormat::Gif
            || type->format == ImageFormat::WebP);
    return isPublic ? type : nullptr;
}

} // namespace

MediaFile::MediaFile(const ports::MediaStore &store)
    : m_store(store)
{
}

Result<MediaFileAnswer> MediaFile::run(const QString &name, bool acceptsWebp, const Deadline &deadline) const
{
    const ImageType *type = publicType(name);
    if (!type)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    const bool isJpeg = type->format == ImageFormat::Jpeg;
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
    return MediaFileAnswer { *path, name, type->mimeType.data(), isJpeg };
}

} // namespace graminsta::domain
