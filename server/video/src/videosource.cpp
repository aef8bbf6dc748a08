// SPDX-License-Identifier: GPL-3.0-or-later
#include "videosource.h"

#include "averror.h"
#include "codecs.h"

#include <cmath>

namespace graminsta::video
{

namespace
{

constexpr int kBlock = 256 * 1024;
constexpr int kMaxTracks = 32;
constexpr int64_t kProbedBytes = 8 * 1024 * 1024;
constexpr int64_t kAnalysedMicroseconds = 5'000'000;

struct Bytes {
    QFile &file;
    const Deadline &deadline;
};

int readBytes(void *opaque, uint8_t *buffer, int size)
{
    Bytes &bytes = *static_cast<Bytes *>(opaque);
    if (bytes.deadline.expired())
        return AVERROR_EXIT;
    const qint64 count = bytes.file.read(reinterpret_cast<char *>(buffer), size);
    if (count < 0)
        return AVERROR(EIO);
    return count == 0 ? AVERROR_EOF : static_cast<int>(count);
}

int64_t seekBytes(void *opaque, int64_t offset, int whence)
{
    QFile &file = static_cast<Bytes *>(opaque)->file;
    if (whence == AVSEEK_SIZE)
        return file.size();
    const int64_t target = whence == SEEK_CUR ? file.pos() + offset
        : whence == SEEK_END                  ? file.size() + offset
                                              : offset;
    return target >= 0 && file.seek(target) ? target : AVERROR(EINVAL);
}

// A playlist, a reference movie or a chapter list that names another file finds nobody to open it.
int openNothing(AVFormatContext *, AVIOContext **, const char *, int, AVDictionary **)
{
    return AVERROR(EACCES);
}

int isLate(void *opaque)
{
    return static_cast<const Deadline *>(opaque)->expired() ? 1 : 0;
}

const char *demuxerOf(const VideoType &type)
{
    return type.format == VideoFormat::WebM ? "matroska" : "mov";
}

QString codecName(const AVStream &track)
{
    const char *name = avcodec_get_name(track.codecpar->codec_id);
    return track.codecpar->codec_id == AV_CODEC_ID_NONE ? QStringLiteral("of an unknown kind")
                                                        : QString::fromLatin1(name).toUpper();
}

// A picture that comes with the sound (a cover) is no track of pictures.
bool isPictures(const AVStream &track)
{
    return track.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && (track.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

} // namespace

VideoSource::VideoSource(const QString &file, const VideoType &type, const Deadline &deadline)
    : m_file(file)
    , m_type(type)
    , m_deadline(deadline)
{
}

VideoSource::~VideoSource()
{
    avformat_close_input(&m_format);
    if (m_bytes != nullptr) {
        delete static_cast<Bytes *>(m_bytes->opaque);
        av_freep(static_cast<void *>(&m_bytes->buffer));
        avio_context_free(&m_bytes);
    }
}

Result<std::unique_ptr<VideoSource>> VideoSource::open(const QString &file, const VideoType &type,
                                                       const Deadline &deadline)
{
    std::unique_ptr<VideoSource> source(new VideoSource(file, type, deadline));
    GI_TRY(source->openFile());
    GI_TRY(source->openFormat());
    GI_TRY(source->chooseTracks());
    return source;
}

Result<> VideoSource::openFile()
{
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return makeError(Fault::Internal, QStringLiteral("The uploaded file cannot be read."), m_file.errorString());
    auto *buffer = static_cast<unsigned char *>(av_malloc(kBlock));
    auto bytes = std::make_unique<Bytes>(Bytes { m_file, m_deadline });
    m_bytes =
        buffer == nullptr ? nullptr : avio_alloc_context(buffer, kBlock, 0, bytes.get(), readBytes, nullptr, seekBytes);
    if (m_bytes == nullptr) {
        av_free(buffer);
        return noMemory();
    }
    static_cast<void>(
        bytes.release()); // NOLINT(bugprone-unused-return-value): the context has it; the destructor frees
    return {};
}

Result<> VideoSource::openFormat()
{
    m_format = avformat_alloc_context();
    if (m_format == nullptr)
        return noMemory();
    m_format->pb = m_bytes;
    m_format->flags |= AVFMT_FLAG_CUSTOM_IO;
    m_format->io_open = openNothing;
    m_format->interrupt_callback = { isLate, const_cast<Deadline *>(&m_deadline) };
    AvOptions options;
    options.set("codec_whitelist", decoderNames().constData());
    options.set("protocol_whitelist", "none");
    options.set("max_streams", kMaxTracks);
    options.set("probesize", kProbedBytes);
    options.set("analyzeduration", kAnalysedMicroseconds);
    const AVInputFormat *demuxer = av_find_input_format(demuxerOf(m_type));
    if (const int opened = avformat_open_input(&m_format, "", demuxer, options.get()); opened < 0)
        return sourceError("open", opened, m_deadline);
    if (const int found = avformat_find_stream_info(m_format, nullptr); found < 0)
        return sourceError("read the tracks", found, m_deadline);
    return {};
}

Result<> VideoSource::chooseTracks()
{
    const AVStream *strangeVideo = nullptr;
    const AVStream *strangeAudio = nullptr;
    for (unsigned i = 0; i < m_format->nb_streams; ++i) {
        AVStream *track = m_format->streams[i];
        track->discard = AVDISCARD_ALL;
        const AVCodecParameters &parameters = *track->codecpar;
        if (isPictures(*track)) {
            if (videoCodec(parameters.codec_id) == nullptr)
                strangeVideo = track;
            else if (m_video == nullptr)
                m_video = track;
        } else if (parameters.codec_type == AVMEDIA_TYPE_AUDIO) {
            if (audioCodec(parameters.codec_id) == nullptr)
                strangeAudio = track;
            else if (m_audio == nullptr)
                m_audio = track;
        }
    }
    if (m_video == nullptr && strangeVideo != nullptr)
        return makeError(
            Fault::UnsupportedType,
            QStringLiteral("The video's pictures are %1. Please export it as H.264, HEVC, VP8, VP9 or AV1.")
                .arg(codecName(*strangeVideo)));
    if (m_video == nullptr)
        return makeError(Fault::Unprocessable, QStringLiteral("The file has no pictures that move."));
    if (m_audio == nullptr && strangeAudio != nullptr)
        return makeError(Fault::UnsupportedType,
                         QStringLiteral("The video's sound is %1. Please export it with AAC, Opus, Vorbis, MP3 or PCM.")
                             .arg(codecName(*strangeAudio)));
    m_video->discard = AVDISCARD_DEFAULT;
    if (m_audio != nullptr)
        m_audio->discard = AVDISCARD_DEFAULT;
    return {};
}

Turn VideoSource::turn() const
{
    const uint8_t *data = av_stream_get_side_data(m_video, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
    if (data == nullptr)
        return {};
    // A row vector times this matrix is where a point is shown; 16.16 fixed point (ISO/IEC 14496-12 section 6.2.2).
    const auto *matrix = reinterpret_cast<const int32_t *>(data);
    const double a = matrix[0];
    const double b = matrix[1];
    const double c = matrix[3];
    const double d = matrix[4];
    Turn turn;
    turn.mirrored = a * d - b * c < 0;
    // Mirrored first, so that what remains is a rotation. y points down: a positive angle is clockwise.
    const double sign = turn.mirrored ? -1 : 1;
    const double degrees = std::atan2(sign * b, sign * a) * 180 / M_PI;
    turn.quarters = (static_cast<int>(std::lround(degrees / 90)) + 4) % 4;
    return turn;
}

Result<bool> VideoSource::read(AVPacket &packet)
{
    for (;;) {
        av_packet_unref(&packet);
        if (m_deadline.expired())
            return late();
        const int got = av_read_frame(m_format, &packet);
        if (got == AVERROR_EOF)
            return false;
        if (got < 0)
            return sourceError("read", got, m_deadline);
        const bool isAudio = m_audio != nullptr && packet.stream_index == m_audio->index;
        if (packet.stream_index == m_video->index || isAudio)
            return true;
    }
}

Result<> VideoSource::seek(int64_t microseconds)
{
    const int64_t target = av_rescale_q(microseconds, kMicroseconds, m_video->time_base);
    const int sought = av_seek_frame(m_format, m_video->index, target, AVSEEK_FLAG_BACKWARD);
    return sought < 0 ? Result<>(sourceError("seek", sought, m_deadline)) : Result<>();
}

Result<Av<AVCodecContext>> openDecoder(const AVStream &track, int64_t maxPixels, int threads, const Deadline &deadline)
{
    const AVCodecID id = track.codecpar->codec_id;
    const Codec *codec = track.codecpar->codec_type == AVMEDIA_TYPE_VIDEO ? videoCodec(id) : audioCodec(id);
    const AVCodec *decoder = codec == nullptr ? nullptr : avcodec_find_decoder_by_name(codec->decoder);
    if (decoder == nullptr)
        return makeError(Fault::UnsupportedType,
                         QStringLiteral("%1 cannot be read on this server.").arg(QLatin1String(avcodec_get_name(id))));
    Av<AVCodecContext> context(avcodec_alloc_context3(decoder));
    if (!context)
        return noMemory();
    if (const int taken = avcodec_parameters_to_context(context.get(), track.codecpar); taken < 0)
        return sourceError("read the track", taken, deadline);
    context->pkt_timebase = track.time_base;
    // Frames are held in whole blocks, which reach beyond what is shown.
    context->max_pixels = maxPixels == 0 ? context->max_pixels : maxPixels + maxPixels / 8 + 128 * 128;
    context->thread_count = threads;
    if (const int opened = avcodec_open2(context.get(), decoder, nullptr); opened < 0)
        return sourceError("open the decoder", opened, deadline);
    return context;
}

} // namespace graminsta::video
