// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/tags/featuredtags.h>

#include <QHash>

#include <algorithm>

namespace graminsta::domain
{

using entities::FeaturedTag;
using entities::FeaturedTagId;
using entities::TagInfo;
using entities::Viewer;

namespace
{

constexpr int kPostsLookedAt = 200;

Error invalid(const QString &reason)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + reason);
}

} // namespace

FeaturedTags::FeaturedTags(const ShowAccounts &showAccounts, const ports::TagReader &tags, const Tags &tagInfo,
                           ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_showAccounts(showAccounts)
    , m_tags(tags)
    , m_tagInfo(tagInfo)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<QList<FeaturedTag>> FeaturedTags::list(AccountId account, const Deadline &deadline) const
{
    const entities::Account shown = GI_TRY(m_showAccounts.byId(account, deadline));
    if (shown.restrictions.testFlag(entities::Restriction::Suspended))
        return QList<FeaturedTag>();
    QList<FeaturedTag> tags = GI_TRY(m_tags.featured(account, deadline));
    std::stable_sort(tags.begin(), tags.end(), [](const FeaturedTag &one, const FeaturedTag &other) {
        return one.statusesCount > other.statusesCount;
    });
    return tags;
}

Result<FeaturedTag> FeaturedTags::feature(const Viewer &viewer, const QString &name, const Deadline &deadline) const
{
    const std::optional<QString> tag = tagNamed(name.startsWith(QLatin1Char('#')) ? name.mid(1) : name);
    if (!tag)
        return invalid(QStringLiteral("Name must be a hashtag: letters, digits and underscores, not digits alone"));
    const Result<> featured = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        return writers.tags.feature(m_ids.next<FeaturedTagId>(), viewer.account, *tag, m_clock.now(), kMaxFeaturedTags);
    });
    if (!featured && featured.error().fault == Fault::Conflict)
        return invalid(
            QStringLiteral("You have already featured the maximum number of hashtags (%1)").arg(kMaxFeaturedTags));
    if (!featured)
        return featured.error();
    const QList<FeaturedTag> tags = GI_TRY(m_tags.featured(viewer.account, deadline));
    const auto found =
        std::find_if(tags.cbegin(), tags.cend(), [&tag](const FeaturedTag &one) { return one.name == *tag; });
    // Taken off again meanwhile, elsewhere.
    if (found == tags.cend())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return *found;
}

Result<> FeaturedTags::unfeature(const Viewer &viewer, FeaturedTagId id, const Deadline &deadline) const
{
    Result<> removed = m_unitOfWork.write(
        deadline, [&](ports::WriteSet &writers) { return writers.tags.unfeature(viewer.account, id); });
    if (!removed && removed.error().fault == Fault::NotFound)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return removed;
}

Result<QList<TagInfo>> FeaturedTags::suggestions(const Viewer &viewer, const Deadline &deadline) const
{
    QHash<QString, int> uses;
    for (const QString &tag : GI_TRY(m_tags.usedLately(viewer.account, kPostsLookedAt, deadline)))
        ++uses[tag];
    for (const FeaturedTag &tag : GI_TRY(m_tags.featured(viewer.account, deadline)))
        uses.remove(tag.name);
    QStringList names = uses.keys();
    std::sort(names.begin(), names.end(), [&uses](const QString &one, const QString &other) {
        return uses.value(one) != uses.value(other) ? uses.value(one) > uses.value(other) : one < other;
    });
    return m_tagInfo.byNames(viewer, names.mid(0, kMaxFeaturedTags), deadline);
}

} // namespace graminsta::domain
