// SPDX-License-Identifier: GPL-3.0-or-later
// FFmpeg's headers, which know nothing of C++, and owners for what they hand out.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <memory>

namespace graminsta::video
{

// Micro-seconds: what times of different tracks are compared in.
inline constexpr AVRational kMicroseconds { 1, 1'000'000 };

struct AvFree {
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
    void operator()(AVCodecContext *context) const { avcodec_free_context(&context); }
    void operator()(AVBSFContext *context) const { av_bsf_free(&context); }
    void operator()(AVFilterGraph *graph) const { avfilter_graph_free(&graph); }
    void operator()(AVFilterInOut *ends) const { avfilter_inout_free(&ends); }
};

template<typename T> using Av = std::unique_ptr<T, AvFree>;

// Options by name, freed with what was not taken of them.
class AvOptions
{
public:
    AvOptions() = default;
    ~AvOptions() { av_dict_free(&m_options); }
    AvOptions(const AvOptions &) = delete;
    AvOptions &operator=(const AvOptions &) = delete;

    void set(const char *name, const char *value) { av_dict_set(&m_options, name, value, 0); }
    void set(const char *name, int64_t value) { av_dict_set_int(&m_options, name, value, 0); }
    [[nodiscard]] AVDictionary **get() { return &m_options; }

private:
    AVDictionary *m_options = nullptr;
};

} // namespace graminsta::video
