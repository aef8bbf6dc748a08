// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags: how they are used, who follows them, and who shows them on a profile. Readers are thread-safe; writers live
// inside one UnitOfWork::write(). Names are lower case, without '#'.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/ids.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/page.h>
#include <graminsta/entities/tag.h>

#include <QStringList>

namespace graminsta::ports
{

// That a public status has a tag.
struct TagUse {
    QString tag;
    StatusId statusId; // tells the time
    AccountId accountId;
};

struct TagFollowEdge {
    TagFollowId id;
    QString tag;
};

class TagReader
{
public:
    virtual ~TagReader() = default;

    // The newest public uses of each of these tags since the id `since`, at most `most` of each. One query.
    [[nodiscard]] virtual Result<QList<TagUse>> uses(const QStringList &tags, StatusId since, int most,
                                                     const Deadline &deadline) const = 0;
    // The tags of the newest `most` public posts since the id `since`. One query.
    [[nodiscard]] virtual Result<QList<TagUse>> newestUses(StatusId since, int most,
                                                           const Deadline &deadline) const = 0;
    // Those that begin with `prefix` and that a public post has, in the order of their letters, at most `limit`. Of
    // each tag the newest 50 uses count, and of all tags the first 400. One query.
    [[nodiscard]] virtual Result<QStringList> beginningWith(const QString &prefix, int limit,
                                                            const Deadline &deadline) const = 0;
    // Those of `tags` that the account follows. One query.
    [[nodiscard]] virtual Result<QStringList> followedAmong(AccountId account, const QStringList &tags,
                                                            const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Page<TagFollowEdge>>
    followed(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;

    // What the account shows on its profile, in the order it came there. Two queries; the work of the second grows with
    // the account's own posts.
    [[nodiscard]] virtual Result<QList<entities::FeaturedTag>> featured(AccountId account,
                                                                        const Deadline &deadline) const = 0;
    // The tags of the account's newest `most` public and unlisted posts, a row for each use.
    [[nodiscard]] virtual Result<QStringList> usedLately(AccountId account, int most,
                                                         const Deadline &deadline) const = 0;
};

class TagWriter : public TagReader
{
public:
    // Success also if it is followed.
    [[nodiscard]] virtual Result<> follow(TagFollowId id, AccountId account, const QString &tag,
                                          Timestamp createdAt) = 0;
    // Success also if it is not followed.
    [[nodiscard]] virtual Result<> unfollow(AccountId account, const QString &tag) = 0;
    // Success also if it is featured. Fault::Conflict if `most` others are already.
    [[nodiscard]] virtual Result<> feature(entities::FeaturedTagId id, AccountId account, const QString &tag,
                                           Timestamp createdAt, int most) = 0;
    // Fault::NotFound if it is no featured tag of the account.
    [[nodiscard]] virtual Result<> unfeature(AccountId account, entities::FeaturedTagId id) = 0;
};

} // namespace graminsta::ports
