// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the statuses of an archive in, each at most once (ports::TransferWriter::remember). They come with their old
// dates, and with ids that say the same, so that each stands in every timeline where it stood; nobody is notified, and
// no stream tells of them. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/media/awaitmedia.h>
#include <graminsta/domain/media/publishmedia.h>
#include <graminsta/domain/media/receivemedia.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/archives.h>
#include <graminsta/ports/statuses.h>
#include <graminsta/ports/transfers.h>

namespace graminsta::domain
{

enum class Taken { Imported, Skipped, Failed };

// What has become of one item.
struct ItemResult {
    Taken taken = Taken::Imported;
    QString reason; // why not; empty where there is nothing to be said
};

// Whether it is no fault of the item: trying again may help, and the import must not go on without it.
[[nodiscard]] bool isOfServer(Fault fault);
// The error as what has become of the item. Precondition: it is the item's.
[[nodiscard]] ItemResult failedWith(const Error &error);

class ImportStatuses
{
public:
    ImportStatuses(const InstanceSettings &settings, const ports::AccountReader &accounts,
                   const ports::StatusReader &statuses, const ports::TransferReader &transfers,
                   const ReceiveMedia &receiveMedia, AwaitMedia &awaitMedia, const PublishMedia &publishMedia,
                   const ports::MediaStore &store, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Takes the next in, some at once, until all are or the deadline has come. After each the import's position, its
    // counts and the status are stored together, or none of them. Errors are of the server; Fault::Timeout where a
    // photo was not processed yet.
    [[nodiscard]] Result<> run(entities::AccountImport &import, ports::ArchiveReader &reader,
                               const QList<Result<entities::ArchivedItem>> &items, const QString &fileName,
                               const ports::KeepGoing &keepGoing, const Deadline &deadline) const;

    // The attachments of these, new, processed and loose. After a failure none is kept.
    [[nodiscard]] Result<QList<MediaId>> receive(AccountId account, ports::ArchiveReader &reader,
                                                 const QList<entities::ArchivedMedia> &media,
                                                 const ports::KeepGoing &keepGoing) const;
    [[nodiscard]] Result<> discard(const QList<MediaId> &media, const Deadline &deadline) const;

private:
    // What the items of one call refer to.
    struct Known {
        QHash<qint64, entities::Status> here; // by the id in the archive
        QHash<AccountId, QString> usernames;
    };

    [[nodiscard]] Result<Known> look(const entities::AccountImport &import, const QString &origin,
                                     const QList<Result<entities::ArchivedItem>> &items,
                                     const Deadline &deadline) const;
    // What is known of it before it is taken in; nothing if it is to be.
    [[nodiscard]] std::optional<ItemResult> judge(const entities::AccountImport &import,
                                                  const entities::ArchivedStatus &archived, const Known &known) const;
    [[nodiscard]] Result<ItemResult> take(entities::AccountImport &import, ports::ArchiveReader &reader,
                                          const QString &origin, const entities::ArchivedStatus &archived, Known &known,
                                          const ports::KeepGoing &keepGoing) const;
    [[nodiscard]] Result<> await(const entities::MediaAttachment &received, const ports::KeepGoing &keepGoing) const;
    [[nodiscard]] entities::Status draft(AccountId account, const entities::ArchivedStatus &archived,
                                         const Known &known) const;
    [[nodiscard]] Result<ItemResult> store(entities::AccountImport &import, const QString &origin,
                                           const entities::ArchivedStatus &archived, entities::Status status,
                                           const QList<MediaId> &media, const Deadline &deadline) const;
    [[nodiscard]] Result<> write(ports::WriteSet &writers, const entities::ArchivedStatus &archived,
                                 const entities::Status &status, const QList<MediaId> &media,
                                 const PublishableMedia &publishable, const Deadline &deadline) const;
    [[nodiscard]] StatusId idAt(Timestamp createdAt, StatusId last) const;

    const InstanceSettings &m_settings;
    const ports::AccountReader &m_accounts;
    const ports::StatusReader &m_statuses;
    const ports::TransferReader &m_transfers;
    const ReceiveMedia &m_receiveMedia;
    AwaitMedia &m_awaitMedia;
    const PublishMedia &m_publishMedia;
    const ports::MediaStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

// Names the account that an archive is of: the same for every archive of it, whatever its server's address is.
[[nodiscard]] QString originOf(const entities::ArchiveManifest &manifest);

// Counts what has become of the item at the import's position, and goes on to the next. The caller stores the import.
[[nodiscard]] Result<> noteItem(ports::WriteSet &writers, entities::AccountImport &import, const ItemResult &result,
                                const QString &fileName);
// The same of several, in one transaction, with the import.
[[nodiscard]] Result<> noteItems(ports::UnitOfWork &unitOfWork, entities::AccountImport &import,
                                 const QList<ItemResult> &results, const QString &fileName, const Deadline &deadline);

} // namespace graminsta::domain
