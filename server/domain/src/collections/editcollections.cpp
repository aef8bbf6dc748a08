// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/collections/editcollections.h>

#include <graminsta/domain/text/statustext.h>
#include <graminsta/ports/statuses.h>

namespace graminsta::domain
{

using entities::Collection;
using entities::CollectionItem;
using entities::CollectionVisibility;
using entities::Status;
using entities::Viewer;

namespace
{

Error invalid(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

Result<> checkLength(const QString &what, const QString &text, int limit)
{
    const int length = countedLength(text);
    if (length <= limit)
        return {};
    return invalid(
        QStringLiteral("%1 is too long (maximum is %2 characters, these are %3)").arg(what).arg(limit).arg(length));
}

Result<> apply(Collection &collection, const CollectionChange &change, Timestamp now)
{
    if (change.title) {
        collection.title = cleanText(*change.title);
        GI_TRY(checkLength(QStringLiteral("Title"), collection.title, kMaxCollectionTitle));
    }
    if (change.description) {
        collection.description = cleanText(*change.description);
        GI_TRY(checkLength(QStringLiteral("Description"), collection.description, kMaxCollectionDescription));
    }
    collection.visibility = change.visibility.value_or(collection.visibility);
    if (collection.visibility != CollectionVisibility::Draft && !collection.publishedAt)
        collection.publishedAt = now;
    return {};
}

Result<> checkPost(const Status &status)
{
    if (status.isReblog() || status.visibility == entities::Visibility::Direct)
        return invalid(QStringLiteral("a collection takes posts, neither reblogs nor direct messages"));
    if (status.mediaCount == 0)
        return invalid(QStringLiteral("a collection takes posts with photos, and this one has none"));
    return {};
}

} // namespace

Result<> addToCollection(ports::WriteSet &writers, const Collection &collection, const QList<StatusId> &statuses,
                         const Deadline &deadline)
{
    const QList<Status> posts = GI_TRY(writers.statuses.byIds(statuses, deadline));
    for (const StatusId id : statuses) {
        const auto found =
            std::find_if(posts.cbegin(), posts.cend(), [id](const Status &status) { return status.id == id; });
        if (found == posts.cend() || found->accountId != collection.accountId)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        GI_TRY(checkPost(*found));
    }
    const QList<CollectionItem> present =
        GI_TRY(writers.collections.items({ collection.id }, kMaxCollectionPosts, deadline));
    qsizetype count = present.size();
    qint64 next = present.isEmpty() ? 0 : present.last().position + 1;
    for (const StatusId id : statuses) {
        if (GI_TRY(writers.collections.addItem({ collection.id, id, next }))) {
            ++next;
            ++count;
        }
    }
    if (count > kMaxCollectionPosts)
        return invalid(QStringLiteral("a collection has at most %1 posts").arg(kMaxCollectionPosts));
    return {};
}

EditCollections::EditCollections(const ShowCollections &show, ports::UnitOfWork &unitOfWork, IdGenerator &ids,
                                 const Clock &clock)
    : m_show(show)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<CollectionSet> EditCollections::create(const Viewer &viewer, const CollectionChange &change,
                                              const QList<StatusId> &statuses, const Deadline &deadline) const
{
    Collection collection;
    collection.id = m_ids.next<CollectionId>();
    collection.accountId = viewer.account;
    collection.createdAt = collection.updatedAt = m_clock.now();
    GI_TRY(apply(collection, change, collection.createdAt));
    const Result<> written = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.collections.insert(collection, kMaxCollections));
        return addToCollection(writers, collection, statuses, deadline);
    });
    if (!written) {
        if (written.error().fault == Fault::Conflict)
            return invalid(QStringLiteral("an account has at most %1 collections").arg(kMaxCollections));
        return written.error();
    }
    return m_show.one(viewer, collection.id, deadline);
}

Result<CollectionSet> EditCollections::update(const Viewer &viewer, CollectionId id, const CollectionChange &change,
                                              const Deadline &deadline) const
{
    GI_TRY(write(viewer, id, deadline,
                 [&](ports::WriteSet &, Collection &collection) { return apply(collection, change, m_clock.now()); }));
    return m_show.one(viewer, id, deadline);
}

Result<> EditCollections::remove(const Viewer &viewer, CollectionId id, const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (GI_TRY(writers.collections.lock(id)).accountId != viewer.account)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        return writers.collections.remove(id);
    });
}

Result<> EditCollections::add(const Viewer &viewer, CollectionId id, const QList<StatusId> &statuses,
                              const Deadline &deadline) const
{
    return write(viewer, id, deadline, [&](ports::WriteSet &writers, Collection &collection) {
        return addToCollection(writers, collection, statuses, deadline);
    });
}

Result<> EditCollections::takeOut(const Viewer &viewer, CollectionId id, StatusId status,
                                  const Deadline &deadline) const
{
    return write(viewer, id, deadline, [&](ports::WriteSet &writers, Collection &) -> Result<> {
        GI_TRY(writers.collections.removeItem(id, status));
        return {};
    });
}

Result<> EditCollections::arrange(const Viewer &viewer, CollectionId id, const QList<StatusId> &statuses,
                                  const Deadline &deadline) const
{
    return write(viewer, id, deadline, [&](ports::WriteSet &writers, Collection &collection) -> Result<> {
        for (const CollectionItem &item : GI_TRY(writers.collections.items({ id }, kMaxCollectionPosts, deadline)))
            GI_TRY(writers.collections.removeItem(id, item.statusId));
        return addToCollection(writers, collection, statuses, deadline);
    });
}

Result<> EditCollections::write(const Viewer &viewer, CollectionId id, const Deadline &deadline,
                                const std::function<Result<>(ports::WriteSet &, Collection &)> &work) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        Collection collection = GI_TRY(writers.collections.lock(id));
        if (collection.accountId != viewer.account)
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        GI_TRY(work(writers, collection));
        collection.updatedAt = m_clock.now();
        return writers.collections.update(collection);
    });
}

} // namespace graminsta::domain
