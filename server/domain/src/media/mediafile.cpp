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

Error notFound()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

} // namespace

MediaFile::MediaFile(const ports::MediaStore &store, const MediaGrants &grants)
    : m_store(store)
    , m_grants(grants)
{
}

Result<MediaFileAnswer> MediaFile::run(const MediaFileRequest &request, const Deadline &deadline) const
{
    if (!request.expiry && !request.signature)
        return find(ports::MediaArea::Public, request, deadline);
    const std::optional<Timestamp> until =
        m_grants.check(request.name, request.expiry.value_or(QString()), request.signature.value_or(QString()));
    if (!until)
        return notFound();
    Result<MediaFileAnswer> answer = find(ports::MediaArea::Restricted, request, deadline);
    // All were there once; a job moves them.
    if (!answer && answer.error().fault == Fault::NotFound)
        answer = find(ports::MediaArea::Public, request, deadline);
    if (answer)
        answer->grantedUntil = until;
    return answer;
}

Result<MediaFileAnswer> MediaFile::find(ports::MediaArea area, const MediaFileRequest &request,
                                        const Deadline &deadline) const
{
    const QString &name = request.name;
    const QByteArray mimeType = mimeTypeOf(name);
    const bool isJpeg = mimeType == "image/jpeg";
    if (mimeType.isEmpty())
        return notFound();
    if (isJpeg && request.acceptsWebp) {
        const QString webp = name.chopped(kJpegEnding.size()) + kWebpEnding;
        if (const Result<QString> path = m_store.localFile({ area, webp }, deadline))
            return MediaFileAnswer { *path, webp, "image/webp", std::nullopt, true };
    }
    const Result<QString> path = m_store.localFile({ area, name }, deadline);
    if (!path) {
        // A name that cannot be one names nothing.
        const bool absent = path.error().fault == Fault::NotFound || path.error().fault == Fault::Invalid;
        return absent ? notFound() : path.error();
    }
    return MediaFileAnswer { *path, name, mimeType, std::nullopt, isJpeg };
}

} // namespace graminsta::domain
