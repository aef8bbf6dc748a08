// SPDX-License-Identifier: GPL-3.0-or-later
// Frames to packets of the made file. Not thread-safe.
#pragma once

#include "mp4file.h"

namespace graminsta::video
{

class Encoder
{
public:
    // Takes over a context that is set up but for the flags of the file, opens it, and adds its track.
    [[nodiscard]] static Result<Encoder> open(Av<AVCodecContext> context, AvOptions &options, Mp4File &to);

    // Null for the end.
    [[nodiscard]] Result<> take(AVFrame *frame);
    [[nodiscard]] const AVCodecContext &context() const { return *m_context; }

private:
    Encoder(Av<AVCodecContext> context, AVStream &track, Mp4File &to);

    Av<AVCodecContext> m_context;
    AVStream *m_track;
    Mp4File *m_to;
    Av<AVPacket> m_packet;
};

// Null if FFmpeg was built without it.
[[nodiscard]] const AVCodec *h264Encoder();

} // namespace graminsta::video
