// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory.h"

#include "averror.h"
#include "codecs.h"

#include <algorithm>
#include <cmath>

namespace graminsta::video
{

namespace
{

// A year: beyond it, arithmetic with hostile times could overflow.
constexpr int64_t kMaxTime = 366LL * 24 * 3600 * 1'000'000;
// What a WebM may lack at the end of what its header says: some recorders round.
constexpr double kMissingShare = 0.01;
constexpr double kMissingSeconds = 0.15;
// A recorder that was stopped may have begun one more frame than it wrote.
constexpr int64_t kMissingPackets = 1;
constexpr int64_t kPriming = 100'000;

// The times of one track in microseconds.
class TrackTimes
{
public:
    explicit TrackTimes(const AVStream &track)
        : m_base(track.time_base)
    {
    }

    // False for a packet without a usable time.
    [[nodiscard]] bool add(const AVPacket &packet)
    {
        const int64_t stamp = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
        if (stamp == AV_NOPTS_VALUE)
            return false;
        const int64_t start = av_rescale_q(stamp, m_base, kMicroseconds);
        const int64_t length = av_rescale_q(std::max<int64_t>(packet.duration, 0), m_base, kMicroseconds);
        if (start < -kMaxTime || start > kMaxTime || length < 0 || length > kMaxTime)
            return false;
        if ((packet.flags & AV_PKT_FLAG_CORRUPT) == 0)
            ++m_whole;
        // Played by nobody: the track's edit list leaves it out.
        if ((packet.flags & AV_PKT_FLAG_DISCARD) != 0)
            return true;
        m_start = m_packets == 0 ? start : std::min(m_start, start);
        m_last = m_packets == 0 ? start : std::max(m_last, start);
        m_end = m_packets == 0 ? start + length : std::max(m_end, start + length);
        ++m_packets;
        return true;
    }

    [[nodiscard]] int64_t packets() const { return m_packets; }
    [[nodiscard]] int64_t whole() const { return m_whole; } // with those that nobody sees
    [[nodiscard]] int64_t start() const { return m_start; }
    // Where a packet does not say how long it is, the last one is taken to be as long as the others.
    [[nodiscard]] int64_t end() const
    {
        const int64_t usual = m_packets > 1 ? (m_last - m_start) / (m_packets - 1) : 0;
        return std::max(m_end, m_last + (m_end > m_last ? 0 : usual));
    }
    [[nodiscard]] double seconds() const { return static_cast<double>(end() - m_start) / 1e6; }

private:
    AVRational m_base;
    int64_t m_packets = 0;
    int64_t m_whole = 0;
    int64_t m_start = 0;
    int64_t m_last = 0;
    int64_t m_end = 0;
};

QString inSeconds(double seconds)
{
    return QString::number(seconds, 'f', seconds < 100 ? 1 : 0);
}

Error notWhole(double declared, double seconds)
{
    return makeError(Fault::Unprocessable,
                     QStringLiteral("The video is not whole: it should last %1 s and ends after %2 s. Please upload it "
                                    "again.")
                         .arg(inSeconds(declared), inSeconds(seconds)));
}

// MP4 and MOV list their packets; a WebM only says how long it is.
Result<> checkWhole(const VideoSource &source, const TrackTimes &pictures, const TrackTimes &sound, double seconds)
{
    const AVFormatContext &format = source.format();
    const bool isKnown =
        format.duration != AV_NOPTS_VALUE && format.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE;
    const double declared = isKnown ? static_cast<double>(format.duration) / 1e6 : seconds;
    if (source.type().format == VideoFormat::WebM) {
        const double missing = declared - seconds;
        return missing > std::max(kMissingSeconds, declared * kMissingShare) ? Result<>(notWhole(declared, seconds))
                                                                             : Result<>();
    }
    const auto lacks = [](const AVStream *track, const TrackTimes &times) {
        return track != nullptr && avformat_index_get_entries_count(track) - times.whole() > kMissingPackets;
    };
    return lacks(&source.video(), pictures) || lacks(source.audio(), sound)
        ? Result<>(notWhole(std::max(declared, seconds), seconds))
        : Result<>();
}

Result<> checkDuration(double seconds, const ports::VideoLimits &limits)
{
    const double allowed = std::chrono::duration<double>(limits.maxDuration).count();
    // Sound and pictures rarely end at the same time; nobody cuts to the millisecond.
    if (seconds <= allowed + 0.5)
        return {};
    return makeError(Fault::TooLarge,
                     QStringLiteral("The video lasts %1 s; at most %2 s are allowed. Please cut it.")
                         .arg(inSeconds(seconds), inSeconds(allowed)));
}

// The track's own figure where it agrees with what was counted: it is exact (30000/1001).
Result<entities::FrameRate> frameRate(const VideoSource &source, const TrackTimes &times,
                                      const ports::VideoLimits &limits)
{
    const double counted = times.seconds() > 0 ? static_cast<double>(times.packets()) / times.seconds() : 1;
    const AVRational declared = source.video().avg_frame_rate;
    const double said = declared.num > 0 && declared.den > 0 ? av_q2d(declared) : 0;
    const bool agrees = std::abs(said - counted) < counted * 0.02;
    const AVRational rate = agrees ? declared : av_d2q(counted, 1001);
    // Some in a burst are dropped on the way; a bit above is what a slow clock makes of 120.
    if (counted > limits.maxFrameRate * 1.05)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The video has %1 frames a second; at most %2 are allowed.")
                             .arg(std::lround(counted))
                             .arg(limits.maxFrameRate));
    return entities::FrameRate { std::max(rate.num, 1), std::max(rate.den, 1) };
}

} // namespace

