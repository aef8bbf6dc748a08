// SPDX-License-Identifier: GPL-3.0-or-later
// Packets to frames. A broken packet is passed over, as players do; a track of them is refused at the end. Not
// thread-safe. The deadline must outlive it.
#pragma once

#include "av.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <functional>

namespace graminsta::video
{

// Gets a frame to look at or to move away.
using FrameTaker = std::function<Result<>(AVFrame &)>;

class Decoding
{
public:
    Decoding(Av<AVCodecContext> decoder, const Deadline &deadline);

    // Null for the end. What `taker` returns ends it.
    [[nodiscard]] Result<> take(const AVPacket *packet, const FrameTaker &taker);
    // Forgets what is inside, after a seek.
    void flush();
    // Fault::Unprocessable if hardly anything could be decoded.
    [[nodiscard]] Result<> checkSound() const;

private:
    const Av<AVCodecContext> m_decoder;
    const Deadline &m_deadline;
    Av<AVFrame> m_frame;
    qint64 m_packets = 0;
    qint64 m_brokenPackets = 0;
    qint64 m_frames = 0;
};

} // namespace graminsta::video
