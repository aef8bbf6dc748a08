// SPDX-License-Identifier: GPL-3.0-or-later
#include "zipreader.h"

#include "format.h"
#include "sha256.h"
#include "zipbounds.h"

#include <QFile>

#include <array>

namespace graminsta::archive
{

using entities::ArchivedItem;
using entities::ArchivePart;

namespace
{

constexpr qint64 kMaxListBytes = 128 << 20; // of the list of files in the ZIP file
constexpr qint64 kMaxManifestBytes = 8 << 20;
constexpr qint64 kMaxSumsBytes = 128 << 20;
constexpr zip_uint64_t kRatioCounts = 1 << 20; // small files may be as dense as they like
constexpr qsizetype kPiece = 256 * 1024;
constexpr qsizetype kSumSize = 64;

Error wrong(const QString &what, const QString &detail = {})
{
    return makeError(Fault::Unprocessable, what, detail);
}

// A name that comes from the archive, for people to read.
QString shown(const QByteArray &name)
{
    QString text = QString::fromUtf8(name.left(120));
    for (QChar &c : text) {
        if (!c.isPrint())
            c = u'?';
    }
    return text;
}

} // namespace

Result<std::unique_ptr<ZipReader>> ZipReader::open(const QString &file, const ports::ArchiveLimits &limits)
{
    GI_TRY(checkBounds(file, limits.maxEntries, kMaxListBytes));
    int code = 0;
    Zip zip(zip_open(QFile::encodeName(file).constData(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!zip)
        return wrong(QStringLiteral("This is not a ZIP file, or it is damaged"),
                     QStringLiteral("libzip says %1").arg(code));
    std::unique_ptr<ZipReader> reader(new ZipReader(std::move(zip), limits));
    GI_TRY(reader->checkEntries());
    GI_TRY(reader->readManifest());
    return reader;
}

ZipReader::ZipReader(Zip zip, const ports::ArchiveLimits &limits)
    : m_zip(std::move(zip))
    , m_limits(limits)
{
}

zip_uint64_t ZipReader::count() const
{
    return zip_uint64_t(qMax<zip_int64_t>(0, zip_get_num_entries(m_zip.get(), 0)));
}

QString ZipReader::nameOf(zip_uint64_t index) const
{
    return shown(QByteArray(zip_get_name(m_zip.get(), index, ZIP_FL_ENC_RAW)));
}

// Nothing is unpacked before this: what they say of themselves must be in bounds.
Result<> ZipReader::checkEntries() const
{
    if (count() > zip_uint64_t(m_limits.maxEntries))
        return wrong(QStringLiteral("The archive has %1 entries; this server takes at most %2")
                         .arg(count())
                         .arg(m_limits.maxEntries));
    zip_uint64_t total = 0;
    for (zip_uint64_t i = 0; i < count(); ++i) {
        zip_stat_t stat;
        if (zip_stat_index(m_zip.get(), i, ZIP_FL_ENC_RAW, &stat) != 0
            || (stat.valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) != (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE))
            return wrong(QStringLiteral("Entry %1 of the archive cannot be read").arg(i));
        if (!isHarmlessName(QByteArray(stat.name)))
            return wrong(QStringLiteral("\"%1\" is no name that a file of an archive may have").arg(nameOf(i)));
        if (stat.encryption_method != ZIP_EM_NONE
            || (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
            return wrong(
                QStringLiteral("%1 is encrypted, or packed by a method other than store and deflate").arg(nameOf(i)));
        if (stat.size > kRatioCounts && stat.size / zip_uint64_t(m_limits.maxRatio) > stat.comp_size)
            return wrong(QStringLiteral("%1 would be %2 bytes out of %3: more than %4 to one is refused")
                             .arg(nameOf(i))
                             .arg(stat.size)
                             .arg(stat.comp_size)
                             .arg(m_limits.maxRatio));
        if (stat.size > zip_uint64_t(m_limits.maxUnpackedBytes) - total)
            return wrong(QStringLiteral("Unpacked, the archive has more than %1 bytes, which is what this server takes")
                             .arg(m_limits.maxUnpackedBytes));
        total += stat.size;
    }
    return {};
}

Result<> ZipReader::readManifest()
{
    Result<ReadManifest> read = decodeManifest(GI_TRY(readSmall(kManifestName, kMaxManifestBytes)));
    if (!read)
        return wrong(kManifestName + QStringLiteral(": ") + read.error().safe);
    m_manifest = std::move(read->manifest);
    m_sumsSha256 = read->sumsSha256;
    return {};
}

Result<> ZipReader::readSums()
{
    const QByteArray bytes = GI_TRY(readSmall(kSumsName, kMaxSumsBytes));
    Sha256 hash;
    hash.add(bytes);
    if (hash.take() != m_sumsSha256)
        return wrong(QStringLiteral("%1 is not what %2 says: its SHA-256 is another").arg(kSumsName, kManifestName));
    QHash<QByteArray, QByteArray> sums;
    qint64 number = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        qsizetype end = bytes.indexOf('\n', at);
        end = end < 0 ? bytes.size() : end;
        const QByteArrayView line(bytes.constData() + at, end - at);
        at = end + 1;
        ++number;
        if (line.size() < kSumSize + 3 || line.sliced(kSumSize, 2) != QByteArrayView("  "))
            return wrong(QStringLiteral("%1 line %2 must be a SHA-256 in hex, two spaces and a name")
                             .arg(kSumsName)
                             .arg(number));
        const QByteArray path = line.sliced(kSumSize + 2).toByteArray();
        if (sums.contains(path))
            return wrong(QStringLiteral("%1 lists %2 twice").arg(kSumsName, shown(path)));
        if (!find(QString::fromUtf8(path)))
            return wrong(QStringLiteral("%1 lists %2, which the archive does not have").arg(kSumsName, shown(path)));
        sums.insert(path, line.first(kSumSize).toByteArray());
    }
    m_sums = std::move(sums);
    return {};
}

Result<std::optional<qint64>> ZipReader::verify(qint64 position, const Deadline &deadline)
{
    if (!m_sums)
        GI_TRY(readSums());
    for (zip_uint64_t i = zip_uint64_t(qMax<qint64>(0, position)); i < count(); ++i) {
        if (deadline.expired())
            return std::optional<qint64>(qint64(i));
        GI_TRY(verifyEntry(i));
    }
    return std::optional<qint64>();
}

Result<> ZipReader::verifyEntry(zip_uint64_t index)
{
    const QByteArray name(zip_get_name(m_zip.get(), index, ZIP_FL_ENC_RAW));
    if (find(QString::fromUtf8(name)) != index)
        return wrong(QStringLiteral("The archive has %1 twice").arg(shown(name)));
    if (name == kManifestName.toUtf8() || name == kSumsName.toUtf8() || name.endsWith('/'))
        return {};
    const auto listed = m_sums->constFind(name);
    if (listed == m_sums->constEnd())
        return wrong(QStringLiteral("%1 is not listed in %2").arg(shown(name), kSumsName));
    const ZipFile file = GI_TRY(openEntry(index));
    Sha256 hash;
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        const zip_int64_t read = zip_fread(file.get(), piece.data(), zip_uint64_t(piece.size()));
        if (read < 0)
            return wrong(QStringLiteral("%1 is damaged: it cannot be unpacked").arg(shown(name)));
        if (read == 0)
            break;
        hash.add(QByteArrayView(piece.constData(), read));
    }
    if (hash.take() != *listed)
        return wrong(QStringLiteral("%1 is not what %2 says: its SHA-256 is another").arg(shown(name), kSumsName));
    return {};
}

Result<QList<Result<ArchivedItem>>> ZipReader::items(ArchivePart part, qint64 position, int limit)
{
    QList<Result<ArchivedItem>> items;
    if (!m_cursor || m_cursor->part != part || m_cursor->lines.position() > position) {
        m_cursor.reset();
        const std::optional<zip_uint64_t> index = find(fileName(part));
        if (!index)
            return items;
        m_cursor.emplace(Cursor { part, LineReader(GI_TRY(openEntry(*index)), fileName(part), m_limits.maxLineBytes) });
    }
    LineReader &lines = m_cursor->lines;
    while (items.size() < limit) {
        const std::optional<QByteArray> line = GI_TRY(lines.next());
        if (!line)
            break;
        if (lines.position() > position)
            items.append(decode(part, *line));
    }
    return items;
}

Result<> ZipReader::extract(const QString &path, const QString &sha256, const QString &target)
{
    const std::optional<zip_uint64_t> index = find(path);
    if (!index)
        return makeError(Fault::NotFound, QStringLiteral("The archive has no file %1").arg(shown(path.toUtf8())));
    const ZipFile from = GI_TRY(openEntry(*index));
    QFile to(target);
    if (!to.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return makeError(Fault::Unavailable, QStringLiteral("There is no room for what is in the archive"),
                         to.errorString());
    Sha256 hash;
    qint64 total = 0;
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        const zip_int64_t read = zip_fread(from.get(), piece.data(), zip_uint64_t(piece.size()));
        if (read < 0)
            return wrong(QStringLiteral("%1 is damaged: it cannot be unpacked").arg(shown(path.toUtf8())));
        if (read == 0)
            break;
        total += read;
        if (total > m_limits.maxFileBytes)
            return makeError(Fault::TooLarge,
                             QStringLiteral("%1 is larger than the %2 bytes that a photo may have here")
                                 .arg(shown(path.toUtf8()))
                                 .arg(m_limits.maxFileBytes));
        hash.add(QByteArrayView(piece.constData(), read));
        if (to.write(piece.constData(), read) != read)
            return makeError(Fault::Unavailable, QStringLiteral("There is no room for what is in the archive"),
                             to.errorString());
    }
    if (!to.flush())
        return makeError(Fault::Unavailable, QStringLiteral("There is no room for what is in the archive"),
                         to.errorString());
    if (!sha256.isEmpty() && hash.take() != sha256.toLatin1())
        return wrong(
            QStringLiteral("%1 is another file than the post says: its SHA-256 is another").arg(shown(path.toUtf8())));
    return {};
}

std::optional<zip_uint64_t> ZipReader::find(const QString &name) const
{
    const zip_int64_t index = zip_name_locate(m_zip.get(), name.toUtf8().constData(), ZIP_FL_ENC_UTF_8);
    return index < 0 ? std::nullopt : std::optional(zip_uint64_t(index));
}

Result<QByteArray> ZipReader::readSmall(const QString &name, qint64 maxBytes) const
{
    const std::optional<zip_uint64_t> index = find(name);
    if (!index)
        return wrong(QStringLiteral("The archive has no %1").arg(name));
    const ZipFile file = GI_TRY(openEntry(*index));
    QByteArray bytes;
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        const zip_int64_t read = zip_fread(file.get(), piece.data(), zip_uint64_t(piece.size()));
        if (read < 0)
            return wrong(QStringLiteral("%1 is damaged: it cannot be unpacked").arg(name));
        if (read == 0)
            return bytes;
        if (bytes.size() + read > maxBytes)
            return wrong(QStringLiteral("%1 is larger than %2 bytes").arg(name).arg(maxBytes));
        bytes.append(piece.constData(), read);
    }
}

Result<ZipFile> ZipReader::openEntry(zip_uint64_t index) const
{
    ZipFile file(zip_fopen_index(m_zip.get(), index, 0));
    if (!file)
        return wrong(QStringLiteral("%1 is damaged: it cannot be unpacked").arg(nameOf(index)));
    return file;
}

} // namespace graminsta::archive
