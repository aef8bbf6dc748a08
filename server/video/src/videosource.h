// SPDX-License-Identifier: GPL-3.0-or-later
// One video file, opened by the demuxer of its type alone. FFmpeg gets its bytes from us and no way to open anything
// else: not another file, not an address. Not thread-safe. The deadline given to open() must outlive it: reading ends
// with an error when it passes.
#pragma once

#include "av.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/core/videotypes.h>

#include <QFile>

namespace graminsta::video
{

// What has to be done to a stored picture, in this order, so that it stands upright.
struct Turn {
    int quarters = 0; // clockwise
    bool mirrored = false; // left to right, before it is turned
    [[nodiscard]] bool isNone() const { return quarters == 0 && !mirrored; }
    [[nodiscard]] bool swapsSides() const { return quarters % 2 != 0; }
};

class VideoSource
{
public:
    // Fault::Unprocessable if there is no sound header or no track of pictures, Fault::UnsupportedType for tracks of
    // other codecs than ours.
    [[nodiscard]] static Result<std::unique_ptr<VideoSource>> open(const QString &file, const VideoType &type,
                                                                   const Deadline &deadline);
    ~VideoSource();
    Q_DISABLE_COPY_MOVE(VideoSource)

    [[nodiscard]] const AVFormatContext &format() const { return *m_format; }
    [[nodiscard]] const AVStream &video() const { return *m_video; }
    [[nodiscard]] const AVStream *audio() const { return m_audio; } // null if there is none
    [[nodiscard]] Turn turn() const;
    [[nodiscard]] const VideoType &type() const { return m_type; }
    [[nodiscard]] const Deadline &deadline() const { return m_deadline; }

    // The next packet of the two tracks; false at the end.
    [[nodiscard]] Result<bool> read(AVPacket &packet);
    // To the last key frame before `microseconds`, counted as the video track's timestamps are.
    [[nodiscard]] Result<> seek(int64_t microseconds);

private:
    VideoSource(const QString &file, const VideoType &type, const Deadline &deadline);

    [[nodiscard]] Result<> openFile();
    [[nodiscard]] Result<> openFormat();
    [[nodiscard]] Result<> chooseTracks();

    QFile m_file;
    const VideoType &m_type;
    const Deadline &m_deadline;
    AVIOContext *m_bytes = nullptr;
    AVFormatContext *m_format = nullptr;
    AVStream *m_video = nullptr;
    AVStream *m_audio = nullptr;
};

// The codec's context, ready to decode the packets of the track. `maxPixels` bounds its frames
// (0 for sound).
[[nodiscard]] Result<Av<AVCodecContext>> openDecoder(const AVStream &track, int64_t maxPixels, int threads,
                                                     const Deadline &deadline);

} // namespace graminsta::video
