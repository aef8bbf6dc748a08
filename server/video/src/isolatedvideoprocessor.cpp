// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/video/isolatedvideoprocessor.h>

#include "hash.h"
#include "sniffer.h"
#include "videowire.h"

#include <graminsta/ports/stagedfile.h>

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>

#include <unistd.h>

namespace graminsta::video
{

namespace
{

Q_LOGGING_CATEGORY(logVideo, "graminsta.video", QtInfoMsg)

// Of one video, however late the deadline is: some ten times what five minutes of 4K take on one slow core.
constexpr std::chrono::minutes kMostTime { 30 };
// The child gives up by itself a little before it is killed: that costs no child.
constexpr std::chrono::milliseconds kGrace { 1000 };

Result<> handOver(const QString &sourceFile, const QString &to)
{
    QFile::remove(to);
    if (::link(QFile::encodeName(sourceFile).constData(), QFile::encodeName(to).constData()) == 0
        || QFile::copy(sourceFile, to))
        return {};
    return makeError(Fault::Unavailable, QStringLiteral("The video cannot be read now."),
                     QStringLiteral("%1 to %2").arg(sourceFile, to));
}

// What a child has said, or why it has said nothing.
Result<QJsonObject> asked(isolation::ChildPool::Lease &child, const QString &sourceFile, VideoRequest request,
                          const Deadline &deadline)
{
    GI_TRY(handOver(sourceFile, child.inputFolder() + QLatin1Char('/') + kSourceName));
    request.time = std::min<std::chrono::milliseconds>(deadline.remaining(), kMostTime);
    Result<QJsonObject> answer = child.ask(toJson(request), Deadline::after(request.time + kGrace));
    if (answer)
        return answer;
    qCWarning(logVideo, "a video of %lld bytes ended its process: %s", QFileInfo(sourceFile).size(),
              qPrintable(describe(answer.error())));
    if (answer.error().fault == Fault::Timeout)
        return makeError(Fault::Timeout, QStringLiteral("Processing the video took too long."), answer.error().detail);
    return makeError(Fault::Unprocessable,
                     QStringLiteral("The video cannot be processed: it makes the decoder fail. It may be damaged; "
                                    "exporting it anew as MP4 can help."),
                     answer.error().detail);
}

Result<ports::ProcessedVideo> taken(ports::ProcessedVideo video, const QString &outputFolder)
{
    ports::StagedFile file(GI_TRY(takeOver(video.file, "ftyp", 4, outputFolder, QLatin1String(".mp4"))));
    ports::StagedFile poster(GI_TRY(takeOver(video.posterFile, "\x89PNG", 0, outputFolder, QLatin1String(".png"))));
    video.sha256 = GI_TRY(sha256OfFile(file.path()));
    video.bytes = QFileInfo(file.path()).size();
    video.file = file.release();
    video.posterFile = poster.release();
    return video;
}

} // namespace

isolation::ChildPoolSettings videoChildren()
{
    isolation::ChildPoolSettings settings;
    settings.children = 1;
    // Measured: HDR in 4K takes 1,050 MiB of addresses and 540 MiB of memory, Full HD 460 MiB and 80 MiB.
    settings.limits.addressSpace = 2048LL * 1024 * 1024;
    settings.limits.cpuTime = std::chrono::hours(4);
    settings.limits.fileSize = 1024LL * 1024 * 1024;
    settings.limits.niceness = 10;
    settings.requestsPerChild = 50;
    return settings;
}

IsolatedVideoProcessor::IsolatedVideoProcessor(std::unique_ptr<isolation::ChildPool> children)
    : m_children(std::move(children))
{
}

Result<std::unique_ptr<IsolatedVideoProcessor>> IsolatedVideoProcessor::create(const IsolatedVideoSettings &settings)
{
    std::unique_ptr<isolation::ChildPool> children = GI_TRY(isolation::ChildPool::create(settings.children));
    return std::unique_ptr<IsolatedVideoProcessor>(new IsolatedVideoProcessor(std::move(children)));
}

bool IsolatedVideoProcessor::recognises(const QByteArray &head) const
{
    return sniffVideoType(head) != nullptr;
}

Result<ports::VideoFacts> IsolatedVideoProcessor::probe(const QString &sourceFile, const ports::VideoLimits &limits,
                                                        const Deadline &deadline)
{
    isolation::ChildPool::Lease child = GI_TRY(m_children->lease(deadline));
    const QJsonObject answer = GI_TRY(asked(child, sourceFile, { VideoTask::Probe, limits, {} }, deadline));
    return videoFacts(answer, limits);
}

Result<ports::ProcessedVideo> IsolatedVideoProcessor::process(const QString &sourceFile,
                                                              const ports::VideoLimits &limits,
                                                              const QString &outputFolder, const Deadline &deadline)
{
    isolation::ChildPool::Lease child = GI_TRY(m_children->lease(deadline));
    const QJsonObject answer = GI_TRY(asked(child, sourceFile, { VideoTask::Process, limits, {} }, deadline));
    ports::ProcessedVideo video = GI_TRY(processedVideo(answer, limits, child.outputFolder()));
    Result<ports::ProcessedVideo> ours = taken(std::move(video), outputFolder);
    if (!ours && ours.error().fault == Fault::Unprocessable)
        child.distrust();
    return ours;
}

QStringList IsolatedVideoProcessor::supportedMimeTypes() const
{
    QStringList mimeTypes;
    for (const VideoType &type : kVideoTypes)
        mimeTypes.append(type.mimeType);
    return mimeTypes;
}

Result<isolation::Confinement> IsolatedVideoProcessor::check(const Deadline &deadline)
{
    return GI_TRY(m_children->lease(deadline)).confinement();
}

} // namespace graminsta::video
