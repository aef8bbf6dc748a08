// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/archive/writearchive.h>

#include <QFileInfo>

namespace graminsta::domain
{

using entities::ArchivedItem;
using entities::ArchivedMedia;
using entities::ArchivedRelation;
using entities::ArchivedStatus;
using entities::ArchivePart;
using entities::MediaAttachment;
using entities::PageRequest;
using entities::Status;

namespace
{

constexpr int kPage = 200;
// Of a status, the first: a line must be one that can be taken in again.
constexpr int kMostEdits = 100;
// Of one page; the whole has no end that could be known before.
constexpr std::chrono::seconds kPageTime { 30 };

Deadline pageDeadline()
{
    return Deadline::after(kPageTime);
}

// The page just above `bounds`, from the oldest on.
PageRequest pageAbove(qint64 newest)
{
    PageRequest page;
    page.minId = qMax<qint64>(newest, 1);
    page.limit = kPage;
    return page;
}

QString hashOf(const QString &key)
{
    return key.section(QLatin1Char('.'), 0, 0);
}

// One archive in the making.
class Gathering
{
public:
    Gathering(const ArchiveSources &sources, ports::ArchiveWriter &writer, AccountId account, Timestamp now,
              const ports::KeepGoing &keepGoing, entities::ArchiveManifest &manifest)
        : m_sources(sources)
        , m_writer(writer)
        , m_account(account)
        , m_now(now)
        , m_keepGoing(keepGoing)
        , m_manifest(manifest)
    {
    }

    Result<> run(const entities::Account &account)
    {
        GI_TRY(addProfile(account));
        for (const entities::Filter &filter : GI_TRY(m_sources.filters.filters(m_account, pageDeadline())))
            GI_TRY(m_writer.add(ArchivePart::Filters, filter));
        GI_TRY(addFollows());
        GI_TRY(addBlocksAndMutes());
        GI_TRY(addNotes());
        GI_TRY(addTags());
        GI_TRY(addStatuses());
        GI_TRY(addMarks());
        return addScheduled();
    }

private:
    [[nodiscard]] Result<> goOn() const { return m_keepGoing ? m_keepGoing() : Result<>(); }

    // Reads a list from its oldest row on: `read` gives the page above an id, `take` has each.
    template<typename Read, typename Take> Result<> eachPage(const Read &read, const Take &take)
    {
        qint64 newest = 0;
        for (;;) {
            GI_TRY(goOn());
            auto page = GI_TRY(read(pageAbove(newest)));
            if (page.rows.isEmpty())
                return {};
            newest = page.bounds.newest;
            std::reverse(page.rows.begin(), page.rows.end());
            GI_TRY(take(page.rows));
        }
    }

    Result<> addProfile(const entities::Account &account)
    {
        entities::ArchivedProfile profile;
        profile.account = account;
        profile.user = GI_TRY(m_sources.accounts.user(m_account, pageDeadline()));
        profile.avatarPath = GI_TRY(addPicture(QStringLiteral("avatar"), account.avatarKey));
        profile.headerPath = GI_TRY(addPicture(QStringLiteral("header"), account.headerKey));
        return m_writer.add(ArchivePart::Profile, profile);
    }

    Result<QString> addPicture(const QString &name, const QString &key)
    {
        if (key.isEmpty())
            return QString();
        const QString path = name + QLatin1Char('.') + key.section(QLatin1Char('.'), 1);
        GI_TRY(addFile(path, { ports::MediaArea::Public, key }));
        return path;
    }

    Result<> addFile(const QString &path, const ports::MediaKey &key)
    {
        const ports::MediaStore &store = m_sources.store;
        return m_writer.addFile(path, hashOf(key.name), [&store, key] { return store.localFile(key, pageDeadline()); });
    }

    Result<QHash<AccountId, entities::Account>> accountsOf(const QList<AccountId> &ids) const
    {
        QHash<AccountId, entities::Account> found;
        for (const entities::Account &account : GI_TRY(m_sources.accounts.byIds(ids, pageDeadline())))
            found.insert(account.id, account);
        return found;
    }

