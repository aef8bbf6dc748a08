// SPDX-License-Identifier: GPL-3.0-or-later
#include "videowire.h"

#include <graminsta/core/videotypes.h>

#include <QFileInfo>

#include <algorithm>
#include <array>

namespace graminsta::video
{

namespace
{

// What a decoder may find; anything else a child says is a defect of ours, or not its own word.
constexpr std::array<Fault, 5> kFaults { Fault::UnsupportedType, Fault::TooLarge, Fault::Unprocessable, Fault::Timeout,
                                         Fault::Unavailable };
constexpr qsizetype kMostWords = 2000;
constexpr int kMostSide = 16'384;
constexpr int kMostName = 20;

Error untrue(const QString &what)
{
    return makeError(Fault::Unprocessable, QStringLiteral("The video is damaged or incomplete."),
                     QStringLiteral("the child process gave an answer that cannot be true: ") + what);
}

QJsonObject toJson(const Error &error)
{
    return { { QStringLiteral("fault"), static_cast<int>(error.fault) },
             { QStringLiteral("safe"), error.safe.left(kMostWords) },
             { QStringLiteral("detail"), error.detail.left(kMostWords) } };
}

Result<> refusal(const QJsonObject &answer)
{
    const QJsonValue error = answer[QLatin1String("error")];
    if (!error.isObject())
        return {};
    const int fault = error[QLatin1String("fault")].toInt();
    const auto known =
        std::find_if(kFaults.begin(), kFaults.end(), [fault](Fault one) { return static_cast<int>(one) == fault; });
    const QString safe = error[QLatin1String("safe")].toString().simplified().left(kMostWords);
    const QString detail = error[QLatin1String("detail")].toString().simplified().left(kMostWords);
    if (known == kFaults.end() || safe.isEmpty())
        return makeError(Fault::Internal, QStringLiteral("The video could not be processed."), safe + detail);
    return makeError(*known, safe, detail);
}

QJsonObject factsJson(const ports::VideoFacts &facts)
{
    return { { QStringLiteral("mimeType"), facts.mimeType },
             { QStringLiteral("videoCodec"), facts.videoCodec },
             { QStringLiteral("audioCodec"), facts.audioCodec },
             { QStringLiteral("width"), facts.width },
             { QStringLiteral("height"), facts.height },
             { QStringLiteral("milliseconds"), static_cast<qint64>(facts.duration.count()) },
             { QStringLiteral("frames"), facts.frameRate.numerator },
             { QStringLiteral("perSeconds"), facts.frameRate.denominator } };
}

// What source and made file have alike.
struct Shape {
    int width = 0;
    int height = 0;
    std::chrono::milliseconds duration { 0 };
    entities::FrameRate frameRate;
};

Result<Shape> shapeOf(const QJsonObject &object, const ports::VideoLimits &limits)
{
    Shape shape;
    shape.width = object[QLatin1String("width")].toInt();
    shape.height = object[QLatin1String("height")].toInt();
    shape.duration = std::chrono::milliseconds(object[QLatin1String("milliseconds")].toInteger());
    shape.frameRate = { object[QLatin1String("frames")].toInt(), object[QLatin1String("perSeconds")].toInt() };
    const bool isPossible = shape.width > 0 && shape.height > 0 && shape.width <= kMostSide && shape.height <= kMostSide
        && shape.duration.count() >= 0 && shape.duration <= limits.maxDuration + std::chrono::seconds(5)
        && shape.frameRate.numerator > 0 && shape.frameRate.denominator > 0;
    return isPossible ? Result<Shape>(shape) : Result<Shape>(untrue(QStringLiteral("a shape")));
}

Result<ports::VideoFacts> factsOf(const QJsonObject &object, const ports::VideoLimits &limits)
{
    const VideoType *type = videoTypeByMime(object[QLatin1String("mimeType")].toString());
    if (type == nullptr)
        return untrue(QStringLiteral("a type that is not accepted"));
    const Shape shape = GI_TRY(shapeOf(object, limits));
    ports::VideoFacts facts;
    facts.mimeType = type->mimeType;
    facts.extension = type->extension;
    facts.videoCodec = object[QLatin1String("videoCodec")].toString().left(kMostName);
    facts.audioCodec = object[QLatin1String("audioCodec")].toString().left(kMostName);
    facts.width = shape.width;
    facts.height = shape.height;
    facts.duration = shape.duration;
    facts.frameRate = shape.frameRate;
    return facts;
}

Result<QString> fileIn(const QString &folder, const QJsonValue &value)
{
    const QString name = value.toString();
    if (name.isEmpty() || name.startsWith(QLatin1Char('.')) || name.contains(QLatin1Char('/')))
        return untrue(QStringLiteral("a file called \"%1\"").arg(name.left(100)));
    return folder + QLatin1Char('/') + name;
}

} // namespace

QJsonObject toJson(const VideoRequest &request)
{
    // Does not compile when a member is added: then the wire must carry it.
    const auto &[maxBytes, maxDuration, maxPixels, maxFrameRate] = request.limits;
    return { { QStringLiteral("task"), static_cast<int>(request.task) },
             { QStringLiteral("maxBytes"), maxBytes },
             { QStringLiteral("maxMilliseconds"), static_cast<qint64>(maxDuration.count()) },
             { QStringLiteral("maxPixels"), maxPixels },
             { QStringLiteral("maxFrameRate"), maxFrameRate },
             { QStringLiteral("milliseconds"), static_cast<qint64>(request.time.count()) } };
}

VideoRequest videoRequest(const QJsonObject &object)
{
    VideoRequest request;
    request.task = static_cast<VideoTask>(object[QLatin1String("task")].toInt());
    request.limits = { object[QLatin1String("maxBytes")].toInteger(),
                       std::chrono::milliseconds(object[QLatin1String("maxMilliseconds")].toInteger()),
                       object[QLatin1String("maxPixels")].toInteger(), object[QLatin1String("maxFrameRate")].toInt() };
    request.time = std::chrono::milliseconds(object[QLatin1String("milliseconds")].toInteger());
    return request;
}

QJsonObject toJson(const Result<ports::VideoFacts> &answer)
{
    if (!answer)
        return { { QStringLiteral("error"), toJson(answer.error()) } };
    return { { QStringLiteral("source"), factsJson(*answer) } };
}

QJsonObject toJson(const Result<ports::ProcessedVideo> &answer)
{
    if (!answer)
        return { { QStringLiteral("error"), toJson(answer.error()) } };
    const auto &[source, making, file, sha256, bytes, width, height, duration, frameRate, posterFile] = *answer;
    return { { QStringLiteral("source"), factsJson(source) },
             { QStringLiteral("copied"), making == ports::VideoMaking::Copied },
             { QStringLiteral("file"), QFileInfo(file).fileName() },
             { QStringLiteral("poster"), QFileInfo(posterFile).fileName() },
             { QStringLiteral("width"), width },
             { QStringLiteral("height"), height },
             { QStringLiteral("milliseconds"), static_cast<qint64>(duration.count()) },
             { QStringLiteral("frames"), frameRate.numerator },
             { QStringLiteral("perSeconds"), frameRate.denominator } };
}

Result<ports::VideoFacts> videoFacts(const QJsonObject &answer, const ports::VideoLimits &limits)
{
    GI_TRY(refusal(answer));
    return factsOf(answer[QLatin1String("source")].toObject(), limits);
}

Result<ports::ProcessedVideo> processedVideo(const QJsonObject &answer, const ports::VideoLimits &limits,
                                             const QString &folder)
{
    ports::ProcessedVideo video;
    video.source = GI_TRY(videoFacts(answer, limits));
    const Shape shape = GI_TRY(shapeOf(answer, limits));
    video.making = answer[QLatin1String("copied")].toBool() ? ports::VideoMaking::Copied : ports::VideoMaking::Encoded;
    video.file = GI_TRY(fileIn(folder, answer[QLatin1String("file")]));
    video.posterFile = GI_TRY(fileIn(folder, answer[QLatin1String("poster")]));
    video.width = shape.width;
    video.height = shape.height;
    video.duration = shape.duration;
    video.frameRate = shape.frameRate;
    return video;
}

} // namespace graminsta::video
