// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/archive/importrelations.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/stagedfile.h>

#include <QRandomGenerator>

namespace graminsta::domain
{

using entities::ArchivedItem;
using entities::ArchivedMark;
using entities::ArchivedPerson;
using entities::ArchivedRelation;
using entities::ArchivePart;
using entities::Relationship;

namespace
{

constexpr std::chrono::seconds kItemTime { 20 };

ItemResult skipped(const QString &reason = {})
{
    return { Taken::Skipped, reason };
}

// The result of a use case as what has become of the item; errors of the server stay errors.
template<typename T> Result<ItemResult> resultOf(const Result<T> &done)
{
    if (done)
        return ItemResult {};
    return isOfServer(done.error().fault) ? Result<ItemResult>(done.error())
                                          : Result<ItemResult>(failedWith(done.error()));
}

bool hasPart(const entities::AccountImport &import, ArchivePart part)
{
    return import.part == int(part);
}

bool isSame(const entities::Filter &one, const entities::Filter &other)
{
    const auto words = [](const entities::Filter &filter) {
        QStringList list;
        for (const entities::FilterKeyword &keyword : filter.keywords)
            list.append(cleanText(keyword.keyword) + (keyword.wholeWord ? QLatin1String(" w") : QLatin1String(" p")));
        list.sort();
        return list;
    };
    return cleanText(one.title) == cleanText(other.title) && one.contexts == other.contexts
        && one.action == other.action && words(one) == words(other);
}

} // namespace

struct ImportRelations::Known {
    QHash<AccountId, QString> usernames; // of accounts that are here
    QHash<AccountId, Relationship> standings;
    QHash<qint64, StatusId> imported; // by the id in the archive
    QList<entities::Filter> filters;
    QStringList tags;
    QList<entities::ScheduledStatus> scheduled;

