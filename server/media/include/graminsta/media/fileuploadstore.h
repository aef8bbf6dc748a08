// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads as files in one folder, each under its id. Its size is how much has come, so nothing else can disagree with
// it; whoever writes holds flock() on it, which the kernel takes from who dies (over NFS too). A writer of this process
// to whom no bytes come gives way to the next one. Bytes whose checksum is still to be seen wait in a file without a
// name. Thread-safe; several processes may share the folder.
#pragma once

#include <graminsta/ports/uploadstore.h>

#include <QHash>

#include <chrono>
#include <memory>
#include <mutex>

namespace graminsta::media
{

struct FileUploadStoreSettings {
    QString folder; // made if it is missing, for its owner only
    QString stagingFolder; // of the media store, on the same file system
    qint64 minFreeBytes = 256LL * 1024 * 1024; // that no upload may take
    std::chrono::milliseconds stalledAfter { 3000 }; // a writer without bytes gives way to another
};

class Descriptor;
class LockedFile;

class FileUploadStore final : public ports::UploadStore
{
public:
    // Fault::Unavailable if the folder cannot be made.
    [[nodiscard]] static Result<std::unique_ptr<FileUploadStore>> create(const FileUploadStoreSettings &settings);

    [[nodiscard]] Result<> checkRoom(qint64 bytes) const override;
    [[nodiscard]] Result<> create(entities::UploadId id, const Deadline &deadline) override;
    [[nodiscard]] Result<qint64> durableSize(entities::UploadId id, const Deadline &deadline) const override;
    [[nodiscard]] Result<std::unique_ptr<ports::UploadAppend>>
    append(entities::UploadId id, const std::optional<ports::Checksum> &checksum, const Deadline &deadline) override;
    [[nodiscard]] Result<> join(entities::UploadId id, const QList<entities::UploadId> &parts,
                                const Deadline &deadline) override;
    [[nodiscard]] Result<ports::StagedFile> stage(entities::UploadId id, const Deadline &deadline) override;
    [[nodiscard]] Result<> remove(entities::UploadId id, const Deadline &deadline) override;
    [[nodiscard]] Result<> removeIdle(Timestamp since, const Deadline &deadline) override;

private:
    explicit FileUploadStore(FileUploadStoreSettings settings);

    [[nodiscard]] QString pathOf(entities::UploadId id) const;
    // Opened for writing, with the lock that one at a time has.
    [[nodiscard]] Result<Descriptor> openLocked(entities::UploadId id);
    [[nodiscard]] std::shared_ptr<LockedFile> remember(entities::UploadId id, Descriptor file);
    // Whether a writer of this process was there that had to let go.
    [[nodiscard]] bool relieve(entities::UploadId id);

    const FileUploadStoreSettings m_settings;
    std::mutex m_mutex;
    QHash<entities::UploadId, std::weak_ptr<LockedFile>> m_writers; // of this process; protected by m_mutex
};

} // namespace graminsta::media
