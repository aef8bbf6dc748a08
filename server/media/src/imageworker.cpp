// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/media/imageworker.h>

#include "imagewire.h"

#include <graminsta/isolation/childworker.h>
#include <graminsta/media/vipsimageprocessor.h>

namespace graminsta::media
{

namespace
{

// Those of the same process would share it; here there is one picture at a time, and RLIMIT_AS holds it.
constexpr qint64 kAllMemory = 1LL << 40;

Result<isolation::AnswerRequest> prepare(const isolation::ChildFolders &folders)
{
    const std::shared_ptr<VipsImageProcessor> processor = GI_TRY(VipsImageProcessor::create({ kAllMemory }));
    return isolation::AnswerRequest([processor, folders](const QJsonObject &object) {
        const ImageRequest request = imageRequest(object);
        return toJson(processor->process(folders.input + QLatin1Char('/') + kSourceName, request.limits,
                                         request.variants, folders.output, Deadline::after(request.time)));
    });
}

} // namespace

int runImageWorker()
{
    return isolation::runChildWorker(prepare);
}

} // namespace graminsta::media