Result<QSize> shownSize(const VideoSource &source, const ports::VideoLimits &limits)
{
    const AVCodecParameters &parameters = *source.video().codecpar;
    if (parameters.width <= 0 || parameters.height <= 0)
        return broken(QStringLiteral("the pictures have no size"));
    const int64_t pixels = int64_t { parameters.width } * parameters.height;
    if (pixels > limits.maxPixels)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The video has %1 x %2 = %3 pixels; at most %4 are allowed.")
                             .arg(parameters.width)
                             .arg(parameters.height)
                             .arg(pixels)
                             .arg(limits.maxPixels));
    AVRational shape = source.video().sample_aspect_ratio.num > 0 ? source.video().sample_aspect_ratio
                                                                  : parameters.sample_aspect_ratio;
    // What nobody would film is no shape of a pixel.
    if (shape.num <= 0 || shape.den <= 0 || av_q2d(shape) > 4 || av_q2d(shape) < 0.25)
        shape = { 1, 1 };
    QSize size(std::max(1, static_cast<int>(std::lround(parameters.width * av_q2d(shape)))), parameters.height);
    return source.turn().swapsSides() ? size.transposed() : size;
}

Result<Inventory> takeInventory(VideoSource &source, const ports::VideoLimits &limits)
{
    const QSize size = GI_TRY(shownSize(source, limits));
    Av<AVPacket> packet(av_packet_alloc());
    if (!packet)
        return noMemory();
    Inventory inventory;
    TrackTimes pictures(source.video());
    TrackTimes sound(source.audio() != nullptr ? *source.audio() : source.video());
    while (GI_TRY(source.read(*packet))) {
        if (packet->stream_index != source.video().index) {
            static_cast<void>(sound.add(*packet));
        } else if (!pictures.add(*packet)) {
            return broken(QStringLiteral("a frame has no time"));
        }
        if (av_packet_get_side_data(packet.get(), AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr)
            inventory.changesMidway = true;
    }
    if (pictures.packets() < 2)
        return makeError(Fault::Unprocessable, QStringLiteral("The video has no pictures that move."));
    inventory.videoStart = pictures.start();
    // What a codec of sound needs to get going comes before the pictures, and is not heard.
    const bool soundIsFirst = sound.packets() > 0 && sound.start() < pictures.start() - kPriming;
    inventory.start = soundIsFirst ? sound.start() : pictures.start();
    const int64_t end = sound.packets() > 0 ? std::max(pictures.end(), sound.end()) : pictures.end();
    const double seconds = static_cast<double>(end - inventory.start) / 1e6;
    GI_TRY(checkDuration(seconds, limits));
    GI_TRY(checkWhole(source, pictures, sound, seconds));

    ports::VideoFacts &facts = inventory.facts;
    facts.mimeType = source.type().mimeType;
    facts.extension = source.type().extension;
    facts.videoCodec = videoCodec(source.video().codecpar->codec_id)->name;
    facts.audioCodec = sound.packets() > 0 ? QString(audioCodec(source.audio()->codecpar->codec_id)->name) : QString();
    facts.width = size.width();
    facts.height = size.height();
    facts.duration = std::chrono::milliseconds((end - inventory.start) / 1000);
    facts.frameRate = GI_TRY(frameRate(source, pictures, limits));
    return inventory;
}

} // namespace graminsta::video
