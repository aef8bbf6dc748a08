// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/archive/importstatuses.h>

#include <graminsta/domain/policy/feeds.h>
#include <graminsta/domain/statuses/composing.h>
#include <graminsta/domain/statuses/pinstatus.h>
#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/search.h>
#include <graminsta/ports/stagedfile.h>

#include <QLocale>
#include <QRandomGenerator>

namespace graminsta::domain
{

using entities::AccountImport;
using entities::ArchivedItem;
using entities::ArchivedMedia;
using entities::ArchivedStatus;
using entities::Status;

namespace
{

constexpr int kMostProblems = 1000; // that are kept of an import
constexpr int kIdAttempts = 32;
constexpr qint64 kIdsOfMillisecond = 1 << 22;
// Where the ids before kIdEpoch lie: they have no time in them, but an order.
constexpr qint64 kIdsBeforeEpoch = qint64 { 1 } << 32;
constexpr std::chrono::seconds kItemTime { 20 };
// Of one photo: its picture may be large, and the machine busy. Looked after in between.
constexpr std::chrono::seconds kPhotoTime { 60 };
constexpr std::chrono::minutes kVideoTime { 15 };
constexpr std::chrono::seconds kLookTime { 10 };
constexpr int kMostTimeouts = 3; // of one item

ItemResult skipped(const QString &reason = {})
{
    return { Taken::Skipped, reason };
}

QList<ArchivedStatus> goodOf(const QList<Result<ArchivedItem>> &items)
{
    QList<ArchivedStatus> good;
    for (const Result<ArchivedItem> &item : items) {
        if (item)
            good.append(std::get<ArchivedStatus>(*item));
    }
    return good;
}

} // namespace

bool isOfServer(Fault fault)
{
    return fault == Fault::Unavailable || fault == Fault::Timeout || fault == Fault::Internal
        || fault == Fault::Cancelled;
}

ItemResult failedWith(const Error &error)
{
    const QString prefix = QStringLiteral("Validation failed: ");
    return { Taken::Failed, error.safe.startsWith(prefix) ? error.safe.mid(prefix.size()) : error.safe };
}

QString originOf(const entities::ArchiveManifest &manifest)
{
    return manifest.account.id.toString() + QLatin1Char(' ') + manifest.account.username.left(64).toLower();
}

Result<> noteItem(ports::WriteSet &writers, AccountImport &import, const ItemResult &result, const QString &fileName)
{
    entities::ItemCounts &counts = import.counts[size_t(import.part)];
    counts.imported += result.taken == Taken::Imported ? 1 : 0;
    counts.skipped += result.taken == Taken::Skipped ? 1 : 0;
    counts.failed += result.taken == Taken::Failed ? 1 : 0;
    ++import.position;
    if (result.reason.isEmpty())
        return {};
    return writers.transfers.addProblem(
        import.id, { QStringLiteral("%1 line %2").arg(fileName).arg(import.position), cleanText(result.reason) },
        kMostProblems);
}

Result<> noteItems(ports::UnitOfWork &unitOfWork, AccountImport &import, const QList<ItemResult> &results,
                   const QString &fileName, const Deadline &deadline)
{
    if (results.isEmpty())
        return {};
    AccountImport next;
    GI_TRY(unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        next = import;
        for (const ItemResult &result : results)
            GI_TRY(noteItem(writers, next, result, fileName));
        return writers.transfers.update(next);
    }));
    import = next;
    return {};
}