    // A page of people, with how the account stands to each.
    Result<> addPeople(ArchivePart part, const QList<AccountId> &ids)
    {
        const QHash<AccountId, entities::Account> people = GI_TRY(accountsOf(ids));
        for (const entities::Relationship &standing :
             GI_TRY(m_sources.relations.relationships(m_account, ids, m_now, pageDeadline()))) {
            ArchivedRelation relation;
            relation.person = { standing.accountId, people.value(standing.accountId).username };
            relation.showReblogs = standing.showingReblogs;
            relation.notify = standing.notifying;
            relation.hideNotifications = standing.mutingNotifications;
            relation.endsAt = standing.muteEndsAt;
            GI_TRY(m_writer.add(part, relation));
        }
        return {};
    }

    template<typename Edge> Result<> addEdges(ArchivePart part, const QList<Edge> &edges)
    {
        QList<AccountId> ids;
        ids.reserve(edges.size());
        for (const Edge &edge : edges)
            ids.append(edge.accountId);
        return addPeople(part, ids);
    }

    Result<> addFollows()
    {
        GI_TRY(eachPage(
            [this](const PageRequest &page) { return m_sources.follows.following(m_account, page, pageDeadline()); },
            [this](const auto &edges) { return addEdges(ArchivePart::Following, edges); }));
        return eachPage(
            [this](const PageRequest &page) { return m_sources.follows.followers(m_account, page, pageDeadline()); },
            [this](const auto &edges) { return addEdges(ArchivePart::Followers, edges); });
    }

    Result<> addBlocksAndMutes()
    {
        GI_TRY(eachPage(
            [this](const PageRequest &page) { return m_sources.relations.blocks(m_account, page, pageDeadline()); },
            [this](const auto &edges) { return addEdges(ArchivePart::Blocks, edges); }));
        return eachPage(
            [this](const PageRequest &page) {
                return m_sources.relations.mutes(m_account, m_now, page, pageDeadline());
            },
            [this](const auto &edges) { return addEdges(ArchivePart::Mutes, edges); });
    }

    Result<> addNotes()
    {
        AccountId after;
        for (;;) {
            GI_TRY(goOn());
            const QList<ArchivedRelation> notes =
                GI_TRY(m_sources.transfers.notes(m_account, after, kPage, pageDeadline()));
            if (notes.isEmpty())
                return {};
            after = notes.last().person.id;
            for (const ArchivedRelation &note : notes)
                GI_TRY(m_writer.add(ArchivePart::Notes, note));
        }
    }

    Result<> addTags()
    {
        return eachPage(
            [this](const PageRequest &page) { return m_sources.tags.followed(m_account, page, pageDeadline()); },
            [this](const auto &edges) -> Result<> {
                for (const ports::TagFollowEdge &edge : edges)
                    GI_TRY(m_writer.add(ArchivePart::FollowedTags, entities::ArchivedTag { edge.tag }));
                return {};
            });
    }

    Result<> addStatuses()
    {
        ports::AccountTimelineFilter all;
        all.upTo = entities::Visibility::Direct;
        return eachPage(
            [this, &all](const PageRequest &page) {
                return m_sources.statuses.accountTimeline(m_account, all, page, pageDeadline());
            },
            [this](const QList<StatusId> &ids) { return addStatusPage(ids); });
    }

    Result<> addStatusPage(const QList<StatusId> &ids)
    {
        const QList<Status> statuses = GI_TRY(m_sources.statuses.byIds(ids, pageDeadline()));
        const QList<entities::StatusFlags> flags = GI_TRY(m_sources.statuses.flags(m_account, ids, pageDeadline()));
        QHash<StatusId, bool> pinned;
        for (qsizetype i = 0; i < ids.size() && i < flags.size(); ++i)
            pinned.insert(ids.at(i), flags.at(i).pinned);
        QHash<StatusId, QList<MediaAttachment>> media;
        for (const MediaAttachment &one : GI_TRY(m_sources.media.byStatuses(ids, pageDeadline())))
            media[one.statusId].append(one);
        QList<AccountId> authors;
        for (const Status &status : statuses) {
            if (status.isReblog())
                authors.append(status.reblogOfAccountId);
        }
        const QHash<AccountId, entities::Account> people = GI_TRY(accountsOf(authors));
        for (const Status &status : statuses) {
            if (status.isReblog()) {
                const QString author = people.value(status.reblogOfAccountId).username;
                GI_TRY(
                    m_writer.add(ArchivePart::Reblogs,
                                 entities::ArchivedMark { status.reblogOfId, { status.reblogOfAccountId, author } }));
            } else {
                GI_TRY(addStatus(status, pinned.value(status.id), media.value(status.id)));
            }
        }
        return {};
    }

