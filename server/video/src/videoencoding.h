// SPDX-License-Identifier: GPL-3.0-or-later
// The track of pictures, encoded anew: H.264 High, upright, SDR, with the frames where they were in time.
#pragma once

#include "encoder.h"
#include "framefilter.h"
#include "track.h"

#include <graminsta/ports/videoprocessor.h>

namespace graminsta::video
{

struct PicturePlan {
    QSize size; // upright; both sides even
    double frameRate = 30; // of the source, as a hint for the encoder
    int64_t start = 0; // the time that becomes 0, in microseconds
    int64_t maxPixels = 0; // of a decoded frame
    int threads = 1;
};

class VideoEncoding final : public Track
{
public:
    // Adds its track to the file, which has not begun.
    [[nodiscard]] static Result<std::unique_ptr<VideoEncoding>> create(const VideoSource &from, const PicturePlan &plan,
                                                                       Mp4File &to);

    [[nodiscard]] Result<> take(AVPacket &packet) override;
    [[nodiscard]] Result<> finish() override;

private:
    VideoEncoding(const VideoSource &from, const PicturePlan &plan, Av<AVCodecContext> decoder, Encoder encoder);

    [[nodiscard]] Result<> filter(AVFrame &frame);
    [[nodiscard]] Result<> encode(AVFrame &frame);

    Decoding m_decoding;
    FrameFilter m_filter;
    Encoder m_encoder;
    const int64_t m_start; // in the encoder's time base
    int64_t m_lastTime = AV_NOPTS_VALUE;
};

// What the side lengths become: inside 1920 x 1080, or 1080 x 1920, never larger than before, and even.
[[nodiscard]] QSize fittingSize(QSize shown);

} // namespace graminsta::video
