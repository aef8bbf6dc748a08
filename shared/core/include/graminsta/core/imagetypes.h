// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of picture that Graminsta takes: one table of MIME types and file name extensions for server and app.
// Constants only.
#pragma once

#include <QLatin1String>
#include <QStringView>

#include <array>

namespace graminsta
{

enum class ImageFormat { Jpeg, Png, Gif, WebP, Heic, Avif };

struct ImageType {
    ImageFormat format;
    QLatin1String mimeType;
    QLatin1String extension; // without a dot
    QLatin1String name; // for people
};

inline constexpr std::array<ImageType, 6> kImageTypes { {
    { ImageFormat::Jpeg, QLatin1String("image/jpeg"), QLatin1String("jpg"), QLatin1String("JPEG") },
    { ImageFormat::Png, QLatin1String("image/png"), QLatin1String("png"), QLatin1String("PNG") },
    { ImageFormat::Gif, QLatin1String("image/gif"), QLatin1String("gif"), QLatin1String("GIF") },
    { ImageFormat::WebP, QLatin1String("image/webp"), QLatin1String("webp"), QLatin1String("WebP") },
    { ImageFormat::Heic, QLatin1String("image/heic"), QLatin1String("heic"), QLatin1String("HEIC") },
    { ImageFormat::Avif, QLatin1String("image/avif"), QLatin1String("avif"), QLatin1String("AVIF") },
} };

// Null if the type is not one of them.
[[nodiscard]] constexpr const ImageType *imageTypeByMime(QStringView mimeType)
{
    for (const ImageType &type : kImageTypes) {
        if (mimeType == type.mimeType)
            return &type;
    }
    return nullptr;
}

// By the table's own extension only, in lower case. Null if there is none.
[[nodiscard]] constexpr const ImageType *imageTypeByExtension(QStringView extension)
{
    for (const ImageType &type : kImageTypes) {
        if (extension == type.extension)
            return &type;
    }
    return nullptr;
}

} // namespace graminsta
