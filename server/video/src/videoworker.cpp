// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/video/videoworker.h>

#include "videowire.h"

#include <graminsta/isolation/childworker.h>
#include <graminsta/video/ffmpegvideoprocessor.h>

namespace graminsta::video
{

namespace
{

Result<isolation::AnswerRequest> prepare(const isolation::ChildFolders &folders)
{
    const std::shared_ptr<FfmpegVideoProcessor> processor = GI_TRY(FfmpegVideoProcessor::create());
    return isolation::AnswerRequest([processor, folders](const QJsonObject &object) {
        const VideoRequest request = videoRequest(object);
        const QString source = folders.input + QLatin1Char('/') + kSourceName;
        const Deadline deadline = Deadline::after(request.time);
        return request.task == VideoTask::Probe
            ? toJson(processor->probe(source, request.limits, deadline))
            : toJson(processor->process(source, request.limits, folders.output, deadline));
    });
}

} // namespace

int runVideoWorker()
{
    return isolation::runChildWorker(prepare);
}

} // namespace graminsta::video
