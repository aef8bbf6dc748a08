// SPDX-License-Identifier: GPL-3.0-or-later
#include "codecs.h"

#include <algorithm>
#include <array>

namespace graminsta::video
{

namespace
{

constexpr std::array<Codec, 5> kVideoCodecs { {
    { AV_CODEC_ID_H264, "h264", QLatin1String("H.264") },
    { AV_CODEC_ID_HEVC, "hevc", QLatin1String("HEVC") },
    { AV_CODEC_ID_VP8, "vp8", QLatin1String("VP8") },
    { AV_CODEC_ID_VP9, "vp9", QLatin1String("VP9") },
    { AV_CODEC_ID_AV1, "libdav1d", QLatin1String("AV1") },
} };

// Besides what phones and browsers record, the uncompressed sound of cameras.
constexpr std::array<Codec, 10> kAudioCodecs { {
    { AV_CODEC_ID_AAC, "aac", QLatin1String("AAC") },
    { AV_CODEC_ID_OPUS, "opus", QLatin1String("Opus") },
    { AV_CODEC_ID_VORBIS, "vorbis", QLatin1String("Vorbis") },
    { AV_CODEC_ID_MP3, "mp3float", QLatin1String("MP3") },
    { AV_CODEC_ID_ALAC, "alac", QLatin1String("ALAC") },
    { AV_CODEC_ID_PCM_S16LE, "pcm_s16le", QLatin1String("PCM") },
    { AV_CODEC_ID_PCM_S16BE, "pcm_s16be", QLatin1String("PCM") },
    { AV_CODEC_ID_PCM_S24LE, "pcm_s24le", QLatin1String("PCM") },
    { AV_CODEC_ID_PCM_S24BE, "pcm_s24be", QLatin1String("PCM") },
    { AV_CODEC_ID_PCM_F32LE, "pcm_f32le", QLatin1String("PCM") },
} };

template<typename Table> const Codec *find(const Table &table, AVCodecID id)
{
    const auto found = std::find_if(table.begin(), table.end(), [id](const Codec &codec) { return codec.id == id; });
    return found == table.end() ? nullptr : found;
}

} // namespace

const Codec *videoCodec(AVCodecID id)
{
    return find(kVideoCodecs, id);
}

const Codec *audioCodec(AVCodecID id)
{
    return find(kAudioCodecs, id);
}

const QByteArray &decoderNames()
{
    static const QByteArray names = [] {
        QByteArray all;
        for (const Codec &codec : kVideoCodecs)
            all.append(codec.decoder).append(',');
        for (const Codec &codec : kAudioCodecs)
            all.append(codec.decoder).append(',');
        all.chop(1);
        return all;
    }();
    return names;
}

} // namespace graminsta::video
