// SPDX-License-Identifier: GPL-3.0-or-later
#include "poster.h"

#include "averror.h"
#include "framefilter.h"

#include <QFile>

#include <algorithm>
#include <array>

namespace graminsta::video
{

namespace
{

// Videos fade in: where to look, as a share of the length, until a frame has some light in it.
constexpr std::array<double, 4> kPlaces { 0.1, 0.3, 0.5, 0 };
constexpr int64_t kFarthest = 10'000'000; // microseconds; a key frame is not far
constexpr double kMinLight = 24; // of 255, the mean over all pixels

class PosterMaker
{
public:
    PosterMaker(VideoSource &source, const Inventory &inventory, int threads, Av<AVCodecContext> decoder)
        : m_source(source)
        , m_decoding(std::move(decoder), source.deadline())
        , m_filter([size = QSize(inventory.facts.width, inventory.facts.height), turn = source.turn()](
                       const AVFrame &frame) { return pictureChain(frame, size, turn, false, PixelForm::Poster); },
                   source.video().time_base, threads, 0, source.deadline())
        , m_packet(av_packet_alloc())
    {
    }

    // The first frame at or after that time; of the last ones if there is none. Null if nothing can be decoded.
    [[nodiscard]] Result<Av<AVFrame>> frameAt(int64_t microseconds)
    {
        if (!m_packet)
            return noMemory();
        GI_TRY(m_source.seek(microseconds));
        m_decoding.flush();
        m_found.reset();
        m_reached = false;
        const int64_t wanted = av_rescale_q(microseconds, kMicroseconds, m_source.video().time_base);
        const FrameTaker keep = [this, wanted](AVFrame &frame) -> Result<> {
            if (m_reached)
                return {};
            m_reached = frame.best_effort_timestamp >= wanted;
            m_found.reset(av_frame_clone(&frame));
            return m_found ? Result<>() : Result<>(noMemory());
        };
        while (!m_reached && GI_TRY(m_source.read(*m_packet))) {
            if (m_packet->stream_index == m_source.video().index)
                GI_TRY(m_decoding.take(m_packet.get(), keep));
        }
        if (!m_reached)
            GI_TRY(m_decoding.take(nullptr, keep));
        return std::move(m_found);
    }

    [[nodiscard]] Result<Av<AVFrame>> toRgb(AVFrame &frame)
    {
        Av<AVFrame> rgb;
        const FrameTaker keep = [&rgb](AVFrame &filtered) -> Result<> {
            rgb.reset(av_frame_clone(&filtered));
            return rgb ? Result<>() : Result<>(noMemory());
        };
        GI_TRY(m_filter.take(&frame, keep));
        return rgb;
    }

private:
    VideoSource &m_source;
    Decoding m_decoding;
    FrameFilter m_filter;
    Av<AVPacket> m_packet;
    Av<AVFrame> m_found;
    bool m_reached = false;
};

double lightOf(const AVFrame &rgb)
{
    quint64 sum = 0;
    const int bytes = rgb.width * 3;
    for (int y = 0; y < rgb.height; ++y) {
        const uint8_t *line = rgb.data[0] + static_cast<ptrdiff_t>(y) * rgb.linesize[0];
        for (int x = 0; x < bytes; ++x)
            sum += line[x];
    }
    return static_cast<double>(sum) / (static_cast<double>(bytes) * rgb.height);
}

Result<> writePng(AVFrame &rgb, const QString &file, const Deadline &deadline)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
    const Av<AVCodecContext> context(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    const Av<AVPacket> packet(av_packet_alloc());
    if (!context || !packet)
        return noMemory();
    context->width = rgb.width;
    context->height = rgb.height;
    context->pix_fmt = AV_PIX_FMT_RGB24;
    context->time_base = { 1, 25 };
    context->compression_level = 1; // it is read once and deleted
    int done = avcodec_open2(context.get(), codec, nullptr);
    if (done >= 0)
        done = avcodec_send_frame(context.get(), &rgb);
    if (done >= 0)
        done = avcodec_send_frame(context.get(), nullptr);
    if (done >= 0)
        done = avcodec_receive_packet(context.get(), packet.get());
    if (done < 0)
        return outputError("encode the poster", done, deadline);
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(reinterpret_cast<const char *>(packet->data), packet->size) < 0
        || !out.flush())
        return makeError(Fault::Unavailable, QStringLiteral("Videos cannot be stored now. Please try again later."),
                         out.errorString());
    return {};
}

} // namespace

Result<> writePoster(VideoSource &source, const Inventory &inventory, int threads, const QString &file)
{
    const AVCodecParameters &parameters = *source.video().codecpar;
    Av<AVCodecContext> decoder = GI_TRY(
        openDecoder(source.video(), int64_t { parameters.width } * parameters.height, threads, source.deadline()));
    PosterMaker maker(source, inventory, threads, std::move(decoder));
    const int64_t length = std::chrono::microseconds(inventory.facts.duration).count();
    Av<AVFrame> best;
    double bestLight = -1;
    for (const double place : kPlaces) {
        const auto offset = std::min(static_cast<int64_t>(static_cast<double>(length) * place), kFarthest);
        Av<AVFrame> frame = GI_TRY(maker.frameAt(inventory.videoStart + offset));
        if (!frame)
            continue;
        Av<AVFrame> rgb = GI_TRY(maker.toRgb(*frame));
        const double light = rgb ? lightOf(*rgb) : -1;
        if (light > bestLight) {
            best = std::move(rgb);
            bestLight = light;
        }
        if (bestLight >= kMinLight)
            break;
    }
    if (!best)
        return broken(QStringLiteral("no frame can be decoded"));
    return writePng(*best, file, source.deadline());
}

} // namespace graminsta::video
