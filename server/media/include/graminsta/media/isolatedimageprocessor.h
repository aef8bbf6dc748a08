// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures by VipsImageProcessor in child processes: a file that kills, fills or takes over a decoder does so to a
// process that holds nothing else. Thread-safe; a call takes a child of its own.
#pragma once

#include <graminsta/isolation/childpool.h>
#include <graminsta/ports/imageprocessor.h>

#include <QHash>
#include <QList>

#include <memory>
#include <mutex>

namespace graminsta::media
{

struct IsolatedImageSettings {
    // Its command must be one that calls runImageWorker(). Its work folder should be on the file system of the sources
    // and of the output folders: then files move without being copied.
    isolation::ChildPoolSettings children {};
    std::chrono::milliseconds mostTime { 60'000 }; // of one picture, however late the deadline is
};

class IsolatedImageProcessor final : public ports::ImageProcessor
{
public:
    // Starts no child yet. Fault::Unavailable if there is no work folder.
    [[nodiscard]] static Result<std::unique_ptr<IsolatedImageProcessor>> create(const IsolatedImageSettings &settings);

    // In this process: it looks at how the file begins, and decodes nothing.
    [[nodiscard]] Result<ports::ImageIdentity> identify(const QString &sourceFile,
                                                        const ports::ImageLimits &limits) const override;

    // Nothing that a child says of its files is believed: their kind, size and SHA-256 are looked at here. A file with
    // which a child dies is tried once more in a new one; one with which two have died is Fault::Unprocessable from
    // then on without being opened, for as long as it is remembered. A child that is late is killed: Fault::Timeout.
    // Besides the port's faults Fault::Unavailable, if no child can be started or a file cannot be moved.
    [[nodiscard]] Result<ports::ProcessedImage> process(const QString &sourceFile, const ports::ImageLimits &limits,
                                                        const QList<ports::VariantSpec> &variants,
                                                        const QString &outputFolder, const Deadline &deadline) override;

    [[nodiscard]] QStringList supportedMimeTypes() const override;

    // Whether a child can be started, and how well it is shut in: for `doctor`.
    [[nodiscard]] Result<isolation::Confinement> check(const Deadline &deadline);

private:
    struct Task;

    IsolatedImageProcessor(std::unique_ptr<isolation::ChildPool> children, std::chrono::milliseconds mostTime);

    [[nodiscard]] static Result<ports::ProcessedImage> attempt(const Task &task, isolation::ChildPool::Lease &child);
    [[nodiscard]] static Result<ports::ProcessedImage> take(const QJsonObject &answer, const Task &task,
                                                            const QString &folder);
    [[nodiscard]] bool isKiller(const QByteArray &sha256) const;
    void remember(const QByteArray &sha256);

    const std::unique_ptr<isolation::ChildPool> m_children;
    const std::chrono::milliseconds m_mostTime;
    mutable std::mutex m_mutex;
    QHash<QByteArray, int> m_deaths; // by SHA-256 of the file; protected by m_mutex
    QList<QByteArray> m_order; // of m_deaths, the oldest first; protected by m_mutex
};

} // namespace graminsta::media
