// SPDX-License-Identifier: GPL-3.0-or-later
#include "copiedtrack.h"

#include "averror.h"

#include <cstring>

namespace graminsta::video
{

namespace
{

// NAL units of type 6 are the messages (ITU-T H.264 table 7-1).
constexpr char kWithoutMessages[] = "filter_units=remove_types=6";

// That the pictures are shown upright is the one thing kept of what the container says about them.
Result<> copyTurn(const AVStream &from, AVStream &to)
{
    size_t size = 0;
    const uint8_t *matrix = av_stream_get_side_data(&from, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (matrix == nullptr)
        return {};
    uint8_t *copy = av_stream_new_side_data(&to, AV_PKT_DATA_DISPLAYMATRIX, size);
    if (copy == nullptr)
        return noMemory();
    std::memcpy(copy, matrix, size);
    return {};
}

} // namespace

CopiedTrack::CopiedTrack(AVRational timeBase, int64_t start, Mp4File &to)
    : m_timeBase(timeBase)
    , m_start(av_rescale_q(start, kMicroseconds, timeBase))
    , m_to(to)
    , m_packet(av_packet_alloc())
{
}

Result<std::unique_ptr<CopiedTrack>> CopiedTrack::create(const AVStream &from, int64_t start, Mp4File &to)
{
    std::unique_ptr<CopiedTrack> made(new CopiedTrack(from.time_base, start, to));
    if (!made->m_packet)
        return noMemory();
    made->m_track = GI_TRY(to.addTrack());
    GI_TRY(made->openFilter(from));
    GI_TRY(copyTurn(from, *made->m_track));
    return made;
}

Result<> CopiedTrack::openFilter(const AVStream &from)
{
    const bool isVideo = from.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
    AVBSFContext *filter = nullptr;
    // "null" passes everything on.
    if (const int parsed = av_bsf_list_parse_str(isVideo ? kWithoutMessages : "null", &filter); parsed < 0)
        return outputError("make a bitstream filter", parsed, m_to.deadline());
    m_filter.reset(filter);
    if (avcodec_parameters_copy(filter->par_in, from.codecpar) < 0)
        return noMemory();
    filter->time_base_in = from.time_base;
    if (const int begun = av_bsf_init(filter); begun < 0)
        return sourceError("read the track's parameters", begun, m_to.deadline());
    if (avcodec_parameters_copy(m_track->codecpar, filter->par_out) < 0)
        return noMemory();
    m_track->codecpar->codec_tag = 0; // as MP4 names it
    m_track->time_base = from.time_base;
    return {};
}

Result<> CopiedTrack::take(AVPacket &packet)
{
    if (packet.pts != AV_NOPTS_VALUE)
        packet.pts -= m_start;
    if (packet.dts != AV_NOPTS_VALUE)
        packet.dts -= m_start;
    if (const int sent = av_bsf_send_packet(m_filter.get(), &packet); sent < 0)
        return sourceError("filter a packet", sent, m_to.deadline());
    return writeFiltered();
}

Result<> CopiedTrack::finish()
{
    if (const int sent = av_bsf_send_packet(m_filter.get(), nullptr); sent < 0)
        return sourceError("end the track", sent, m_to.deadline());
    return writeFiltered();
}

Result<> CopiedTrack::writeFiltered()
{
    for (;;) {
        const int got = av_bsf_receive_packet(m_filter.get(), m_packet.get());
        if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
            return {};
        if (got < 0)
            return sourceError("filter a packet", got, m_to.deadline());
        GI_TRY(m_to.write(*m_packet, *m_track, m_timeBase));
    }
}

} // namespace graminsta::video