    // The very account of the archive, not another one of its name or its number.
    [[nodiscard]] bool isHere(const ArchivedPerson &person) const
    {
        const QString username = usernames.value(person.id);
        return !username.isEmpty() && username.compare(person.username, Qt::CaseInsensitive) == 0;
    }
};

ImportRelations::ImportRelations(const ImportActs &acts, const ImportStatuses &importStatuses,
                                 const ports::AccountReader &accounts, const ports::TagReader &tags,
                                 const ports::TransferReader &transfers, const ports::MediaStore &store,
                                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_acts(acts)
    , m_importStatuses(importStatuses)
    , m_accounts(accounts)
    , m_tags(tags)
    , m_transfers(transfers)
    , m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<> ImportRelations::run(entities::AccountImport &import, ports::ArchiveReader &reader,
                              const QList<Result<ArchivedItem>> &items, const QString &fileName,
                              const ports::KeepGoing &keepGoing, const Deadline &deadline) const
{
    Context context { import, reader, keepGoing, {}, Deadline::after(kItemTime) };
    context.viewer.account = import.accountId;
    const Known known = GI_TRY(look(context, items));
    QList<ItemResult> results;
    for (const Result<ArchivedItem> &item : items) {
        if (deadline.expired())
            break;
        context.deadline = Deadline::after(kItemTime);
        if (keepGoing)
            GI_TRY(keepGoing());
        results.append(item ? GI_TRY(take(context, known, *item)) : failedWith(item.error()));
    }
    return noteItems(m_unitOfWork, import, results, fileName, Deadline::after(kItemTime));
}

Result<ImportRelations::Known> ImportRelations::look(const Context &context,
                                                     const QList<Result<ArchivedItem>> &items) const
{
    Known known;
    QList<AccountId> people;
    QList<qint64> statuses;
    QStringList tags;
    for (const Result<ArchivedItem> &item : items) {
        if (!item)
            continue;
        if (const auto *relation = std::get_if<ArchivedRelation>(&*item)) {
            people.append(relation->person.id);
        } else if (const auto *mark = std::get_if<ArchivedMark>(&*item)) {
            people.append(mark->author.id);
            statuses.append(mark->statusId.number());
        } else if (const auto *tag = std::get_if<entities::ArchivedTag>(&*item)) {
            tags.append(tag->name.toLower());
        } else if (const auto *filter = std::get_if<entities::Filter>(&*item)) {
            for (const entities::FilterStatus &status : filter->statuses)
                statuses.append(status.statusId.number());
        }
    }
    for (const entities::Account &account : GI_TRY(m_accounts.byIds(people, context.deadline)))
        known.usernames.insert(account.id, account.username);
    const QList<AccountId> here = known.usernames.keys();
    if (!here.isEmpty()) {
        for (const Relationship &standing : GI_TRY(m_acts.relationships.list(context.viewer, here, context.deadline)))
            known.standings.insert(standing.accountId, standing);
    }
    if (!statuses.isEmpty()) {
        for (const ports::ImportedStatus &one : GI_TRY(m_transfers.imported(
                 context.import.accountId, originOf(context.reader.manifest()), statuses, context.deadline)))
            known.imported.insert(one.archivedId, one.statusId);
    }
    if (!tags.isEmpty())
        known.tags = GI_TRY(m_tags.followedAmong(context.import.accountId, tags, context.deadline));
    if (hasPart(context.import, ArchivePart::Filters))
        known.filters = GI_TRY(m_acts.editFilters.list(context.viewer, context.deadline));
    if (hasPart(context.import, ArchivePart::ScheduledStatuses)) {
        entities::PageRequest all;
        all.limit = kMostScheduled;
        known.scheduled = GI_TRY(m_acts.scheduleStatus.list(context.viewer, all, context.deadline)).statuses;
    }
    return known;
}

Result<ItemResult> ImportRelations::take(const Context &context, const Known &known, const ArchivedItem &item) const
{
    if (const auto *profile = std::get_if<entities::ArchivedProfile>(&item))
        return takeProfile(context, *profile);
    if (const auto *filter = std::get_if<entities::Filter>(&item))
        return takeFilter(context, known, *filter);
    if (const auto *relation = std::get_if<ArchivedRelation>(&item))
        return takeRelation(context, known, *relation);
    if (const auto *tag = std::get_if<entities::ArchivedTag>(&item))
        return takeTag(context, known, *tag);
    if (const auto *mark = std::get_if<ArchivedMark>(&item))
        return takeMark(context, known, *mark);
    if (const auto *scheduled = std::get_if<entities::ArchivedScheduled>(&item))
        return takeScheduled(context, known, *scheduled);
    return skipped();
}

// Fills what is empty, so that nothing that was chosen here is lost.
Result<ItemResult> ImportRelations::takeProfile(const Context &context, const entities::ArchivedProfile &profile) const
{
    const entities::Account account = GI_TRY(m_accounts.byId(context.import.accountId, context.deadline));
    const entities::User user = GI_TRY(m_accounts.user(context.import.accountId, context.deadline));
    const bool isNew = account.statusesCount == 0 && user.defaultVisibility == entities::Visibility::Public
        && !user.defaultSensitive && user.defaultLanguage.isEmpty();
    ProfileChange change;
    bool isEmpty = true;
    const auto fill = [&isEmpty](auto &field, const auto &value, bool isWanted) {
        if (isWanted) {
            field = value;
            isEmpty = false;
        }
    };
    fill(change.displayName, profile.account.displayName,
         (account.displayName.isEmpty() || account.displayName == account.username)
             && !profile.account.displayName.isEmpty() && profile.account.displayName != account.displayName);
    fill(change.note, profile.account.note, account.note.isEmpty() && !profile.account.note.isEmpty());
    fill(change.fields, profile.account.fields, account.fields.isEmpty() && !profile.account.fields.isEmpty());
    fill(change.locked, true, profile.account.locked && !account.locked);
    fill(change.bot, true, profile.account.bot && !account.bot);
    fill(change.discoverable, false, !profile.account.discoverable && account.discoverable);
    if (isNew) {
        fill(change.defaultVisibility, profile.user.defaultVisibility,
             profile.user.defaultVisibility != entities::Visibility::Public);
        fill(change.defaultSensitive, true, profile.user.defaultSensitive);
        fill(change.defaultLanguage, profile.user.defaultLanguage.left(35), !profile.user.defaultLanguage.isEmpty());
    }
    const QString random = QString::number(QRandomGenerator::system()->generate64(), 16);
    ports::StagedFile avatar(m_store.stagingFolder() + QStringLiteral("/import-avatar-") + random);
    ports::StagedFile header(m_store.stagingFolder() + QStringLiteral("/import-header-") + random);
    const auto fillPicture = [&](std::optional<QString> &field, const QString &path, const QString &present,
                                 const ports::StagedFile &file) -> Result<> {
        if (path.isEmpty() || !present.isEmpty())
            return {};
        isEmpty = false;
        if (context.import.dryRun)
            return {};
        GI_TRY(context.reader.extract(path, {}, file.path()));
        field = file.path();
        return {};
    };
    for (const Result<> &filled : { fillPicture(change.avatarFile, profile.avatarPath, account.avatarKey, avatar),
                                    fillPicture(change.headerFile, profile.headerPath, account.headerKey, header) }) {
        if (!filled)
            return resultOf(filled);
    }
    if (isEmpty)
        return skipped();
    if (context.import.dryRun)
        return ItemResult {};
    return resultOf(m_acts.updateCredentials.run(context.viewer, change, context.deadline));
}

Result<ItemResult> ImportRelations::takeFilter(const Context &context, const Known &known,
                                               const entities::Filter &filter) const
{
    for (const entities::Filter &present : known.filters) {
        if (isSame(present, filter))
            return skipped();
    }
    if (filter.expiresAt && *filter.expiresAt <= m_clock.now())
        return skipped(QStringLiteral("The filter has ended"));
    if (context.import.dryRun)
        return ItemResult {};
    FilterChange change;
    change.title = filter.title;
    change.contexts = filter.contexts;
    change.action = filter.action;
    change.setsEnd = true;
    change.expiresAt = filter.expiresAt;
    for (const entities::FilterKeyword &keyword : filter.keywords)
        change.keywords.append({ {}, keyword.keyword, keyword.wholeWord });
    return resultOf(m_acts.editFilters.create(context.viewer, change, context.deadline));
}

Result<ItemResult> ImportRelations::takeRelation(const Context &context, const Known &known,
                                                 const ArchivedRelation &relation) const
{
    const ArchivedPerson &person = relation.person;
    if (!known.isHere(person) || person.id == context.import.accountId)
        return skipped(
            QStringLiteral("%1 (id %2) is not on this server").arg(person.username.left(64), person.id.toString()));
    const Relationship standing = known.standings.value(person.id);
    const bool isSo = (hasPart(context.import, ArchivePart::Blocks) && standing.blocking)
        || (hasPart(context.import, ArchivePart::Mutes) && standing.muting)
        || (hasPart(context.import, ArchivePart::Notes) && !standing.note.isEmpty())
        || (hasPart(context.import, ArchivePart::Following) && (standing.following || standing.requested));
    if (isSo)
        return skipped();
    if (relation.endsAt && *relation.endsAt <= m_clock.now())
        return skipped(QStringLiteral("The mute has ended"));
    if (context.import.dryRun)
        return ItemResult {};
    return resultOf(act(context, relation));
}

Result<> ImportRelations::act(const Context &context, const ArchivedRelation &relation) const
{
    const AccountId target = relation.person.id;
    switch (static_cast<ArchivePart>(context.import.part)) {
    case ArchivePart::Blocks:
        GI_TRY(m_acts.blockAccount.block(context.viewer, target, context.deadline));
        return {};
    case ArchivePart::Mutes: {
        MuteOptions options;
        options.hideNotifications = relation.hideNotifications;
        if (relation.endsAt)
            options.duration = std::chrono::ceil<std::chrono::seconds>(*relation.endsAt - m_clock.now());
        GI_TRY(m_acts.muteAccount.mute(context.viewer, target, options, context.deadline));
        return {};
    }
    case ArchivePart::Notes:
        GI_TRY(m_acts.noteAccount.run(context.viewer, target, relation.note, context.deadline));
        return {};
    default:
        GI_TRY(m_acts.followAccount.follow(context.viewer, target, { relation.showReblogs, relation.notify },
                                           context.deadline));
        return {};
    }
}

Result<ItemResult> ImportRelations::takeTag(const Context &context, const Known &known,
                                            const entities::ArchivedTag &tag) const
{
    if (known.tags.contains(tag.name.toLower()))
        return skipped();
    if (context.import.dryRun)
        return ItemResult {};
    return resultOf(m_acts.tags.follow(context.viewer, tag.name, context.deadline));
}

Result<ItemResult> ImportRelations::takeMark(const Context &context, const Known &known, const ArchivedMark &mark) const
{
    // One of the account's own from the archive, or the very status where it always was.
    const StatusId id = known.imported.value(mark.statusId.number(), mark.statusId);
    const Result<entities::Status> status = m_acts.showStatus.visibleOriginal(context.viewer, id, context.deadline);
    if (!status && isOfServer(status.error().fault))
        return status.error();
    const bool isIt = status
        && (known.imported.contains(mark.statusId.number())
            || (status->id == mark.statusId && status->accountId == mark.author.id && known.isHere(mark.author)));
    if (!isIt)
        return skipped(QStringLiteral("The post %1 of %2 is not on this server")
                           .arg(mark.statusId.toString(), mark.author.username.left(64)));
    if (context.import.dryRun)
        return ItemResult {};
    bool isNew = false;
    // Quietly: whoever is told of it was told when it was given.
    const Result<> written = m_unitOfWork.write(context.deadline, [&](ports::WriteSet &writers) -> Result<> {
        isNew = hasPart(context.import, ArchivePart::Bookmarks)
            ? GI_TRY(writers.statuses.addBookmark(m_ids.next<BookmarkId>(), context.import.accountId, status->id,
                                                  m_clock.now()))
            : GI_TRY(writers.statuses.addFavourite(m_ids.next<FavouriteId>(), context.import.accountId, status->id,
                                                   m_clock.now()));
        return {};
    });
    return written && !isNew ? Result<ItemResult>(skipped()) : resultOf(written);
}

Result<ItemResult> ImportRelations::takeScheduled(const Context &context, const Known &known,
                                                  const entities::ArchivedScheduled &archived) const
{
    const entities::ScheduledStatus &scheduled = archived.scheduled;
    for (const entities::ScheduledStatus &present : known.scheduled) {
        if (present.scheduledAt == scheduled.scheduledAt && present.text == cleanText(scheduled.text))
            return skipped();
    }
    if (scheduled.scheduledAt < m_clock.now() + kLeastAhead)
        return skipped(QStringLiteral("Its time has passed: %1").arg(toRfc3339(scheduled.scheduledAt)));
    if (context.import.dryRun)
        return ItemResult {};
    const Result<QList<MediaId>> media =
        m_importStatuses.receive(context.import.accountId, context.reader, archived.media, context.keepGoing);
    if (!media)
        return resultOf(media);
    StatusRequest request;
    request.text = scheduled.text;
    request.spoilerText = scheduled.spoilerText;
    request.media = *media;
    request.sensitive = scheduled.sensitive;
    request.visibility = scheduled.visibility;
    request.language = scheduled.language;
    request.commentsDisabled = scheduled.commentsDisabled;
    const Result<ScheduledSet> made =
        m_acts.scheduleStatus.create(context.viewer, request, scheduled.scheduledAt, context.deadline);
    if (!made)
        GI_TRY(m_importStatuses.discard(*media, context.deadline));
    return resultOf(made);
}

} // namespace graminsta::domain
