// SPDX-License-Identifier: GPL-3.0-or-later
// Shows collections, and the posts in them as far as the viewer may see each. Thread-safe.
#pragma once

#include <graminsta/domain/policy/visibility.h>
#include <graminsta/domain/statuses/gatherstatuses.h>
#include <graminsta/entities/collection.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/collections.h>
#include <graminsta/ports/media.h>

namespace graminsta::domain
{

inline constexpr int kMaxCollectionPosts = 100;
inline constexpr int kMaxCollections = 100; // of an account

// Collections of one account in order, and what showing them takes.
struct CollectionSet {
    entities::Account owner;
    QList<entities::CollectionSummary> collections;
    QHash<StatusId, entities::MediaAttachment> covers; // the first photo of each cover
    entities::PageBounds bounds;
};

// A list of collections with their first posts.
struct CollectionsWithPosts {
    CollectionSet set;
    StatusSet statuses;
    QHash<CollectionId, QList<StatusId>> posts; // in their order
};

class ShowCollections
{
public:
    ShowCollections(const ports::CollectionReader &collections, const ports::AccountReader &accounts,
                    const ports::MediaReader &media, const VisibilityPolicy &visibility, const GatherStatuses &gather);

    // Drafts are their owner's, private ones also for followers; nobody sees any across a block. What is counted and
    // shown of the posts is what the viewer may see. Fault::NotFound if there is none for the viewer.
    [[nodiscard]] Result<CollectionSet> one(const entities::Viewer &viewer, CollectionId id,
                                            const Deadline &deadline) const;
    // Of an account, the newest first. Fault::NotFound if there is no such account. Five queries.
    [[nodiscard]] Result<CollectionSet> ofAccount(const entities::Viewer &viewer, AccountId account,
                                                  const entities::PageRequest &page, const Deadline &deadline) const;
    // Of the viewer's own `limit` from the place `offset` on, each with its first `posts`.
    [[nodiscard]] Result<CollectionsWithPosts> own(const entities::Viewer &viewer, int offset, int limit, int posts,
                                                   const Deadline &deadline) const;
    // In the order of the collection; bounds are places in it, the first the greatest. Fault::NotFound as one().
    [[nodiscard]] Result<StatusPage> statuses(const entities::Viewer &viewer, CollectionId id,
                                              const entities::PageRequest &page, const Deadline &deadline) const;
    // The same, from the place `offset` on.
    [[nodiscard]] Result<StatusPage> statusesFrom(const entities::Viewer &viewer, CollectionId id, int offset,
                                                  int limit, const Deadline &deadline) const;

private:
    // The least public visibilities that the viewer sees of an account.
    struct Reach {
        AccountId owner;
        entities::CollectionVisibility collections = entities::CollectionVisibility::Public;
        entities::Visibility statuses = entities::Visibility::Public;
    };
    // Nothing where a block keeps them apart.
    [[nodiscard]] Result<std::optional<Reach>> reach(const entities::Viewer &viewer, AccountId owner,
                                                     const Deadline &deadline) const;
    [[nodiscard]] Result<CollectionSet> gather(entities::Account owner, const QList<CollectionId> &ids, Reach reach,
                                               const Deadline &deadline) const;
    // Fault::NotFound if there is no such collection for the viewer.
    [[nodiscard]] Result<Reach> open(const entities::Viewer &viewer, CollectionId id, const Deadline &deadline) const;

    const ports::CollectionReader &m_collections;
    const ports::AccountReader &m_accounts;
    const ports::MediaReader &m_media;
    const VisibilityPolicy &m_visibility;
    const GatherStatuses &m_gather;
};

} // namespace graminsta::domain
