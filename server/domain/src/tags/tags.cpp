// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/tags/tags.h>

#include <graminsta/domain/text/statustext.h>

#include <QHash>
#include <QSet>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace graminsta::domain
{

using entities::TagDay;
using entities::TagInfo;
using entities::Viewer;
using ports::TagUse;

namespace
{

constexpr int kDays = 7;
constexpr int kMostSearched = 100;

Result<QString> tagOf(const QString &name)
{
    if (const std::optional<QString> tag = tagNamed(name))
        return *tag;
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

Timestamp today(const Clock &clock)
{
    return std::chrono::floor<std::chrono::days>(clock.now());
}

StatusId firstOfHistory(const Clock &clock)
{
    return StatusId { firstIdAt(today(clock) - std::chrono::days { kDays - 1 }) };
}

QList<TagDay> historyOf(const QList<TagUse> &uses, Timestamp today)
{
    QList<TagDay> days;
    QList<QSet<AccountId>> accounts(kDays);
    for (int age = 0; age < kDays; ++age)
        days.append({ today - std::chrono::days { age }, 0, 0 });
    for (const TagUse &use : uses) {
        const auto age = std::chrono::floor<std::chrono::days>(
            today + std::chrono::days { 1 } - std::chrono::milliseconds { 1 } - idTime(use.statusId.number()));
        const int place = std::clamp<int>(int(age.count()), 0, kDays - 1);
        ++days[place].uses;
        accounts[place].insert(use.accountId);
    }
    for (int age = 0; age < kDays; ++age)
        days[age].accounts = int(accounts[age].size());
    return days;
}

} // namespace

std::optional<QString> tagNamed(const QString &name)
{
    const QStringList tags = hashtagsOf(QLatin1Char('#') + name);
    if (tags.size() != 1 || tags.first().size() != name.size())
        return std::nullopt;
    return tags.first();
}

Tags::Tags(const ports::TagReader &tags, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_tags(tags)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<TagInfo> Tags::show(const Viewer &viewer, const QString &name, const Deadline &deadline) const
{
    const QString tag = GI_TRY(tagOf(name));
    return GI_TRY(byNames(viewer, { tag }, deadline)).first();
}

Result<TagInfo> Tags::follow(const Viewer &viewer, const QString &name, const Deadline &deadline) const
{
    const QString tag = GI_TRY(tagOf(name));
    GI_TRY(m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        return writers.tags.follow(m_ids.next<TagFollowId>(), viewer.account, tag, m_clock.now());
    }));
    return show(viewer, tag, deadline);
}

Result<TagInfo> Tags::unfollow(const Viewer &viewer, const QString &name, const Deadline &deadline) const
{
    const QString tag = GI_TRY(tagOf(name));
    GI_TRY(m_unitOfWork.write(
        deadline, [&](ports::WriteSet &writers) -> Result<> { return writers.tags.unfollow(viewer.account, tag); }));
    return show(viewer, tag, deadline);
}

Result<entities::Page<TagInfo>> Tags::followed(const Viewer &viewer, const entities::PageRequest &page,
                                               const Deadline &deadline) const
{
    const entities::Page<ports::TagFollowEdge> edges = GI_TRY(m_tags.followed(viewer.account, page, deadline));
    QStringList names;
    for (const ports::TagFollowEdge &edge : edges.rows)
        names.append(edge.tag);
    return entities::Page<TagInfo> { GI_TRY(byNames(viewer, names, deadline)), edges.bounds };
}

Result<QList<TagInfo>> Tags::trends(const Viewer &viewer, int offset, int limit, const Deadline &deadline) const
{
    const QList<TagUse> uses = GI_TRY(m_tags.newestUses(firstOfHistory(m_clock), kUsesCounted, deadline));
    struct Popularity {
        QString tag;
        QSet<AccountId> accounts;
        int uses = 0;
    };
    QHash<QString, Popularity> byTag;
    for (const TagUse &use : uses) {
        Popularity &popularity = byTag[use.tag];
        popularity.tag = use.tag;
        popularity.accounts.insert(use.accountId);
        ++popularity.uses;
    }
    QList<Popularity> ranked = byTag.values();
    std::sort(ranked.begin(), ranked.end(), [](const Popularity &one, const Popularity &other) {
        if (one.accounts.size() != other.accounts.size())
            return one.accounts.size() > other.accounts.size();
        return one.uses != other.uses ? one.uses > other.uses : one.tag < other.tag;
    });
    QStringList names;
    for (const Popularity &popularity : ranked.mid(offset, limit))
        names.append(popularity.tag);
    return describe(viewer, names, uses, deadline);
}

Result<QList<TagInfo>> Tags::search(const Viewer &viewer, const QString &text, int offset, int limit,
                                    const Deadline &deadline) const
{
    const QString name = text.startsWith(QLatin1Char('#')) ? text.mid(1) : text;
    const Result<QString> tag = tagOf(name);
    if (!tag)
        return QList<TagInfo>();
    QStringList names { *tag };
    for (const QString &other : GI_TRY(m_tags.beginningWith(*tag, kMostSearched, deadline))) {
        if (other != *tag)
            names.append(other);
    }
    QList<TagInfo> found = GI_TRY(byNames(viewer, names, deadline));
    const auto people = [](const TagInfo &info) {
        return std::accumulate(info.history.cbegin(), info.history.cend(), 0,
                               [](int sum, const TagDay &day) { return sum + day.accounts; });
    };
    std::stable_sort(std::next(found.begin()), found.end(),
                     [&people](const TagInfo &one, const TagInfo &other) { return people(one) > people(other); });
    return found.mid(offset, limit);
}

Result<QList<TagInfo>> Tags::describe(const Viewer &viewer, const QStringList &names, const QList<TagUse> &uses,
                                      const Deadline &deadline) const
{
    QStringList followed;
    if (viewer.hasAccount())
        followed = GI_TRY(m_tags.followedAmong(viewer.account, names, deadline));
    QHash<QString, QList<TagUse>> usesOf;
    for (const TagUse &use : uses)
        usesOf[use.tag].append(use);
    QList<TagInfo> tags;
    for (const QString &name : names)
        tags.append({ name, followed.contains(name), historyOf(usesOf.value(name), today(m_clock)) });
    return tags;
}

Result<QList<TagInfo>> Tags::byNames(const Viewer &viewer, const QStringList &names, const Deadline &deadline) const
{
    if (names.isEmpty())
        return QList<TagInfo>();
    const int most = std::max(1, kUsesCounted / int(names.size()));
    return describe(viewer, names, GI_TRY(m_tags.uses(names, firstOfHistory(m_clock), most, deadline)), deadline);
}

} // namespace graminsta::domain
