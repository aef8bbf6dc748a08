// SPDX-License-Identifier: GPL-3.0-or-later
#include "zipwriter.h"

#include "format.h"
#include "zippack.h"

#include <algorithm>
#include <vector>

namespace graminsta::archive
{

using entities::ArchivedItem;
using entities::ArchiveManifest;
using entities::ArchivePart;

namespace
{

// What is read once more after some files turned out bad is read well, or the disk is failing.
constexpr int kAttempts = 3;

Error cannotKeep(const QFile &file)
{
    return makeError(Fault::Unavailable, QStringLiteral("There is no room to make the archive"), file.errorString());
}

} // namespace

ZipWriter::ZipWriter(QString folder, QString server)
    : m_folder(std::move(folder))
    , m_server(std::move(server))
{
}

Result<> ZipWriter::add(ArchivePart partKind, const ArchivedItem &item)
{
    Part &part = m_parts[partKind];
    if (!part.file.isOpen()) {
        part.file.setFileTemplate(m_folder + QStringLiteral("/archive-XXXXXX"));
        if (!part.file.open())
            return cannotKeep(part.file);
    }
    const QByteArray line = encode(partKind, item, m_server) + '\n';
    part.hash.add(line);
    ++part.items;
    if (part.file.write(line) != line.size())
        return cannotKeep(part.file);
    return {};
}

Result<> ZipWriter::addFile(const QString &path, const QString &sha256, ports::FileSource source)
{
    if (m_paths.contains(path))
        return {};
    m_paths.insert(path);
    m_files.push_back({ path, sha256.toLatin1(), std::move(source), true });
    return {};
}

Result<> ZipWriter::finish(const QString &file, ArchiveManifest &manifest, const ports::KeepGoing &keepGoing)
{
    std::vector<Entry> parts;
    for (auto &[kind, part] : m_parts) {
        if (!part.file.flush())
            return cannotKeep(part.file);
        manifest.items[size_t(kind)] = part.items;
        const QString path = part.file.fileName();
        parts.push_back({ fileName(kind), part.hash.take(), [path] { return Result<QString>(path); } });
    }
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        std::erase_if(m_files, [&manifest](const Entry &entry) {
            if (entry.isBad)
                manifest.missing.append(entry.path);
            return entry.isBad;
        });
        // What tells of all others comes first.
        std::vector<Entry> entries(parts);
        entries.insert(entries.end(), m_files.begin(), m_files.end());
        const Entry list = GI_TRY(listOf(entries));
        manifest.media = std::count_if(m_files.begin(), m_files.end(), [](const Entry &entry) {
            return entry.path.startsWith(QLatin1String("media/"));
        });
        entries.insert(entries.begin(), list);
        entries.insert(entries.begin(), GI_TRY(generated(kManifestName, encodeManifest(manifest, list.sha256))));
        if (GI_TRY(pack(file, entries, manifest.createdAt, keepGoing)))
            return {};
        for (size_t i = 0; i < m_files.size(); ++i)
            m_files[i].isBad = entries[entries.size() - m_files.size() + i].isBad;
    }
    return makeError(Fault::Unavailable, QStringLiteral("The photos cannot be read reliably"));
}

Result<Entry> ZipWriter::generated(const QString &path, const QByteArray &bytes)
{
    auto file = std::make_unique<QTemporaryFile>(m_folder + QStringLiteral("/archive-XXXXXX"));
    if (!file->open() || file->write(bytes) != bytes.size() || !file->flush())
        return cannotKeep(*file);
    Sha256 hash;
    hash.add(bytes);
    const QString place = file->fileName();
    m_generated.push_back(std::move(file));
    return Entry { path, hash.take(), [place] { return Result<QString>(place); } };
}

// As sha256sum writes and checks it.
Result<Entry> ZipWriter::listOf(const std::vector<Entry> &entries)
{
    QByteArray lines;
    for (const Entry &entry : entries)
        lines += entry.sha256 + "  " + entry.path.toUtf8() + '\n';
    return generated(kSumsName, lines);
}

} // namespace graminsta::archive
