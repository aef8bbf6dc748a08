// SPDX-License-Identifier: GPL-3.0-or-later
// Videos by FfmpegVideoProcessor in child processes: a file that kills, fills or takes over a decoder does so to a
// process that holds nothing else. Thread-safe; a call takes a child of its own.
#pragma once

#include <graminsta/isolation/childpool.h>
#include <graminsta/ports/videoprocessor.h>

#include <memory>

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

    [[nodiscard]] bool recognises(const QByteArray &head) const override;
    // Nothing that a child says of its files is believed: their kind, length and SHA-256 are looked at here. A file with
    // which a child dies is Fault::Unprocessable. Besides the port's faults Fault::Unavailable, if no child can be
    // started or a file cannot be moved.
    [[nodiscard]] Result<ports::VideoFacts> probe(const QString &sourceFile, const ports::VideoLimits &limits,
                                                  const Deadline &deadline) override;
    [[nodiscard]] Result<ports::ProcessedVideo> process(const QString &sourceFile, const ports::VideoLimits &limits,
                                                        const QString &outputFolder,
                                                        const Deadline &deadline) override;
    [[nodiscard]] QStringList supportedMimeTypes() const override;

    // Whether a child can be started, and how well it is shut in: for `doctor`.
    [[nodiscard]] Result<isolation::Confinement> check(const Deadline &deadline);

private:
    explicit IsolatedVideoProcessor(std::unique_ptr<isolation::ChildPool> children);

    const std::unique_ptr<isolation::ChildPool> m_children;
};

} // namespace graminsta::video
