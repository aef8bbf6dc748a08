// SPDX-License-Identifier: GPL-3.0-or-later
#include "conversion.h"

#include "audioencoding.h"
#include "averror.h"
#include "copiedtrack.h"
#include "videoencoding.h"

namespace graminsta::video
{

using ports::VideoMaking;

namespace
{

// A bit above 60, where it was meant to be 60.
constexpr double kMaxCopiedFrameRate = 61;
constexpr int kMaxCopiedLong = 1920;
constexpr int kMaxCopiedShort = 1088; // 1080 in whole blocks, as some recorders leave it

bool hasPlainColours(const AVCodecParameters &parameters)
{
    const bool isPlain = parameters.format == AV_PIX_FMT_YUV420P || parameters.format == AV_PIX_FMT_YUVJ420P;
    return isPlain && parameters.color_trc != AVCOL_TRC_SMPTE2084 && parameters.color_trc != AVCOL_TRC_ARIB_STD_B67
        && parameters.color_primaries != AVCOL_PRI_BT2020;
}

bool isProgressive(const AVCodecParameters &parameters)
{
    return parameters.field_order == AV_FIELD_UNKNOWN || parameters.field_order == AV_FIELD_PROGRESSIVE;
}

double rateOf(const entities::FrameRate &rate)
{
    return static_cast<double>(rate.numerator) / rate.denominator;
}

bool isCopiedSound(const AVCodecParameters &parameters)
{
    return parameters.codec_id == AV_CODEC_ID_AAC && parameters.ch_layout.nb_channels <= 2
        && parameters.sample_rate <= 48'000 && parameters.extradata_size > 0;
}

Result<std::unique_ptr<Track>> pictureTrack(const VideoSource &source, const Inventory &inventory, VideoMaking making,
                                            const ports::VideoLimits &limits, int threads, Mp4File &file)
{
    if (making == VideoMaking::Copied)
        return std::unique_ptr<Track>(GI_TRY(CopiedTrack::create(source.video(), inventory.start, file)));
    PicturePlan plan;
    plan.size = fittingSize({ inventory.facts.width, inventory.facts.height });
    plan.frameRate = rateOf(inventory.facts.frameRate);
    plan.start = inventory.start;
    plan.maxPixels = limits.maxPixels;
    plan.threads = threads;
    return std::unique_ptr<Track>(GI_TRY(VideoEncoding::create(source, plan, file)));
}

// Null if there is no sound.
Result<std::unique_ptr<Track>> soundTrack(const VideoSource &source, const Inventory &inventory, Mp4File &file)
{
    if (inventory.facts.audioCodec.isEmpty())
        return std::unique_ptr<Track>();
    const AVStream &track = *source.audio();
    if (isCopiedSound(*track.codecpar) && !inventory.changesMidway)
        return std::unique_ptr<Track>(GI_TRY(CopiedTrack::create(track, inventory.start, file)));
    return std::unique_ptr<Track>(GI_TRY(AudioEncoding::create(track, inventory.start, file)));
}

} // namespace

VideoMaking makingOf(const VideoSource &source, const Inventory &inventory)
{
    const AVCodecParameters &parameters = *source.video().codecpar;
    const ports::VideoFacts &facts = inventory.facts;
    const QSize stored(parameters.width, parameters.height);
    const QSize shown = source.turn().swapsSides() ? stored.transposed() : stored;
    const bool isPlayable = parameters.codec_id == AV_CODEC_ID_H264 && hasPlainColours(parameters)
        && isProgressive(parameters) && parameters.extradata_size > 0 && !inventory.changesMidway
        && !source.turn().mirrored;
    const bool isSmall = std::max(shown.width(), shown.height()) <= kMaxCopiedLong
        && std::min(shown.width(), shown.height()) <= kMaxCopiedShort && shown == QSize(facts.width, facts.height)
        && rateOf(facts.frameRate) <= kMaxCopiedFrameRate;
    return isPlayable && isSmall ? VideoMaking::Copied : VideoMaking::Encoded;
}

Result<> convert(VideoSource &source, const Inventory &inventory, VideoMaking making, const ports::VideoLimits &limits,
                 int threads, const QString &file)
{
    const std::unique_ptr<Mp4File> made = GI_TRY(Mp4File::create(file, source.deadline()));
    const std::unique_ptr<Track> pictures = GI_TRY(pictureTrack(source, inventory, making, limits, threads, *made));
    const std::unique_ptr<Track> sound = GI_TRY(soundTrack(source, inventory, *made));
    GI_TRY(made->begin());
    const Av<AVPacket> packet(av_packet_alloc());
    if (!packet)
        return noMemory();
    while (GI_TRY(source.read(*packet))) {
        if (packet->stream_index == source.video().index)
            GI_TRY(pictures->take(*packet));
        else if (sound)
            GI_TRY(sound->take(*packet));
    }
    GI_TRY(pictures->finish());
    if (sound)
        GI_TRY(sound->finish());
    return made->finish();
}

} // namespace graminsta::video
