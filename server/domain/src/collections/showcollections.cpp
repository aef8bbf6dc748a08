// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/collections/showcollections.h>

namespace graminsta::domain
{

using entities::CollectionItem;
using entities::CollectionVisibility;
using entities::Viewer;
using entities::Visibility;

namespace
{

// Pages are counted by places from the end of all places: the first post has the greatest, as the newest has elsewhere.
constexpr qint64 kPlaces = qint64 { 1 } << 40;

qint64 cursorOf(const CollectionItem &item)
{
    return kPlaces - item.position;
}

Error notFound()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

QList<StatusId> statusIds(const QList<CollectionItem> &items)
{
    QList<StatusId> ids;
    ids.reserve(items.size());
    for (const CollectionItem &item : items)
        ids.append(item.statusId);
    return ids;
}

entities::PageBounds boundsOf(const QList<CollectionItem> &items)
{
    if (items.isEmpty())
        return {};
    return { cursorOf(items.first()), cursorOf(items.last()) };
}

} // namespace

ShowCollections::ShowCollections(const ports::CollectionReader &collections, const ports::AccountReader &accounts,
                                 const ports::MediaReader &media, const VisibilityPolicy &visibility,
                                 const GatherStatuses &gather)
    : m_collections(collections)
    , m_accounts(accounts)
    , m_media(media)
    , m_visibility(visibility)
    , m_gather(gather)
{
}

Result<CollectionSet> ShowCollections::one(const Viewer &viewer, CollectionId id, const Deadline &deadline) const
{
    const Reach reach = GI_TRY(open(viewer, id, deadline));
    CollectionSet set = GI_TRY(gather(GI_TRY(m_accounts.byId(reach.owner, deadline)), { id }, reach, deadline));
    if (set.collections.isEmpty())
        return notFound();
    return set;
}

Result<CollectionSet> ShowCollections::ofAccount(const Viewer &viewer, AccountId account,
                                                 const entities::PageRequest &page, const Deadline &deadline) const
{
    const entities::Account owner = GI_TRY(m_accounts.byId(account, deadline));
    const std::optional<Reach> reached = GI_TRY(reach(viewer, account, deadline));
    if (!reached)
        return CollectionSet { owner, {}, {}, {} };
    const entities::Page<CollectionId> ids =
        GI_TRY(m_collections.ofAccount(account, reached->collections, page, deadline));
    CollectionSet set = GI_TRY(gather(owner, ids.rows, *reached, deadline));
    set.bounds = ids.bounds;
    return set;
}

Result<CollectionsWithPosts> ShowCollections::own(const Viewer &viewer, int offset, int limit, int posts,
                                                  const Deadline &deadline) const
{
    entities::PageRequest page;
    page.limit = kMaxCollections;
    CollectionsWithPosts shown;
    shown.set = GI_TRY(ofAccount(viewer, viewer.account, page, deadline));
    shown.set.collections = shown.set.collections.mid(offset, limit);
    QList<CollectionId> ids;
    for (const entities::CollectionSummary &summary : std::as_const(shown.set.collections))
        ids.append(summary.collection.id);
    const QList<CollectionItem> items = GI_TRY(m_collections.items(ids, posts, deadline));
    shown.statuses = GI_TRY(m_gather.visible(viewer, statusIds(items), Hide::Blocked, deadline));
    for (const CollectionItem &item : items)
        shown.posts[item.collectionId].append(item.statusId);
    return shown;
}

Result<StatusPage> ShowCollections::statuses(const Viewer &viewer, CollectionId id, const entities::PageRequest &page,
                                             const Deadline &deadline) const
{
    GI_TRY(open(viewer, id, deadline));
    QList<CollectionItem> items = GI_TRY(m_collections.items({ id }, kMaxCollectionPosts, deadline));
    const qint64 low = std::max(page.sinceId, page.minId);
    items.removeIf([&page, low](const CollectionItem &item) {
        return cursorOf(item) <= low || (page.maxId > 0 && cursorOf(item) >= page.maxId);
    });
    items = page.minId > 0 ? items.last(std::min<qsizetype>(page.limit, items.size())) : items.mid(0, page.limit);
    return StatusPage { GI_TRY(m_gather.visible(viewer, statusIds(items), Hide::Blocked, deadline)), boundsOf(items) };
}

Result<StatusPage> ShowCollections::statusesFrom(const Viewer &viewer, CollectionId id, int offset, int limit,
                                                 const Deadline &deadline) const
{
    GI_TRY(open(viewer, id, deadline));
    const QList<CollectionItem> items =
        GI_TRY(m_collections.items({ id }, kMaxCollectionPosts, deadline)).mid(offset, limit);
    return StatusPage { GI_TRY(m_gather.visible(viewer, statusIds(items), Hide::Blocked, deadline)), boundsOf(items) };
}

Result<std::optional<ShowCollections::Reach>> ShowCollections::reach(const Viewer &viewer, AccountId owner,
                                                                     const Deadline &deadline) const
{
    const std::optional<Visibility> upTo = GI_TRY(m_visibility.listUpTo(viewer, owner, deadline));
    if (!upTo)
        return std::optional<Reach>();
    const bool isOwner = viewer.hasAccount() && viewer.account == owner;
    const CollectionVisibility followers =
        *upTo >= Visibility::Private ? CollectionVisibility::Private : CollectionVisibility::Public;
    return std::optional(Reach { owner, isOwner ? CollectionVisibility::Draft : followers, *upTo });
}

Result<ShowCollections::Reach> ShowCollections::open(const Viewer &viewer, CollectionId id,
                                                     const Deadline &deadline) const
{
    const entities::Collection collection = GI_TRY(m_collections.byId(id, deadline));
    const std::optional<Reach> reached = GI_TRY(reach(viewer, collection.accountId, deadline));
    if (!reached || collection.visibility > reached->collections)
        return notFound();
    return *reached;
}

Result<CollectionSet> ShowCollections::gather(entities::Account owner, const QList<CollectionId> &ids, Reach reach,
                                              const Deadline &deadline) const
{
    CollectionSet set;
    set.owner = std::move(owner);
    set.collections = GI_TRY(m_collections.summaries(ids, reach.statuses, deadline));
    QList<StatusId> covers;
    // Whose photos are all sensitive shows none unasked.
    if (!set.owner.restrictions.testFlag(entities::Restriction::Sensitized)) {
        for (const entities::CollectionSummary &summary : std::as_const(set.collections)) {
            if (!summary.coverId.isNull())
                covers.append(summary.coverId);
        }
    }
    for (const entities::MediaAttachment &media : GI_TRY(m_media.byStatuses(covers, deadline))) {
        if (!set.covers.contains(media.statusId))
            set.covers.insert(media.statusId, media);
    }
    return set;
}

} // namespace graminsta::domain