ImportStatuses::ImportStatuses(const InstanceSettings &settings, const ports::AccountReader &accounts,
                               const ports::StatusReader &statuses, const ports::TransferReader &transfers,
                               const ReceiveMedia &receiveMedia, AwaitMedia &awaitMedia,
                               const PublishMedia &publishMedia, const ports::MediaStore &store,
                               ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_settings(settings)
    , m_accounts(accounts)
    , m_statuses(statuses)
    , m_transfers(transfers)
    , m_receiveMedia(receiveMedia)
    , m_awaitMedia(awaitMedia)
    , m_publishMedia(publishMedia)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<> ImportStatuses::run(AccountImport &import, ports::ArchiveReader &reader,
                             const QList<Result<ArchivedItem>> &items, const QString &fileName,
                             const ports::KeepGoing &keepGoing, const Deadline &deadline) const
{
    const QString origin = originOf(reader.manifest());
    Known known = GI_TRY(look(import, origin, items, Deadline::after(kItemTime)));
    // What changes nothing but the report is stored together.
    QList<ItemResult> noted;
    for (const Result<ArchivedItem> &item : items) {
        if (deadline.expired())
            break;
        const std::optional<ItemResult> judged = item ? judge(import, std::get<ArchivedStatus>(*item), known)
                                                      : std::optional<ItemResult>(failedWith(item.error()));
        if (judged) {
            noted.append(*judged);
            continue;
        }
        GI_TRY(noteItems(m_unitOfWork, import, noted, fileName, Deadline::after(kItemTime)));
        noted.clear();
        const qint64 position = import.position;
        const ItemResult result =
            GI_TRY(take(import, reader, origin, std::get<ArchivedStatus>(*item), known, keepGoing));
        // What was taken in is counted already, in the same transaction.
        if (import.position == position)
            noted.append(result);
    }
    return noteItems(m_unitOfWork, import, noted, fileName, Deadline::after(kItemTime));
}

Result<ImportStatuses::Known> ImportStatuses::look(const AccountImport &import, const QString &origin,
                                                   const QList<Result<ArchivedItem>> &items,
                                                   const Deadline &deadline) const
{
    const QList<ArchivedStatus> archived = goodOf(items);
    QList<qint64> archivedIds;
    QList<StatusId> sameIds;
    QList<AccountId> people;
    for (const ArchivedStatus &one : archived) {
        archivedIds.append(one.status.id.number());
        sameIds.append(one.status.id);
        if (!one.status.inReplyToId.isNull()) {
            archivedIds.append(one.status.inReplyToId.number());
            sameIds.append(one.status.inReplyToId);
        }
        for (const entities::Mention &mention : one.status.mentions)
            people.append(mention.accountId);
    }
    Known known;
    // Taken in where it has never left: the account's own statuses have the ids that they have in the archive.
    for (const Status &status : GI_TRY(m_statuses.byIds(sameIds, deadline))) {
        if (status.accountId == import.accountId && !status.isReblog())
            known.here.insert(status.id.number(), status);
    }
    QHash<StatusId, qint64> archivedOf;
    for (const ports::ImportedStatus &one :
         GI_TRY(m_transfers.imported(import.accountId, origin, archivedIds, deadline)))
        archivedOf.insert(one.statusId, one.archivedId);
    for (const Status &status : GI_TRY(m_statuses.byIds(archivedOf.keys(), deadline)))
        known.here.insert(archivedOf.value(status.id), status);
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(people, deadline)))
        known.usernames.insert(account.id, account.username);
    return known;
}

std::optional<ItemResult> ImportStatuses::judge(const AccountImport &import, const ArchivedStatus &archived,
                                                const Known &known) const
{
    if (known.here.contains(archived.status.id.number()))
        return skipped();
    const Timestamp createdAt = archived.status.createdAt;
    if (createdAt > m_clock.now() || toUnixMs(createdAt) < 0)
        return ItemResult { Taken::Failed, QStringLiteral("It is dated %1").arg(toRfc3339(createdAt)) };
    if (const Result<> checked = checkStatus(draft(import.accountId, archived, known), m_settings.limits); !checked)
        return failedWith(checked.error());
    return import.dryRun ? std::optional<ItemResult>(ItemResult {}) : std::nullopt;
}

Result<ItemResult> ImportStatuses::take(AccountImport &import, ports::ArchiveReader &reader, const QString &origin,
                                        const ArchivedStatus &archived, Known &known,
                                        const ports::KeepGoing &keepGoing) const
{
    const Result<QList<MediaId>> media = receive(import.accountId, reader, archived.media, keepGoing);
    if (!media) {
        // What takes as long as it may so often is made to.
        const bool isItems = !isOfServer(media.error().fault)
            || (media.error().fault == Fault::Timeout && import.attempt >= kMostTimeouts);
        return isItems ? Result<ItemResult>(failedWith(media.error())) : Result<ItemResult>(media.error());
    }
    Status status = draft(import.accountId, archived, known);
    Result<ItemResult> stored = store(import, origin, archived, status, *media, Deadline::after(kItemTime));
    if (!stored || stored->taken != Taken::Imported) {
        GI_TRY(discard(*media, Deadline::after(kItemTime)));
        return stored;
    }
    status.id = import.lastStatus;
    known.here.insert(archived.status.id.number(), status);
    return stored;
}