    Result<> addStatus(const Status &status, bool isPinned, const QList<MediaAttachment> &media)
    {
        ArchivedStatus archived;
        archived.status = status;
        archived.isComment = !status.inReplyToId.isNull() || !status.inReplyToAccountId.isNull();
        archived.isPinned = isPinned;
        archived.media = GI_TRY(addMedia(media));
        if (status.editedAt)
            archived.edits = GI_TRY(m_sources.statuses.edits(status.id, kMostEdits, pageDeadline()));
        return m_writer.add(ArchivePart::Statuses, archived);
    }

    Result<QList<ArchivedMedia>> addMedia(const QList<MediaAttachment> &media)
    {
        QList<ArchivedMedia> archived;
        for (const MediaAttachment &one : media) {
            if (one.originalKey.isEmpty())
                continue;
            const QString path = QStringLiteral("media/") + one.originalKey;
            GI_TRY(addFile(path, { ports::MediaArea::Private, one.originalKey }));
            m_manifest.mediaBytes += one.originalBytes;
            archived.append({ one.id, path, hashOf(one.originalKey), one.originalBytes, one.originalMimeType,
                              one.description, one.focus, one.license });
        }
        return archived;
    }

    Result<> addMarks()
    {
        GI_TRY(eachPage(
            [this](const PageRequest &page) { return m_sources.statuses.bookmarks(m_account, page, pageDeadline()); },
            [this](const QList<StatusId> &ids) { return addMarkPage(ArchivePart::Bookmarks, ids); }));
        return eachPage(
            [this](const PageRequest &page) { return m_sources.statuses.favourites(m_account, page, pageDeadline()); },
            [this](const QList<StatusId> &ids) { return addMarkPage(ArchivePart::Favourites, ids); });
    }

    Result<> addMarkPage(ArchivePart part, const QList<StatusId> &ids)
    {
        const QList<Status> statuses = GI_TRY(m_sources.statuses.byIds(ids, pageDeadline()));
        QList<AccountId> authors;
        authors.reserve(statuses.size());
        for (const Status &status : statuses)
            authors.append(status.accountId);
        const QHash<AccountId, entities::Account> people = GI_TRY(accountsOf(authors));
        for (const Status &status : statuses)
            GI_TRY(m_writer.add(
                part,
                entities::ArchivedMark { status.id, { status.accountId, people.value(status.accountId).username } }));
        return {};
    }

    Result<> addScheduled()
    {
        return eachPage(
            [this](const PageRequest &page) { return m_sources.scheduled.list(m_account, page, pageDeadline()); },
            [this](const QList<entities::ScheduledStatus> &rows) -> Result<> {
                for (const entities::ScheduledStatus &row : rows)
                    GI_TRY(m_writer.add(
                        ArchivePart::ScheduledStatuses,
                        entities::ArchivedScheduled {
                            row, GI_TRY(addMedia(GI_TRY(m_sources.media.byIds(row.media, pageDeadline())))) }));
                return {};
            });
    }

    const ArchiveSources &m_sources;
    ports::ArchiveWriter &m_writer;
    const AccountId m_account;
    const Timestamp m_now;
    const ports::KeepGoing &m_keepGoing;
    entities::ArchiveManifest &m_manifest;
};

} // namespace

WriteArchive::WriteArchive(const ArchiveSources &sources, const ports::Archives &archives, const Clock &clock,
                           QString server)
    : m_sources(sources)
    , m_archives(archives)
    , m_clock(clock)
    , m_server(std::move(server))
{
}

Result<entities::ArchiveManifest> WriteArchive::run(AccountId account, const QString &file,
                                                    const ports::KeepGoing &keepGoing) const
{
    const entities::Account owner = GI_TRY(m_sources.accounts.byId(account, pageDeadline()));
    const std::unique_ptr<ports::ArchiveWriter> writer =
        GI_TRY(m_archives.create(m_sources.store.stagingFolder(), m_server));
    entities::ArchiveManifest manifest;
    manifest.server = m_server;
    manifest.createdAt = m_clock.now();
    manifest.account = { owner.id, owner.username };
    GI_TRY(Gathering(m_sources, *writer, account, manifest.createdAt, keepGoing, manifest).run(owner));
    GI_TRY(writer->finish(file, manifest, keepGoing));
    return manifest;
}

} // namespace graminsta::domain
