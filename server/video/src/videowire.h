// SPDX-License-Identifier: GPL-3.0-or-later
// What IsolatedVideoProcessor and its children say to each other. What a child says is checked like a stranger's word.
#pragma once

#include <graminsta/ports/videoprocessor.h>

#include <QJsonObject>

namespace graminsta::video
{

// The file's name in the child's input folder.
inline constexpr QLatin1String kSourceName { "source" };

enum class VideoTask { Probe = 0, Process = 1 };

struct VideoRequest {
    VideoTask task = VideoTask::Probe;
    ports::VideoLimits limits;
    std::chrono::milliseconds time { 0 };
};

[[nodiscard]] QJsonObject toJson(const VideoRequest &request);
[[nodiscard]] VideoRequest videoRequest(const QJsonObject &object);

[[nodiscard]] QJsonObject toJson(const Result<ports::VideoFacts> &answer);
[[nodiscard]] QJsonObject toJson(const Result<ports::ProcessedVideo> &answer);

// The child's error, or Fault::Unprocessable for an answer that cannot be true.
[[nodiscard]] Result<ports::VideoFacts> videoFacts(const QJsonObject &answer, const ports::VideoLimits &limits);
// The files are named as they are in `folder`; their hash and length are not the child's to say.
[[nodiscard]] Result<ports::ProcessedVideo> processedVideo(const QJsonObject &answer, const ports::VideoLimits &limits,
                                                           const QString &folder);

} // namespace graminsta::video
