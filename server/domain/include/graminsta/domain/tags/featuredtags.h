// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags that somebody shows on the profile, as a way into the posts that have them. Thread-safe.
// https://docs.joinmastodon.org/methods/featured_tags/
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/accounts/showaccounts.h>
#include <graminsta/domain/tags/tags.h>
#include <graminsta/entities/tag.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/ports/tags.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

inline constexpr int kMaxFeaturedTags = 10;

class FeaturedTags
{
public:
    FeaturedTags(const ShowAccounts &showAccounts, const ports::TagReader &tags, const Tags &tagInfo,
                 ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // Those used most first. Fault::NotFound as ShowAccounts::byId(); a suspended account shows none.
    [[nodiscard]] Result<QList<entities::FeaturedTag>> list(AccountId account, const Deadline &deadline) const;

    // `name` may have a '#'. May be repeated. Fault::Unprocessable for what cannot be a tag, and if there are
    // kMaxFeaturedTags others.
    [[nodiscard]] Result<entities::FeaturedTag> feature(const entities::Viewer &viewer, const QString &name,
                                                        const Deadline &deadline) const;
    // Fault::NotFound if it is not one of the viewer's.
    [[nodiscard]] Result<> unfeature(const entities::Viewer &viewer, entities::FeaturedTagId id,
                                     const Deadline &deadline) const;
    // Those that the viewer has used most lately and does not feature.
    [[nodiscard]] Result<QList<entities::TagInfo>> suggestions(const entities::Viewer &viewer,
                                                               const Deadline &deadline) const;

private:
    const ShowAccounts &m_showAccounts;
    const ports::TagReader &m_tags;
    const Tags &m_tagInfo;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
