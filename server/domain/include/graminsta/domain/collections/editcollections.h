// SPDX-License-Identifier: GPL-3.0-or-later
// Makes, changes and removes one's own collections, and what is in them. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/collections/showcollections.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

inline constexpr int kMaxCollectionTitle = 50;
inline constexpr int kMaxCollectionDescription = 500;

// What is not set stays as it is.
struct CollectionChange {
    std::optional<QString> title;
    std::optional<QString> description;
    std::optional<entities::CollectionVisibility> visibility;
};

class EditCollections
{
public:
    EditCollections(const ShowCollections &show, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Of what the change does not say: no texts, and a draft. With these posts, in this order. Fault::Unprocessable
    // naming the limit; as add() for the posts.
    [[nodiscard]] Result<CollectionSet> create(const entities::Viewer &viewer, const CollectionChange &change,
                                               const QList<StatusId> &statuses, const Deadline &deadline) const;
    // All from here on: Fault::NotFound if there is none, or it is another account's.
    [[nodiscard]] Result<CollectionSet> update(const entities::Viewer &viewer, CollectionId id,
                                               const CollectionChange &change, const Deadline &deadline) const;
    [[nodiscard]] Result<> remove(const entities::Viewer &viewer, CollectionId id, const Deadline &deadline) const;
    // After the others; those that are in it stay where they are. Fault::NotFound if one is not the viewer's own;
    // Fault::Unprocessable if it is a reblog, a direct message or has no photo, or the collection would have too many.
    [[nodiscard]] Result<> add(const entities::Viewer &viewer, CollectionId id, const QList<StatusId> &statuses,
                               const Deadline &deadline) const;
    // Success also if it is not in it.
    [[nodiscard]] Result<> takeOut(const entities::Viewer &viewer, CollectionId id, StatusId status,
                                   const Deadline &deadline) const;
    // Exactly these, in this order. As add().
    [[nodiscard]] Result<> arrange(const entities::Viewer &viewer, CollectionId id, const QList<StatusId> &statuses,
                                   const Deadline &deadline) const;

private:
    [[nodiscard]] Result<> write(const entities::Viewer &viewer, CollectionId id, const Deadline &deadline,
                                 const std::function<Result<>(ports::WriteSet &, entities::Collection &)> &work) const;

    const ShowCollections &m_show;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

// Puts posts of its owner's into a collection that the transaction has locked. As EditCollections::add().
[[nodiscard]] Result<> addToCollection(ports::WriteSet &writers, const entities::Collection &collection,
                                       const QList<StatusId> &statuses, const Deadline &deadline);

} // namespace graminsta::domain
