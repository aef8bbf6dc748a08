// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the video that others see out of an uploaded one. Thread-safe; one call uses as many cores as the adapter says.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/media.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace graminsta::ports
{

// Of the uploaded file; the first two are refused from what it declares, all of them again from what it holds.
struct VideoLimits {
    qint64 maxBytes = 104'857'600; // 0: no videos are taken
    std::chrono::milliseconds maxDuration { std::chrono::minutes { 5 } };
    qint64 maxPixels = 8'294'400; // of a frame: 3840 x 2160
    int maxFrameRate = 120;
};

// What a file is, by its first bytes.
struct VideoIdentity {
    QString mimeType; // "video/mp4", "video/quicktime", "video/webm"
    QString extension; // that fits it, without a dot
    QByteArray sha256; // raw, of the file
    qint64 bytes = 0;
};

struct VideoFacts {
    QString mimeType; // by content
    QString extension;
    QString videoCodec; // as people call it: "H.264"
    QString audioCodec; // empty: there is no sound
    int width = 0; // upright, in square pixels
    int height = 0;
    std::chrono::milliseconds duration { 0 };
    entities::FrameRate frameRate;
};

// What became of the pictures.
enum class VideoMaking {
    Copied, // they are the uploaded ones, bit for bit, in a new file
    Encoded,
};

// An MP4 with H.264 and AAC (or no sound), with its index in front, and without metadata.
struct ProcessedVideo {
    VideoFacts source;
    VideoMaking making = VideoMaking::Encoded;
    QString file; // in the output folder; the caller owns it now
    QByteArray sha256; // raw, of the file
    qint64 bytes = 0;
    int width = 0; // upright
    int height = 0;
    std::chrono::milliseconds duration { 0 };
    entities::FrameRate frameRate;
    QString posterFile; // a PNG as large as the video, for an ImageProcessor; the caller owns it now
};

class VideoProcessor
{
public:
    virtual ~VideoProcessor() = default;

    // Decides the type by content and checks the bytes against their limit; decodes nothing. Nothing if it is no video
    // of a kind that is taken: then it is for an ImageProcessor to say what it is. Fault::TooLarge (limit and actual
    // size).
    [[nodiscard]] virtual Result<std::optional<VideoIdentity>> identify(const QString &sourceFile,
                                                                        const VideoLimits &limits) const = 0;

    // Reads the file through without decoding it, and checks the limits. Fault::UnsupportedType (what it is, what would
    // be right), Fault::TooLarge (limit and actual value), Fault::Unprocessable (broken or not whole), Fault::Timeout.
    [[nodiscard]] virtual Result<VideoFacts> probe(const QString &sourceFile, const VideoLimits &limits,
                                                   const Deadline &deadline) = 0;

    // Copies what everybody can play as it is, and encodes anew what not: upright, in square pixels, at most 1920 x
    // 1080 (or 1080 x 1920) and 60 frames a second, in SDR. Of the tracks it takes one of pictures and one of sound;
    // place, time, device, chapters and all else are left behind. The faults of probe(), and Fault::Unavailable if a
    // file cannot be written. After a failure no file is left in the folder.
    [[nodiscard]] virtual Result<ProcessedVideo> process(const QString &sourceFile, const VideoLimits &limits,
                                                         const QString &outputFolder, const Deadline &deadline) = 0;

    // What process() accepts, as MIME types.
    [[nodiscard]] virtual QStringList supportedMimeTypes() const = 0;
};

} // namespace graminsta::ports
