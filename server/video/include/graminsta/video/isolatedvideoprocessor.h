// SPDX-License-Identifier: GPL-3.0-or-later
// Videos by FfmpegVideoProcessor in child processes: a file that kills, fills or takes over a decoder does so to a
// process that holds nothing else. Thread-safe; a call takes a child of its own.
#pragma once

#include <graminsta/isolation/childpool.h>
#include <graminsta/ports/videoprocessor.h>

#include <memory>
#include <mutex>
#include <set>

namespace graminsta::video
{

// For one video at a time in each child, of the size that VideoLimits has as its default.
[[nodiscard]] isolation::ChildPoolSettings videoChildren();

struct IsolatedVideoSettings {
    // Its command must be one that calls runVideoWorker(). Its work folder should be on the file system of the sources
    // and of the output folders: then files move without being copied.
    isolation::ChildPoolSettings children = videoChildren();
};

class IsolatedVideoProcessor final : public ports::VideoProcessor
{
public:
    // Starts no child yet. Fault::Unavailable if there is no work folder.
    [[nodiscard]] static Result<std::unique_ptr<IsolatedVideoProcessor>> create(const IsolatedVideoSettings &settings);

    [[nodiscard]] Result<std::optional<ports::VideoIdentity>> identify(const QString &sourceFile,
                                                                       const ports::VideoLimits &limits) const override;
    // Nothing that a child says of its files is believed: their kind, length and SHA-256 are looked at here. A file
    // with which a child dies is Fault::Unprocessable. Besides the port's faults Fault::Unavailable, if no child can be
    // started or a file cannot be moved.
    [[nodiscard]] Result<ports::VideoFacts> probe(const QString &sourceFile, const ports::VideoLimits &limits,
                                                  const Deadline &deadline) override;
    [[nodiscard]] Result<ports::ProcessedVideo> process(const QString &sourceFile, const ports::VideoLimits &limits,
                                                        const QString &outputFolder, const Deadline &deadline) override;
    [[nodiscard]] QStringList supportedMimeTypes() const override;

    // What is under way, and all that comes after, is Fault::Cancelled: for a process that is to end soon, and cannot
    // wait for minutes.
    void interrupt();

    // Whether a child can be started, and how well it is shut in: for `doctor`.
    [[nodiscard]] Result<isolation::Confinement> check(const Deadline &deadline);

private:
    explicit IsolatedVideoProcessor(std::unique_ptr<isolation::ChildPool> children);

    // What a child has said, or why it has said nothing.
    [[nodiscard]] Result<QJsonObject> asked(isolation::ChildPool::Lease &child, const QString &sourceFile,
                                            const QJsonObject &request, std::chrono::milliseconds time);

    const std::unique_ptr<isolation::ChildPool> m_children;
    std::mutex m_mutex;
    std::set<qint64> m_working; // process ids; protected by m_mutex
    bool m_interrupted = false; // protected by m_mutex
};

} // namespace graminsta::video