Status ImportStatuses::draft(AccountId account, const ArchivedStatus &archived, const Known &known) const
{
    Status status = archived.status;
    status.id = {};
    status.accountId = account;
    status.applicationId = {};
    status.text = cleanText(status.text);
    status.spoilerText = cleanText(status.spoilerText);
    status.language = cleanText(status.language);
    status.mediaCount = int(archived.media.size());
    status.tags = tagsIn(status.text);
    status.sensitive = status.sensitive || !status.spoilerText.isEmpty();
    // A name means somebody only if that very account is here: another server has other people of the same names.
    const QStringList named = mentionsOf(status.text);
    status.mentions.removeIf([&known, &named](const entities::Mention &mention) {
        const QString username = known.usernames.value(mention.accountId);
        return username.isEmpty() || username.compare(mention.username, Qt::CaseInsensitive) != 0
            || !named.contains(username.toLower());
    });
    status.inReplyToId = {};
    status.inReplyToAccountId = {};
    if (!archived.isComment)
        return status;
    // Without what it answers, it stays a comment: the account's own, to nothing.
    status.inReplyToAccountId = account;
    const auto parent = known.here.constFind(archived.status.inReplyToId.number());
    if (parent != known.here.constEnd()) {
        status.inReplyToId = parent->id;
        status.conversationId = parent->conversation();
    }
    return status;
}

Result<QList<MediaId>> ImportStatuses::receive(AccountId account, ports::ArchiveReader &reader,
                                               const QList<ArchivedMedia> &media,
                                               const ports::KeepGoing &keepGoing) const
{
    entities::Viewer owner;
    owner.account = account;
    QList<entities::MediaAttachment> received;
    QList<MediaId> ids;
    const auto failed = [&](const ArchivedMedia &one, Error error) -> Result<QList<MediaId>> {
        GI_TRY(discard(ids, Deadline::after(kItemTime)));
        error.safe = one.path.left(120) + QStringLiteral(": ") + failedWith(error).reason;
        return error;
    };
    for (const ArchivedMedia &one : media) {
        const QString number = QString::number(QRandomGenerator::system()->generate64(), 16);
        ports::StagedFile file(m_store.stagingFolder() + QStringLiteral("/import-") + number);
        if (const Result<> extracted = reader.extract(one.path, one.sha256, file.path()); !extracted)
            return failed(one, extracted.error());
        const Result<entities::MediaAttachment> attachment = m_receiveMedia.run(
            owner, { file.path(), one.description, one.focus, one.license, {} }, Deadline::after(kItemTime));
        if (!attachment)
            return failed(one, attachment.error());
        received.append(*attachment);
        ids.append(attachment->id);
    }
    // All are processed beside each other.
    for (qsizetype i = 0; i < received.size(); ++i) {
        if (const Result<> processed = await(received.at(i), keepGoing); !processed)
            return failed(media.at(i), processed.error());
    }
    return ids;
}

Result<> ImportStatuses::await(const entities::MediaAttachment &received, const ports::KeepGoing &keepGoing) const
{
    const Deadline deadline =
        received.kind == entities::MediaKind::Video ? Deadline::after(kVideoTime) : Deadline::after(kPhotoTime);
    do {
        if (keepGoing)
            GI_TRY(keepGoing());
        const entities::MediaAttachment latest = m_awaitMedia.run(received, Deadline::after(kLookTime));
        if (latest.state == entities::MediaState::Ready)
            return {};
        if (latest.state == entities::MediaState::Failed)
            return makeError(Fault::Unprocessable, latest.failure);
    } while (!deadline.expired());
    return makeError(Fault::Timeout, QStringLiteral("It was not processed in time"));
}

Result<> ImportStatuses::discard(const QList<MediaId> &media, const Deadline &deadline) const
{
    if (media.isEmpty())
        return {};
    // Their files are named by their content: others may have the same.
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        for (const MediaId id : media)
            GI_TRY(writers.media.remove(id));
        return {};
    });
}

