// SPDX-License-Identifier: GPL-3.0-or-later
// The track of sound, encoded anew: AAC, one or two channels, 128 kbit/s, with silence where the source has gaps.
#pragma once

#include "encoder.h"
#include "framefilter.h"
#include "track.h"

namespace graminsta::video
{

class AudioEncoding final : public Track
{
public:
    // `start`: the time that becomes 0, in microseconds. Adds its track to the file, which has not begun.
    [[nodiscard]] static Result<std::unique_ptr<AudioEncoding>> create(const AVStream &from, int64_t start,
                                                                       Mp4File &to);

    [[nodiscard]] Result<> take(AVPacket &packet) override;
    [[nodiscard]] Result<> finish() override;

private:
    AudioEncoding(const AVStream &from, int64_t start, Av<AVCodecContext> decoder, Encoder encoder, Mp4File &to);

    [[nodiscard]] Result<> filter(AVFrame &frame);
    [[nodiscard]] Result<> encode(AVFrame &frame);

    Decoding m_decoding;
    FrameFilter m_filter;
    Encoder m_encoder;
    const int64_t m_start; // in the source's time base
    int64_t m_nextTime = AV_NOPTS_VALUE; // in samples
};

} // namespace graminsta::video
