// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags: how they are used, and following them. Thread-safe.
//
// The history counts public uses of the last seven days, the newest kUsesCounted of a tag that is shown by itself and
// fewer of each in a list: what it costs has a bound, however busy the tag.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/entities/tag.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/tags.h>
#include <graminsta/ports/unitofwork.h>

#include <optional>

namespace graminsta::domain
{

inline constexpr int kUsesCounted = 1000;

// The tag as it is stored, from its name without '#'; nothing for what cannot be one.
[[nodiscard]] std::optional<QString> tagNamed(const QString &name);

class Tags
{
public:
    Tags(const ports::TagReader &tags, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // All: a tag that nobody has used is a tag as well. Fault::NotFound for what cannot be one.
    [[nodiscard]] Result<entities::TagInfo> show(const entities::Viewer &viewer, const QString &name,
                                                 const Deadline &deadline) const;
    // Both may be repeated.
    [[nodiscard]] Result<entities::TagInfo> follow(const entities::Viewer &viewer, const QString &name,
                                                   const Deadline &deadline) const;
    [[nodiscard]] Result<entities::TagInfo> unfollow(const entities::Viewer &viewer, const QString &name,
                                                     const Deadline &deadline) const;
    [[nodiscard]] Result<entities::Page<entities::TagInfo>>
    followed(const entities::Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const;

    // Tags that begin with `text`, which may have a '#': the very tag first, also one that nobody has used, then those
    // that the most people have used lately. Nothing for what cannot be one.
    [[nodiscard]] Result<QList<entities::TagInfo>> search(const entities::Viewer &viewer, const QString &text,
                                                          int offset, int limit, const Deadline &deadline) const;

    // What the most people have used lately: of the newest kUsesCounted public posts of the last seven days the tags by
    // the number of their authors, then of their uses.
    [[nodiscard]] Result<QList<entities::TagInfo>> trends(const entities::Viewer &viewer, int offset, int limit,
                                                          const Deadline &deadline) const;

    // Of names as they are stored, in their order.
    [[nodiscard]] Result<QList<entities::TagInfo>> byNames(const entities::Viewer &viewer, const QStringList &names,
                                                           const Deadline &deadline) const;

private:
    [[nodiscard]] Result<QList<entities::TagInfo>> describe(const entities::Viewer &viewer, const QStringList &names,
                                                            const QList<ports::TagUse> &uses,
                                                            const Deadline &deadline) const;

    const ports::TagReader &m_tags;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
