// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/archive/importarchive.h>

#include <QLocale>

namespace graminsta::domain
{

using entities::AccountImport;
using entities::ArchivedItem;
using entities::ArchivePart;

namespace
{

constexpr std::chrono::seconds kPartTime { 10 };
constexpr std::chrono::seconds kQueryTime { 30 };
// Few, since a line of an archive may be long.
constexpr int kItemsAtOnce = 20;

Deadline queryDeadline()
{
    return Deadline::after(kQueryTime);
}

} // namespace

ImportArchive::ImportArchive(const InstanceSettings &settings, const ports::Archives &archives,
                             const ports::AccountReader &accounts, const ports::MediaReader &media,
                             const ports::TransferReader &transfers, const ImportStatuses &importStatuses,
                             const ImportRelations &importRelations, ports::UnitOfWork &unitOfWork)
    : m_settings(settings)
    , m_archives(archives)
    , m_accounts(accounts)
    , m_media(media)
    , m_transfers(transfers)
    , m_importStatuses(importStatuses)
    , m_importRelations(importRelations)
    , m_unitOfWork(unitOfWork)
{
}

ports::ArchiveLimits ImportArchive::limits() const
{
    ports::ArchiveLimits limits;
    limits.maxFileBytes = std::max(m_settings.limits.image.maxBytes, m_settings.limits.video.maxBytes);
    return limits;
}

Result<entities::ArchiveManifest> ImportArchive::look(const QString &file) const
{
    return GI_TRY(m_archives.open(file, limits()))->manifest();
}

Result<bool> ImportArchive::part(AccountImport &import, const QString &file, const ports::KeepGoing &keepGoing) const
{
    const entities::Account account = GI_TRY(m_accounts.byId(import.accountId, queryDeadline()));
    if (account.isHidden())
        return makeError(Fault::Unprocessable, QStringLiteral("The account is suspended, or not approved yet"));
    const std::unique_ptr<ports::ArchiveReader> reader = GI_TRY(m_archives.open(file, limits()));
    const Deadline deadline = Deadline::after(kPartTime);
    if (!import.verified && GI_TRY(verify(import, *reader, deadline)))
        return true;
    while (import.part < entities::kImportedParts) {
        if (deadline.expired())
            return true;
        const auto part = static_cast<ArchivePart>(import.part);
        const QList<Result<ArchivedItem>> items = GI_TRY(reader->items(part, import.position, kItemsAtOnce));
        if (items.isEmpty()) {
            ++import.part;
            import.position = 0;
            GI_TRY(save(import));
            continue;
        }
        if (keepGoing)
            GI_TRY(keepGoing());
        const QString name = m_archives.fileOf(part);
        GI_TRY(part == ArchivePart::Statuses
                   ? m_importStatuses.run(import, *reader, items, name, keepGoing, deadline)
                   : m_importRelations.run(import, *reader, items, name, keepGoing, deadline));
    }
    return false;
}

// True if there is more to verify.
Result<bool> ImportArchive::verify(AccountImport &import, ports::ArchiveReader &reader, const Deadline &deadline) const
{
    const std::optional<qint64> next = GI_TRY(reader.verify(import.position, deadline));
    if (!next)
        GI_TRY(checkRoom(import, reader));
    import.verified = !next;
    import.position = next.value_or(0);
    GI_TRY(save(import));
    return next.has_value();
}

// Of what is not here yet, before anything is taken in: half an archive helps nobody.
Result<> ImportArchive::checkRoom(const AccountImport &import, ports::ArchiveReader &reader) const
{
    const qint64 allowed = m_settings.limits.accountMediaBytes;
    if (allowed == 0)
        return {};
    const QString origin = originOf(reader.manifest());
    qint64 wanted = 0;
    for (qint64 position = 0;;) {
        const QList<Result<ArchivedItem>> items = GI_TRY(reader.items(ArchivePart::Statuses, position, kItemsAtOnce));
        if (items.isEmpty())
            break;
        position += items.size();
        QHash<qint64, qint64> bytes; // by the archived id
        for (const Result<ArchivedItem> &item : items) {
            if (!item)
                continue;
            const auto &archived = std::get<entities::ArchivedStatus>(*item);
            for (const entities::ArchivedMedia &media : archived.media)
                bytes[archived.status.id.number()] += qBound<qint64>(0, media.bytes, allowed);
        }
        for (const ports::ImportedStatus &here :
             GI_TRY(m_transfers.imported(import.accountId, origin, bytes.keys(), queryDeadline())))
            bytes.remove(here.archivedId);
        for (const qint64 one : std::as_const(bytes))
            wanted += one;
    }
    const qint64 used = GI_TRY(m_media.bytesOf(import.accountId, queryDeadline()));
    if (used + wanted <= allowed)
        return {};
    const QLocale locale = QLocale::c();
    return makeError(
        Fault::Unprocessable,
        QStringLiteral("The photos of the archive have %1; of the %2 that an account has here, %3 are left")
            .arg(locale.formattedDataSize(wanted), locale.formattedDataSize(allowed),
                 locale.formattedDataSize(qMax<qint64>(0, allowed - used))));
}

Result<> ImportArchive::save(const AccountImport &import) const
{
    return m_unitOfWork.write(queryDeadline(),
                              [&](ports::WriteSet &writers) { return writers.transfers.update(import); });
}

} // namespace graminsta::domain
