// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/video/isolatedvideoprocessor.h>

#include "hash.h"
#include "identity.h"
#include "videowire.h"

#include <graminsta/isolation/childfiles.h>
#include <graminsta/ports/stagedfile.h>

#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>
#include <csignal>

namespace graminsta::video
{

namespace
{

Q_LOGGING_CATEGORY(logVideo, "graminsta.video", QtInfoMsg)

// Of one video, however late the deadline is: some ten times what five minutes of 4K take on one slow core.
constexpr std::chrono::minutes kMostTime { 30 };
// The child gives up by itself a little before it is killed: that costs no child.
constexpr std::chrono::milliseconds kGrace { 1000 };

Error cancelled()
{
    return makeError(Fault::Cancelled, QStringLiteral("The video was not processed: the server is stopping."));
}

std::chrono::milliseconds timeFor(const Deadline &deadline)
{
    return std::min<std::chrono::milliseconds>(deadline.remaining(), kMostTime);
}

// Of the file that was made, its path here; `beginning` is what such a file has at that offset.
Result<ports::StagedFile> taken(const QString &made, const QByteArray &beginning, qsizetype offset,
                                const QString &outputFolder, QLatin1String extension)
{
    const QByteArray head = GI_TRY(isolation::headOfMade(made, offset + beginning.size()));
    if (head.mid(offset) != beginning)
        return makeError(Fault::Unprocessable, QStringLiteral("The video is damaged or incomplete."),
                         QStringLiteral("the child process has made a file that is no ") + extension);
    return ports::StagedFile(GI_TRY(isolation::takeOver(made, outputFolder, extension)));
}

Result<ports::ProcessedVideo> taken(ports::ProcessedVideo video, const QString &outputFolder)
{
    ports::StagedFile file = GI_TRY(taken(video.file, "ftyp", 4, outputFolder, QLatin1String("mp4")));
    ports::StagedFile poster = GI_TRY(taken(video.posterFile, "\x89PNG", 0, outputFolder, QLatin1String("png")));
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

Result<QJsonObject> IsolatedVideoProcessor::asked(isolation::ChildPool::Lease &child, const QString &sourceFile,
                                                  const QJsonObject &request, std::chrono::milliseconds time)
{
    GI_TRY(isolation::handOver(sourceFile, child.inputFolder() + QLatin1Char('/') + kSourceName));
    {
        const std::lock_guard lock(m_mutex);
        if (m_interrupted)
            return cancelled();
        m_working.insert(child.processId());
    }
    Result<QJsonObject> answer = child.ask(request, Deadline::after(time + kGrace));
    {
        const std::lock_guard lock(m_mutex);
        m_working.erase(child.processId());
        if (m_interrupted)
            return cancelled();
    }
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

void IsolatedVideoProcessor::interrupt()
{
    const std::lock_guard lock(m_mutex);
    m_interrupted = true;
    // They hold nothing that is not made again.
    for (const qint64 pid : m_working)
        ::kill(static_cast<pid_t>(pid), SIGKILL);
}

Result<std::optional<ports::VideoIdentity>> IsolatedVideoProcessor::identify(const QString &sourceFile,
                                                                             const ports::VideoLimits &limits) const
{
    return identifyVideo(sourceFile, limits);
}

Result<ports::VideoFacts> IsolatedVideoProcessor::probe(const QString &sourceFile, const ports::VideoLimits &limits,
                                                        const Deadline &deadline)
{
    isolation::ChildPool::Lease child = GI_TRY(m_children->lease(deadline));
    const std::chrono::milliseconds time = timeFor(deadline);
    const QJsonObject answer =
        GI_TRY(asked(child, sourceFile, toJson(VideoRequest { VideoTask::Probe, limits, time }), time));
    return videoFacts(answer, limits);
}

Result<ports::ProcessedVideo> IsolatedVideoProcessor::process(const QString &sourceFile,
                                                              const ports::VideoLimits &limits,
                                                              const QString &outputFolder, const Deadline &deadline)
{
    isolation::ChildPool::Lease child = GI_TRY(m_children->lease(deadline));
    const std::chrono::milliseconds time = timeFor(deadline);
    const QJsonObject answer =
        GI_TRY(asked(child, sourceFile, toJson(VideoRequest { VideoTask::Process, limits, time }), time));
    ports::ProcessedVideo video = GI_TRY(processedVideo(answer, limits, child.outputFolder()));
    Result<ports::ProcessedVideo> ours = taken(std::move(video), outputFolder);
    if (!ours && ours.error().fault == Fault::Unprocessable)
        child.distrust();
    return ours;
}

QStringList IsolatedVideoProcessor::supportedMimeTypes() const
{
    return videoMimeTypes();
}

Result<isolation::Confinement> IsolatedVideoProcessor::check(const Deadline &deadline)
{
    return GI_TRY(m_children->lease(deadline)).confinement();
}

} // namespace graminsta::video
