// SPDX-License-Identifier: GPL-3.0-or-later
#include "framefilter.h"

#include "averror.h"

#include <array>

namespace graminsta::video
{

namespace
{

bool isHdr(const AVFrame &frame)
{
    return frame.color_trc == AVCOL_TRC_SMPTE2084 || frame.color_trc == AVCOL_TRC_ARIB_STD_B67;
}

// The darker tones stay as they are, and the brighter ones are bent down into what a screen of today has: 203 cd/m2 is
// the white of paper in HDR (ITU-R BT.2408), and what is five times as bright becomes the brightest. What the file
// leaves open is as BT.2100 wants it. Made small first: the rest counts in floating point.
QByteArray toneMapped(const AVFrame &frame, QSize size)
{
    QByteArray in;
    if (frame.colorspace == AVCOL_SPC_UNSPECIFIED)
        in += ":min=2020_ncl";
    if (frame.color_primaries == AVCOL_PRI_UNSPECIFIED)
        in += ":pin=2020";
    return "zscale=w=" + QByteArray::number(size.width()) + ":h=" + QByteArray::number(size.height())
        + ":t=linear:npl=203" + in
        + ",format=gbrpf32le,zscale=p=709,tonemap=mobius:param=0.3:peak=5:desat=0,zscale=t=709:m=709:r=tv,format="
          "yuv420p";
}

QByteArray scaled(const AVFrame &frame, QSize size)
{
    // What most encoders mean who say nothing.
    const bool isHd = qint64 { frame.width } * frame.height >= 1280 * 720;
    const QByteArray in = frame.colorspace != AVCOL_SPC_UNSPECIFIED
        ? QByteArray()
        : (isHd ? ":in_color_matrix=bt709" : ":in_color_matrix=bt601");
    return "scale=w=" + QByteArray::number(size.width()) + ":h=" + QByteArray::number(size.height()) + ":flags=bicubic"
        + in;
}

QByteArray turned(Turn turn)
{
    constexpr std::array<const char *, 4> kTurns { "", ",transpose=clock", ",hflip,vflip", ",transpose=cclock" };
    return (turn.mirrored ? ",hflip" : "") + QByteArray(kTurns.at(static_cast<size_t>(turn.quarters)));
}

} // namespace

QByteArray pictureChain(const AVFrame &frame, QSize size, Turn turn, bool interlaced, PixelForm form)
{
    const QSize stored = turn.swapsSides() ? size.transposed() : size;
    QByteArray chain = interlaced ? "yadif=deint=interlaced," : "";
    if (isHdr(frame))
        chain += toneMapped(frame, stored);
    else
        chain += scaled(frame, stored)
            + (form == PixelForm::Video ? ":out_color_matrix=bt709:out_range=tv,format=yuv420p" : ",format=rgb24");
    chain += turned(turn);
    // The pixels are square now, and nobody is told otherwise.
    return chain + (form == PixelForm::Poster ? ",format=rgb24" : "") + ",setsar=1";
}

FrameFilter::FrameFilter(Describe describe, AVRational timeBase, int threads, int frameSize, const Deadline &deadline)
    : m_describe(std::move(describe))
    , m_timeBase(timeBase)
    , m_threads(threads)
    , m_frameSize(frameSize)
    , m_deadline(deadline)
    , m_filtered(av_frame_alloc())
{
}

FrameFilter::Shape FrameFilter::shapeOf(const AVFrame &frame)
{
    return { frame.width, frame.height, frame.format, frame.sample_rate, frame.ch_layout.nb_channels, frame.color_trc };
}

// The arguments of "buffer" and "abuffer".
QByteArray FrameFilter::entry(const AVFrame &frame) const
{
    const QByteArray timeBase =
        "time_base=" + QByteArray::number(m_timeBase.num) + '/' + QByteArray::number(m_timeBase.den);
    if (frame.sample_rate == 0)
        return timeBase + ":video_size=" + QByteArray::number(frame.width) + 'x' + QByteArray::number(frame.height)
            + ":pix_fmt=" + QByteArray::number(frame.format) + ":pixel_aspect=1/1";
    std::array<char, 128> layout {};
    av_channel_layout_describe(&frame.ch_layout, layout.data(), layout.size());
    return timeBase + ":sample_rate=" + QByteArray::number(frame.sample_rate)
        + ":sample_fmt=" + QByteArray::number(frame.format) + ":channel_layout=" + layout.data();
}

Result<> FrameFilter::build(const AVFrame &frame)
{
    const bool isSound = frame.sample_rate != 0;
    m_graph.reset(avfilter_graph_alloc());
    if (!m_graph || !m_filtered)
        return noMemory();
    m_graph->nb_threads = m_threads;
    const QByteArray arguments = entry(frame);
    int made = avfilter_graph_create_filter(&m_entry, avfilter_get_by_name(isSound ? "abuffer" : "buffer"), "in",
                                            arguments.constData(), nullptr, m_graph.get());
    if (made >= 0)
        made = avfilter_graph_create_filter(&m_exit, avfilter_get_by_name(isSound ? "abuffersink" : "buffersink"),
                                            "out", nullptr, nullptr, m_graph.get());
    if (made < 0)
        return sourceError("make a filter", made, m_deadline);
    AVFilterInOut *outputs = avfilter_inout_alloc();
    AVFilterInOut *inputs = avfilter_inout_alloc();
    if (outputs == nullptr || inputs == nullptr) {
        avfilter_inout_free(&outputs);
        avfilter_inout_free(&inputs);
        return noMemory();
    }
    *outputs = { av_strdup("in"), m_entry, 0, nullptr };
    *inputs = { av_strdup("out"), m_exit, 0, nullptr };
    const QByteArray chain = m_describe(frame);
    int ready = avfilter_graph_parse_ptr(m_graph.get(), chain.constData(), &inputs, &outputs, nullptr);
    avfilter_inout_free(&outputs);
    avfilter_inout_free(&inputs);
    if (ready >= 0)
        ready = avfilter_graph_config(m_graph.get(), nullptr);
    if (ready < 0)
        return makeError(Fault::Unprocessable, QStringLiteral("The video is of a kind that cannot be converted."),
                         avDetail(chain.constData(), ready));
    if (m_frameSize > 0)
        av_buffersink_set_frame_size(m_exit, static_cast<unsigned>(m_frameSize));
    m_shape = shapeOf(frame);
    return {};
}

Result<> FrameFilter::take(AVFrame *frame, const FrameTaker &taker)
{
    if (frame != nullptr && (!m_graph || shapeOf(*frame) != m_shape)) {
        // Sound in parts of a fixed size cannot end twice: less than one part is lost.
        if (m_graph && m_frameSize == 0)
            GI_TRY(take(nullptr, taker));
        GI_TRY(build(*frame));
    }
    if (!m_graph)
        return {};
    const int added = av_buffersrc_add_frame_flags(m_entry, frame, AV_BUFFERSRC_FLAG_PUSH);
    if (added < 0)
        return sourceError("filter a frame", added, m_deadline);
    return drain(taker);
}

AVRational FrameFilter::timeBase() const
{
    return av_buffersink_get_time_base(m_exit);
}

Result<> FrameFilter::drain(const FrameTaker &taker)
{
    for (;;) {
        av_frame_unref(m_filtered.get());
        const int got = av_buffersink_get_frame(m_exit, m_filtered.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
            return {};
        if (got < 0)
            return sourceError("filter a frame", got, m_deadline);
        GI_TRY(taker(*m_filtered));
    }
}

} // namespace graminsta::video
