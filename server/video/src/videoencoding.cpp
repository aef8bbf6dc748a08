// SPDX-License-Identifier: GPL-3.0-or-later
#include "videoencoding.h"

#include "averror.h"

#include <algorithm>
#include <cmath>

namespace graminsta::video
{

namespace
{

constexpr int kLongSide = 1920;
constexpr int kShortSide = 1080;
constexpr AVRational kTimeBase { 1, 90'000 };
// Frames nearer to the one before are left out: 60 a second, with room for clocks that jump by a millisecond or two.
constexpr int64_t kMinDistance = 90'000 / 60 - 250;
constexpr double kMaxFrameRate = 60;
// Whoever seeks waits for at most so many frames.
constexpr int kMaxKeyDistance = 120;

Result<Encoder> openEncoder(const PicturePlan &plan, Mp4File &to)
{
    const AVCodec *codec = h264Encoder();
    Av<AVCodecContext> context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    if (!context)
        return noMemory();
    context->width = plan.size.width();
    context->height = plan.size.height();
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->time_base = kTimeBase;
    context->framerate = av_d2q(std::clamp(plan.frameRate, 1.0, kMaxFrameRate), 1001);
    context->sample_aspect_ratio = { 1, 1 };
    context->color_range = AVCOL_RANGE_MPEG;
    context->colorspace = AVCOL_SPC_BT709;
    context->color_primaries = AVCOL_PRI_BT709;
    context->color_trc = AVCOL_TRC_BT709;
    context->gop_size = kMaxKeyDistance;
    context->thread_count = plan.threads;
    AvOptions options;
    options.set("preset", "veryfast");
    options.set("profile", "high");
    options.set("crf", 22);
    // Noise is not worth more than this a second, at any size.
    options.set("maxrate", 10'000'000);
    options.set("bufsize", 20'000'000);
    return Encoder::open(std::move(context), options, to);
}

} // namespace

QSize fittingSize(QSize shown)
{
    const QSize bounds = shown.width() >= shown.height() ? QSize(kLongSide, kShortSide) : QSize(kShortSide, kLongSide);
    const bool fits = shown.width() <= bounds.width() && shown.height() <= bounds.height();
    const QSize size = fits ? shown : shown.scaled(bounds, Qt::KeepAspectRatio);
    return { std::max(size.width() / 2 * 2, 2), std::max(size.height() / 2 * 2, 2) };
}

VideoEncoding::VideoEncoding(const VideoSource &from, const PicturePlan &plan, Av<AVCodecContext> decoder,
                             Encoder encoder)
    : m_decoding(std::move(decoder), from.deadline())
    , m_filter(
          [size = plan.size, turn = from.turn(), order = from.video().codecpar->field_order](const AVFrame &frame) {
              const bool interlaced = order != AV_FIELD_UNKNOWN && order != AV_FIELD_PROGRESSIVE;
              return pictureChain(frame, size, turn, interlaced, PixelForm::Video);
          },
          from.video().time_base, plan.threads, 0, from.deadline())
    , m_encoder(std::move(encoder))
    , m_start(av_rescale_q(plan.start, kMicroseconds, kTimeBase))
{
}

Result<std::unique_ptr<VideoEncoding>> VideoEncoding::create(const VideoSource &from, const PicturePlan &plan,
                                                             Mp4File &to)
{
    Av<AVCodecContext> decoder = GI_TRY(openDecoder(from.video(), plan.maxPixels, plan.threads, from.deadline()));
    Encoder encoder = GI_TRY(openEncoder(plan, to));
    return std::unique_ptr<VideoEncoding>(new VideoEncoding(from, plan, std::move(decoder), std::move(encoder)));
}

Result<> VideoEncoding::take(AVPacket &packet)
{
    return m_decoding.take(&packet, [this](AVFrame &frame) { return filter(frame); });
}

Result<> VideoEncoding::finish()
{
    GI_TRY(m_decoding.take(nullptr, [this](AVFrame &frame) { return filter(frame); }));
    GI_TRY(m_decoding.checkSound());
    GI_TRY(m_filter.take(nullptr, [this](AVFrame &frame) { return encode(frame); }));
    return m_encoder.take(nullptr);
}

Result<> VideoEncoding::filter(AVFrame &frame)
{
    frame.pts = frame.best_effort_timestamp;
    if (frame.pts == AV_NOPTS_VALUE)
        return {};
    return m_filter.take(&frame, [this](AVFrame &filtered) { return encode(filtered); });
}

Result<> VideoEncoding::encode(AVFrame &frame)
{
    const int64_t time = av_rescale_q(frame.pts, m_filter.timeBase(), kTimeBase) - m_start;
    if (m_lastTime != AV_NOPTS_VALUE && time < m_lastTime + kMinDistance)
        return {};
    m_lastTime = time;
    frame.pts = time;
    // What the source's encoder made of the frame binds ours to nothing.
    frame.pict_type = AV_PICTURE_TYPE_NONE;
    return m_encoder.take(&frame);
}

} // namespace graminsta::video
