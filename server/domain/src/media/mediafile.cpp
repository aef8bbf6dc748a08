// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/mediafile.h>

namespace graminsta::domain
{

namespace
{

constexpr QLatin1String kJpegEnding { ".jpg" };
constexpr QLatin1String kWebpEnding { ".webp" };

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
    const bool isJpeg = name.endsWith(kJpegEnding);
    if (!isJpeg && !name.endsWith(kWebpEnding))
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
    return MediaFileAnswer { *path, name, isJpeg ? "image/jpeg" : "image/webp", std::nullopt, isJpeg };
}

} // namespace graminsta::domain
