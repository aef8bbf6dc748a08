// SPDX-License-Identifier: GPL-3.0-or-later
// Writes an archive: its parts into files of the folder as they come, the ZIP file at the end. Not thread-safe.
#pragma once

#include "sha256.h"

#include <graminsta/ports/archives.h>

#include <QSet>
#include <QTemporaryFile>

#include <map>
#include <vector>

namespace graminsta::archive
{

// One file of an archive in the making.
struct Entry {
    QString path;
    QByteArray sha256; // in hex
    ports::FileSource source;
    bool isStored = false; // as it is: photos do not get smaller
    bool isBad = false; // cannot be had, or is not what its hash says
};

class ZipWriter final : public ports::ArchiveWriter
{
public:
    ZipWriter(QString folder, QString server);

    Result<> add(entities::ArchivePart part, const entities::ArchivedItem &item) override;
    Result<> addFile(const QString &path, const QString &sha256, ports::FileSource source) override;
    Result<> finish(const QString &file, entities::ArchiveManifest &manifest,
                    const ports::KeepGoing &keepGoing) override;

private:
    struct Part {
        QTemporaryFile file;
        Sha256 hash;
        qint64 items = 0;
    };

    [[nodiscard]] Result<Entry> generated(const QString &path, const QByteArray &bytes);
    [[nodiscard]] Result<Entry> listOf(const std::vector<Entry> &entries);

    const QString m_folder;
    const QString m_server;
    std::map<entities::ArchivePart, Part> m_parts;
    std::vector<std::unique_ptr<QTemporaryFile>> m_generated;
    std::vector<Entry> m_files;
    QSet<QString> m_paths; // of m_files
};

} // namespace graminsta::archive