Result<ItemResult> ImportStatuses::store(AccountImport &import, const QString &origin, const ArchivedStatus &archived,
                                         Status status, const QList<MediaId> &media, const Deadline &deadline) const
{
    // Files before rows: a post that is there has its pictures.
    const PublishableMedia publishable =
        status.isOpen() ? GI_TRY(m_publishMedia.prepare(import.accountId, media, deadline)) : PublishableMedia {};
    StatusId last = import.lastStatus;
    for (int attempt = 0; attempt < kIdAttempts; ++attempt) {
        status.id = idAt(status.createdAt, last);
        bool idIsTaken = false;
        bool isHere = false;
        AccountImport next;
        const Result<> written = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
            next = import;
            idIsTaken = true;
            isHere = false;
            GI_TRY(writers.statuses.restore(status));
            idIsTaken = false;
            isHere = true;
            GI_TRY(writers.transfers.remember(import.accountId, origin, { archived.status.id.number(), status.id }));
            isHere = false;
            GI_TRY(write(writers, archived, status, media, publishable, deadline));
            next.lastStatus = status.id;
            GI_TRY(noteItem(writers, next, {}, {}));
            return writers.transfers.update(next);
        });
        if (written) {
            import = next;
            return ItemResult {};
        }
        if (written.error().fault != Fault::Conflict)
            return isOfServer(written.error().fault) ? Result<ItemResult>(written.error())
                                                     : Result<ItemResult>(failedWith(written.error()));
        // Another import of the same archive was faster.
        if (isHere)
            return skipped();
        if (!idIsTaken)
            return failedWith(written.error());
        last = status.id;
    }
    return makeError(Fault::Unavailable, QStringLiteral("There is no free id for a post of that time"));
}

Result<> ImportStatuses::write(ports::WriteSet &writers, const ArchivedStatus &archived, const Status &status,
                               const QList<MediaId> &media, const PublishableMedia &publishable,
                               const Deadline &deadline) const
{
    if (!media.isEmpty())
        GI_TRY(writers.media.attach(status.accountId, status.id, media));
    GI_TRY(PublishMedia::publish(writers, publishable));
    GI_TRY(writers.search.index(status.id));
    for (const entities::StatusEdit &edit : archived.edits) {
        entities::StatusEdit version = edit;
        version.id = m_ids.next<StatusEditId>();
        version.statusId = status.id;
        version.text = cleanText(edit.text);
        version.spoilerText = cleanText(edit.spoilerText);
        version.media.clear();
        for (const entities::StatusEdit::Media &one : edit.media) {
            for (qsizetype i = 0; i < archived.media.size(); ++i) {
                if (archived.media.at(i).id == one.id)
                    version.media.append({ media.at(i), cleanText(one.description) });
            }
        }
        GI_TRY(writers.statuses.addEdit(version));
    }
    if (archived.isPinned && status.isOpen()
        && GI_TRY(writers.statuses.pinned(status.accountId, kMaxPinnedStatuses, deadline)).size() < kMaxPinnedStatuses)
        GI_TRY(writers.statuses.pin(m_ids.next<StatusPinId>(), status.accountId, status.id, m_clock.now(),
                                    kMaxPinnedStatuses));
    if (!status.inReplyToId.isNull())
        GI_TRY(writers.statuses.changeRepliesCount(status.inReplyToId, 1));
    GI_TRY(writers.accounts.changeCounters(status.accountId, { 0, 0, 1 }));
    if (isHomePost(status))
        GI_TRY(writers.accounts.refreshLastStatus(status.accountId));
    return {};
}

// The time as in every id, and chance where others have their node and their sequence: nobody can choose the id that
// somebody's deleted status had. Of one time those that come later are larger.
StatusId ImportStatuses::idAt(Timestamp createdAt, StatusId last) const
{
    QRandomGenerator &random = *QRandomGenerator::global();
    if (createdAt < kIdEpoch) {
        const double share = double(toUnixMs(createdAt)) / double(toUnixMs(kIdEpoch));
        const qint64 number = 2 + qint64(share * double(kIdsBeforeEpoch - 3));
        const bool follows = last.number() >= number && last.number() < number + kIdsOfMillisecond;
        return StatusId { follows ? last.number() + 1 : number };
    }
    const qint64 first = qMax(firstIdAt(createdAt), kIdsBeforeEpoch);
    if (last.number() >= first && last.number() < first + kIdsOfMillisecond - 16)
        return StatusId { last.number() + 1 + random.bounded(8) };
    return StatusId { first + random.bounded(int(kIdsOfMillisecond / 2)) };
}

} // namespace graminsta::domain
