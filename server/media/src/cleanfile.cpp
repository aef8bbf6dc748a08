// SPDX-License-Identifier: GPL-3.0-or-later
#include "cleanfile.h"

#include <QFile>

#include <numeric>

namespace graminsta::media
{

Error notCleanable(const char *why)
{
    return makeError(Fault::Unprocessable, QStringLiteral("The picture is damaged or incomplete."),
                     QString::fromLatin1(why));
}

Error tooManyFrames(int maxFrames)
{
    return makeError(
        Fault::TooLarge,
        QStringLiteral("The animation has more than %1 pictures, which is the most allowed.").arg(maxFrames));
}

qint64 CleanFile::bytes() const
{
    return std::accumulate(parts.begin(), parts.end(), qint64 { 0 },
                           [](qint64 sum, const QByteArray &part) { return sum + part.size(); });
}

void CleanFile::keep(QByteArrayView bytes)
{
    if (!parts.isEmpty() && parts.last().constData() + parts.last().size() == bytes.data())
        parts.last() = QByteArray::fromRawData(parts.last().constData(), parts.last().size() + bytes.size());
    else
        add(QByteArray::fromRawData(bytes.data(), bytes.size()));
}

void CleanFile::add(const QByteArray &bytes)
{
    if (parts.size() <= kMaxParts)
        parts.append(bytes);
}

namespace
{

Result<CleanFile> cleaned(QByteArrayView file, ImageFormat format, int maxFrames)
{
    switch (format) {
    case ImageFormat::Jpeg:
        return cleanJpeg(file);
    case ImageFormat::Png:
        return cleanPng(file);
    case ImageFormat::WebP:
        return cleanWebp(file, maxFrames);
    case ImageFormat::Gif:
        return cleanGif(file, maxFrames);
    case ImageFormat::Heic:
    case ImageFormat::Avif:
        break;
    }
    return notCleanable("not every client shows this type");
}

} // namespace

Result<CleanFile> cleanFile(QByteArrayView file, ImageFormat format, int maxFrames)
{
    CleanFile clean = GI_TRY(cleaned(file, format, maxFrames));
    if (clean.parts.size() > CleanFile::kMaxParts)
        return notCleanable("a picture in too many pieces");
    return clean;
}

Result<> writeFile(const CleanFile &clean, const QString &path)
{
    QFile file(path);
    bool written = file.open(QIODevice::WriteOnly);
    for (const QByteArray &part : clean.parts)
        written = written && file.write(part) == part.size();
    if (written && file.flush())
        return {};
    return makeError(Fault::Unavailable, QStringLiteral("The picture could not be stored."), file.errorString());
}

} // namespace graminsta::media
