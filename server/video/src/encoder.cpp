// SPDX-License-Identifier: GPL-3.0-or-later
#include "encoder.h"

#include "averror.h"

namespace graminsta::video
{

Encoder::Encoder(Av<AVCodecContext> context, AVStream &track, Mp4File &to)
    : m_context(std::move(context))
    , m_track(&track)
    , m_to(&to)
    , m_packet(av_packet_alloc())
{
}

Result<Encoder> Encoder::open(Av<AVCodecContext> context, AvOptions &options, Mp4File &to)
{
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    if (const int opened = avcodec_open2(context.get(), context->codec, options.get()); opened < 0)
        return outputError("open the encoder", opened, to.deadline());
    AVStream *track = GI_TRY(to.addTrack());
    if (avcodec_parameters_from_context(track->codecpar, context.get()) < 0)
        return noMemory();
    track->time_base = context->time_base;
    track->avg_frame_rate = context->framerate;
    Encoder encoder(std::move(context), *track, to);
    if (!encoder.m_packet)
        return noMemory();
    return encoder;
}

Result<> Encoder::take(AVFrame *frame)
{
    if (m_to->deadline().expired())
        return late();
    if (const int sent = avcodec_send_frame(m_context.get(), frame); sent < 0)
        return outputError("encode a frame", sent, m_to->deadline());
    for (;;) {
        const int got = avcodec_receive_packet(m_context.get(), m_packet.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
            return {};
        if (got < 0)
            return outputError("encode a frame", got, m_to->deadline());
        GI_TRY(m_to->write(*m_packet, *m_track, m_context->time_base));
    }
}

const AVCodec *h264Encoder()
{
    return avcodec_find_encoder_by_name("libx264");
}

} // namespace graminsta::video
