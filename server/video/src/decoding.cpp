// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"

#include "averror.h"

namespace graminsta::video
{

namespace
{

// One in so many packets may be broken; a recording with more is not worth showing.
constexpr qint64 kSoundPerBroken = 10;

} // namespace

Decoding::Decoding(Av<AVCodecContext> decoder, const Deadline &deadline)
    : m_decoder(std::move(decoder))
    , m_deadline(deadline)
    , m_frame(av_frame_alloc())
{
}

Result<> Decoding::take(const AVPacket *packet, const FrameTaker &taker)
{
    if (!m_frame)
        return noMemory();
    if (m_deadline.expired())
        return late();
    const int sent = avcodec_send_packet(m_decoder.get(), packet);
    if (sent == AVERROR(ENOMEM))
        return noMemory();
    if (packet != nullptr)
        ++m_packets;
    if (sent < 0 && sent != AVERROR_EOF)
        ++m_brokenPackets;
    for (;;) {
        av_frame_unref(m_frame.get());
        const int got = avcodec_receive_frame(m_decoder.get(), m_frame.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
            return {};
        if (got == AVERROR(ENOMEM))
            return noMemory();
        if (got < 0) {
            ++m_brokenPackets;
            // The end goes on until it says so; in the middle the next packet may be sound.
            if (packet != nullptr || m_brokenPackets > m_packets)
                return {};
            continue;
        }
        ++m_frames;
        GI_TRY(taker(*m_frame));
    }
}

void Decoding::flush()
{
    avcodec_flush_buffers(m_decoder.get());
}

Result<> Decoding::checkSound() const
{
    if (m_frames == 0 || m_brokenPackets * kSoundPerBroken > m_packets)
        return broken(QStringLiteral("%1 of %2 packets broken, %3 frames decoded")
                          .arg(m_brokenPackets)
                          .arg(m_packets)
                          .arg(m_frames));
    return {};
}

} // namespace graminsta::video
