// SPDX-License-Identifier: GPL-3.0-or-later
#include "audioencoding.h"

#include "averror.h"

#include <algorithm>

namespace graminsta::video
{

namespace
{

constexpr int kMaxSourceChannels = 8;
constexpr int kMaxSampleRate = 48'000;
constexpr int64_t kBitRate = 128'000;

Result<> checkSound(const AVCodecParameters &parameters)
{
    if (parameters.ch_layout.nb_channels > 0 && parameters.ch_layout.nb_channels <= kMaxSourceChannels
        && parameters.sample_rate > 0)
        return {};
    return makeError(Fault::Unprocessable,
                     QStringLiteral("The video's sound has %1 channels; from 1 to %2 can be taken.")
                         .arg(parameters.ch_layout.nb_channels)
                         .arg(kMaxSourceChannels));
}

Result<Encoder> openEncoder(const AVCodecParameters &source, Mp4File &to)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    Av<AVCodecContext> context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    if (!context)
        return noMemory();
    context->sample_fmt = AV_SAMPLE_FMT_FLTP;
    context->sample_rate = source.sample_rate == 44'100 ? 44'100 : kMaxSampleRate;
    av_channel_layout_default(&context->ch_layout, std::min(source.ch_layout.nb_channels, 2));
    context->bit_rate = kBitRate;
    context->time_base = { 1, context->sample_rate };
    AvOptions options;
    return Encoder::open(std::move(context), options, to);
}

QByteArray soundChain(const AVCodecContext &encoder)
{
    return "aresample=async=1000,aformat=sample_fmts=fltp:sample_rates=" + QByteArray::number(encoder.sample_rate)
        + ":channel_layouts=" + (encoder.ch_layout.nb_channels == 1 ? "mono" : "stereo");
}

} // namespace

AudioEncoding::AudioEncoding(const AVStream &from, int64_t start, Av<AVCodecContext> decoder, Encoder encoder,
                             Mp4File &to)
    : m_decoding(std::move(decoder), to.deadline())
    , m_filter([chain = soundChain(encoder.context())](const AVFrame &) { return chain; }, from.time_base, 1,
               encoder.context().frame_size, to.deadline())
    , m_encoder(std::move(encoder))
    , m_start(av_rescale_q(start, kMicroseconds, from.time_base))
{
}

Result<std::unique_ptr<AudioEncoding>> AudioEncoding::create(const AVStream &from, int64_t start, Mp4File &to)
{
    GI_TRY(checkSound(*from.codecpar));
    Av<AVCodecContext> decoder = GI_TRY(openDecoder(from, 0, 1, to.deadline()));
    Encoder encoder = GI_TRY(openEncoder(*from.codecpar, to));
    return std::unique_ptr<AudioEncoding>(new AudioEncoding(from, start, std::move(decoder), std::move(encoder), to));
}

Result<> AudioEncoding::take(AVPacket &packet)
{
    return m_decoding.take(&packet, [this](AVFrame &frame) { return filter(frame); });
}

Result<> AudioEncoding::finish()
{
    GI_TRY(m_decoding.take(nullptr, [this](AVFrame &frame) { return filter(frame); }));
    GI_TRY(m_decoding.checkSound());
    GI_TRY(m_filter.take(nullptr, [this](AVFrame &frame) { return encode(frame); }));
    return m_encoder.take(nullptr);
}

Result<> AudioEncoding::filter(AVFrame &frame)
{
    if (frame.pts == AV_NOPTS_VALUE)
        return {};
    frame.pts -= m_start;
    // Files that only count their channels mean the usual ones.
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&frame.ch_layout, frame.ch_layout.nb_channels);
    return m_filter.take(&frame, [this](AVFrame &filtered) { return encode(filtered); });
}

Result<> AudioEncoding::encode(AVFrame &frame)
{
    const AVRational samples { 1, m_encoder.context().sample_rate };
    const int64_t time = av_rescale_q(frame.pts, m_filter.timeBase(), samples);
    // The encoder wants time to go on, whatever the source's clock does.
    frame.pts = m_nextTime == AV_NOPTS_VALUE ? time : std::max(time, m_nextTime);
    m_nextTime = frame.pts + frame.nb_samples;
    return m_encoder.take(&frame);
}

} // namespace graminsta::video
