// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/mediafile.h>

namespace graminsta::domain
{

namespace
{

constexpr QLatin1String kJpegEnding { ".jpg" };
constexpr QLatin1String kWebpEnding { ".webp" };

} // namespace

MediaFile::MediaFile(const ports::MediaStore &store)
    : m_store(store)
{
}

Result<MediaFileAnswer> MediaFile::run(const QString &name, bool acceptsWebp, const Deadline &deadline) const
{
    const bool isJpeg = name.endsWith(kJpegEnding);
    if (!isJpeg && !name.endsWith(kWebpEnding))
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
    return MediaFileAnswer { *path, name, isJpeg ? "image/jpeg" : "image/webp", isJpeg };
}

} // namespace graminsta::domain
