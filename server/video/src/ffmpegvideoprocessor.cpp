// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/video/ffmpegvideoprocessor.h>

#include "averror.h"
#include "conversion.h"
#include "encoder.h"
#include "hash.h"
#include "identity.h"
#include "poster.h"

#include <graminsta/ports/stagedfile.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <limits>

namespace graminsta::video
{

using ports::ProcessedVideo;
using ports::VideoFacts;
using ports::VideoLimits;
using ports::VideoMaking;

namespace
{

// Of our own file: it has what it has.
const VideoLimits kNoLimits { std::numeric_limits<qint64>::max(), std::chrono::hours(24 * 365),
                              std::numeric_limits<qint64>::max(), 1'000'000 };

QString freshFile(const QString &folder, QLatin1String ending)
{
    return QDir(folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + ending);
}

// Where copying fails for the file's sake, its frames may still be fit to be encoded.
bool mayEncodeInstead(const Error &error)
{
    return error.fault == Fault::Unprocessable || error.fault == Fault::Internal;
}

} // namespace

FfmpegVideoProcessor::FfmpegVideoProcessor(const FfmpegSettings &settings)
    : m_settings(settings)
{
}

Result<std::unique_ptr<FfmpegVideoProcessor>> FfmpegVideoProcessor::create(const FfmpegSettings &settings)
{
    // It writes to standard error, and what it writes comes from the files.
    av_log_set_level(AV_LOG_QUIET);
    const bool isComplete = h264Encoder() != nullptr && avcodec_find_encoder(AV_CODEC_ID_AAC) != nullptr
        && avfilter_get_by_name("zscale") != nullptr;
    if (!isComplete)
        return makeError(Fault::Unavailable, QStringLiteral("Videos cannot be processed now."),
                         QStringLiteral("FFmpeg's libraries lack libx264, AAC or zscale"));
    return std::unique_ptr<FfmpegVideoProcessor>(new FfmpegVideoProcessor(settings));
}

Result<std::optional<ports::VideoIdentity>> FfmpegVideoProcessor::identify(const QString &sourceFile,
                                                                           const VideoLimits &limits) const
{
    return identifyVideo(sourceFile, limits);
}

Result<VideoFacts> FfmpegVideoProcessor::probe(const QString &sourceFile, const VideoLimits &limits,
                                               const Deadline &deadline)
{
    const VideoType *type = GI_TRY(videoTypeOf(sourceFile, limits));
    const std::unique_ptr<VideoSource> source = GI_TRY(VideoSource::open(sourceFile, *type, deadline));
    return GI_TRY(takeInventory(*source, limits)).facts;
}

Result<ProcessedVideo> FfmpegVideoProcessor::process(const QString &sourceFile, const VideoLimits &limits,
                                                     const QString &outputFolder, const Deadline &deadline)
{
    const VideoType *type = GI_TRY(videoTypeOf(sourceFile, limits));
    std::unique_ptr<VideoSource> source = GI_TRY(VideoSource::open(sourceFile, *type, deadline));
    const Inventory inventory = GI_TRY(takeInventory(*source, limits));

    ProcessedVideo video;
    video.source = inventory.facts;
    video.making = makingOf(*source, inventory);
    ports::StagedFile file(freshFile(outputFolder, QLatin1String(".mp4")));
    source = GI_TRY(VideoSource::open(sourceFile, *type, deadline));
    Result<> converted = convert(*source, inventory, video.making, limits, m_settings.threads, file.path());
    if (!converted && video.making == VideoMaking::Copied && mayEncodeInstead(converted.error())) {
        video.making = VideoMaking::Encoded;
        source = GI_TRY(VideoSource::open(sourceFile, *type, deadline));
        converted = convert(*source, inventory, video.making, limits, m_settings.threads, file.path());
    }
    if (!converted)
        return std::move(converted).error();

    // What others will see is looked at as hard as what came.
    source = GI_TRY(VideoSource::open(file.path(), *videoTypeByMime(u"video/mp4"), deadline));
    const Inventory made = GI_TRY(takeInventory(*source, kNoLimits));
    ports::StagedFile poster(freshFile(outputFolder, QLatin1String(".png")));
    GI_TRY(writePoster(*source, made, m_settings.threads, poster.path()));
    video.sha256 = GI_TRY(sha256OfFile(file.path()));
    video.bytes = QFileInfo(file.path()).size();
    video.width = made.facts.width;
    video.height = made.facts.height;
    video.duration = made.facts.duration;
    video.frameRate = made.facts.frameRate;
    video.file = file.release();
    video.posterFile = poster.release();
    return video;
}

QStringList FfmpegVideoProcessor::supportedMimeTypes() const
{
    return videoMimeTypes();
}

} // namespace graminsta::video
