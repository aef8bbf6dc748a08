// SPDX-License-Identifier: GPL-3.0-or-later
// The child's side of ChildPool: shuts the process in, then answers one request after the other until the parent is
// gone. For the main thread of a process that has started no other thread yet.
#pragma once

#include <graminsta/core/result.h>

#include <QJsonObject>
#include <QString>

#include <functional>

namespace graminsta::isolation
{

struct ChildFolders {
    QString input;
    QString output;
};

using AnswerRequest = std::function<QJsonObject(const QJsonObject &request)>;

// `prepare` is called once, when files are out of reach already but system calls are not restricted yet: for what
// libraries do at their start. What it returns answers each request; an answer is at most kMostMessageBytes long as
// JSON. Gives the exit code of the process: 0 if the parent has gone.
[[nodiscard]] int runChildWorker(const std::function<Result<AnswerRequest>(const ChildFolders &)> &prepare);

inline constexpr qsizetype kMostMessageBytes = 64 * 1024;

} // namespace graminsta::isolation
