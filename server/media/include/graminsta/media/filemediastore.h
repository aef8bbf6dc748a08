// SPDX-License-Identifier: GPL-3.0-or-later
// Media as files in one folder:  public/ab/<key>  private/ab/<key>  restricted/ab/<key>  staging/  where "ab" begins
// the key. What is in two areas is one file with two names. A file under its key is whole and on the disk: it gets its
// name only after it was synced. Thread-safe; several processes may share the folder.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/ports/mediastore.h>

#include <chrono>
#include <memory>

namespace graminsta::media
{

struct FileMediaStoreSettings {
    QString folder; // made if it is missing, for its owner only
    qint64 minFreeBytes = 256LL * 1024 * 1024; // below it, ping() says that there is no room
    std::chrono::hours stagingLife { 24 }; // older staged files are what a crash left
};

class FileMediaStore final : public ports::MediaStore
{
public:
    // Makes the folders and deletes old staged files. Fault::Unavailable if the folder cannot be made or written to.
    [[nodiscard]] static Result<std::unique_ptr<FileMediaStore>> create(const FileMediaStoreSettings &settings,
                                                                        const Clock &clock);

    [[nodiscard]] QString stagingFolder() const override;
    // Fault::Invalid for a name that is not "<64 hexadecimal digits>.<extension>", here and below.
    [[nodiscard]] Result<> put(const ports::MediaKey &key, const QString &stagedFile,
                               const Deadline &deadline) override;
    [[nodiscard]] Result<> copy(const ports::MediaKey &key, ports::MediaArea to, const Deadline &deadline) override;
    [[nodiscard]] Result<QString> localFile(const ports::MediaKey &key, const Deadline &deadline) const override;
    [[nodiscard]] Result<> remove(const ports::MediaKey &key, const Deadline &deadline) override;
    // By the time of the file's last change, which a second name keeps.
    [[nodiscard]] Result<Listing> list(ports::MediaArea area, const QString &after, Timestamp before, int limit,
                                       const Deadline &deadline) const override;
    // Fault::Unavailable if the folder is gone, not writable or nearly full.
    [[nodiscard]] Result<> ping(const Deadline &deadline) const override;

private:
    explicit FileMediaStore(FileMediaStoreSettings settings);

    [[nodiscard]] Result<> makeFolders() const;
    void sweepStaging(Timestamp now) const;
    [[nodiscard]] QString areaFolder(ports::MediaArea area) const;
    // The folder that holds the key; Fault::Invalid if the name is none of ours.
    [[nodiscard]] Result<QString> shardFolder(const ports::MediaKey &key) const;

    const FileMediaStoreSettings m_settings;
};

} // namespace graminsta::media
