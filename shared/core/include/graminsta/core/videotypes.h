// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of video that Graminsta takes, as imagetypes.h has those of pictures. Constants only.
#pragma once

#include <QLatin1String>
#include <QStringView>

#include <array>

namespace graminsta
{

enum class VideoFormat { Mp4, QuickTime, WebM };

struct VideoType {
    VideoFormat format;
    QLatin1String mimeType;
    QLatin1String extension; // without a dot
    QLatin1String name; // for people
};

inline constexpr std::array<VideoType, 3> kVideoTypes { {
    { VideoFormat::Mp4, QLatin1String("video/mp4"), QLatin1String("mp4"), QLatin1String("MP4") },
    { VideoFormat::QuickTime, QLatin1String("video/quicktime"), QLatin1String("mov"), QLatin1String("MOV") },
    { VideoFormat::WebM, QLatin1String("video/webm"), QLatin1String("webm"), QLatin1String("WebM") },
} };

// Null if the type is not one of them.
[[nodiscard]] constexpr const VideoType *videoTypeByMime(QStringView mimeType)
{
    for (const VideoType &type : kVideoTypes) {
        if (mimeType == type.mimeType)
            return &type;
    }
    return nullptr;
}

} // namespace graminsta
