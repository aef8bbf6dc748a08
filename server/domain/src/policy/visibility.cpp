// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/policy/visibility.h>

namespace graminsta::domain
{

using entities::Account;
using entities::Standing;
using entities::Status;
using entities::Viewer;
using entities::Visibility;

namespace
{

// By the visibility alone, as if there were no blocks and mutes.
bool isOpenTo(const Viewer &viewer, const Status &status, bool following)
{
    if (status.isOpen())
        return true;
    if (!viewer.hasAccount())
        return false;
    for (const entities::Mention &mention : status.mentions) {
        if (mention.accountId == viewer.account)
            return true;
    }
    return status.visibility == Visibility::Private && following;
}

bool isHidden(const Standing &standing, Hide hide)
{
    switch (hide) {
    case Hide::Nothing:
        return false;
    case Hide::Blocked:
        return standing.hidden || standing.blocked;
    case Hide::BlockedAndMuted:
        return standing.hidden || standing.blocked || standing.muting;
    case Hide::Unsought:
        return standing.hidden || standing.blocked || standing.muting || (standing.silenced && !standing.following);
    }
    return true;
}

// Of a reblog both count: who has reblogged, and whose status it is.
bool showsTo(const Viewer &viewer, const Status &status, const Standing &author, const Standing &reblogged, Hide hide)
{
    if (status.isReblog() && isHidden(reblogged, hide))
        return false;
    if (viewer.hasAccount() && status.accountId == viewer.account)
        return true;
    return !isHidden(author, hide) && isOpenTo(viewer, status, author.following);
}

// Whether the viewer's home timeline lists what its author posts.
bool isFollowed(AccountId viewer, const Status &status, const Standing &author)
{
    return viewer == status.accountId || (author.following && (!status.isReblog() || author.showingReblogs));
}

} // namespace

VisibilityPolicy::VisibilityPolicy(const ports::RelationReader &relations, const Clock &clock)
    : m_relations(relations)
    , m_clock(clock)
{
}

Result<bool> VisibilityPolicy::maySee(const Viewer &viewer, const Status &status, const Deadline &deadline) const
{
    return !GI_TRY(visible(viewer, { status }, Hide::Blocked, deadline)).isEmpty();
}

Result<QList<Status>> VisibilityPolicy::visible(const Viewer &viewer, QList<Status> statuses, Hide hide,
                                                const Deadline &deadline) const
{
    QList<AccountId> authors;
    for (const Status &status : statuses) {
        for (const AccountId author : { status.accountId, status.reblogOfAccountId }) {
            if (!author.isNull() && !authors.contains(author))
                authors.append(author);
        }
    }
    const QHash<AccountId, Standing> known = GI_TRY(standings(viewer, authors, deadline));
    statuses.removeIf([&](const Status &status) {
        return !showsTo(viewer, status, known.value(status.accountId), known.value(status.reblogOfAccountId), hide);
    });
    return statuses;
}

Result<QList<AccountId>> VisibilityPolicy::readers(const Status &status, Feed feed, QList<AccountId> viewers,
                                                   const Deadline &deadline) const
{
    if (viewers.isEmpty())
        return viewers;
    const Timestamp now = m_clock.now();
    const auto authors = GI_TRY(m_relations.standingsToward(status.accountId, viewers, now, deadline));
    QHash<AccountId, Standing> reblogged;
    if (status.isReblog())
        reblogged = GI_TRY(m_relations.standingsToward(status.reblogOfAccountId, viewers, now, deadline));
    const Hide hide = feed == Feed::Public ? Hide::Unsought : Hide::BlockedAndMuted;
    viewers.removeIf([&](AccountId id) {
        Viewer viewer;
        viewer.account = id;
        const Standing author = authors.value(id);
        return (feed == Feed::Home && !isFollowed(id, status, author))
            || !showsTo(viewer, status, author, reblogged.value(id), hide);
    });
    return viewers;
}

Result<std::optional<Visibility>> VisibilityPolicy::listUpTo(const Viewer &viewer, AccountId author,
                                                             const Deadline &deadline) const
{
    if (viewer.hasAccount() && viewer.account == author)
        return std::optional(Visibility::Direct);
    const Standing standing = GI_TRY(standings(viewer, { author }, deadline)).value(author);
    if (isHidden(standing, Hide::Blocked))
        return std::optional<Visibility>();
    return std::optional(standing.following ? Visibility::Private : Visibility::Unlisted);
}

Result<QList<Account>> VisibilityPolicy::visibleAccounts(const Viewer &viewer, QList<Account> accounts, Hide hide,
                                                         const Deadline &deadline, AccountId named) const
{
    QList<AccountId> ids;
    for (const Account &account : accounts)
        ids.append(account.id);
    const QHash<AccountId, Standing> known = GI_TRY(standings(viewer, ids, deadline));
    accounts.removeIf([&](const Account &account) {
        Standing standing = known.value(account.id);
        if (account.id == named)
            standing.blocked = standing.muting = false;
        return isHidden(standing, hide);
    });
    return accounts;
}

Result<QHash<AccountId, ports::SeenAccount>>
VisibilityPolicy::people(const Viewer &viewer, const QList<AccountId> &accounts, const Deadline &deadline) const
{
    QHash<AccountId, ports::SeenAccount> people;
    if (accounts.isEmpty())
        return people;
    people.reserve(accounts.size());
    for (ports::SeenAccount &seen : GI_TRY(m_relations.seenBy(viewer.account, accounts, m_clock.now(), deadline))) {
        if (seen.account.id == viewer.account)
            seen.standing = {};
        people.insert(seen.account.id, seen);
    }
    return people;
}

bool VisibilityPolicy::shows(const Viewer &viewer, const Status &status,
                             const QHash<AccountId, ports::SeenAccount> &people, Hide hide)
{
    const auto standingOf = [&people](AccountId id) {
        const auto seen = people.constFind(id);
        return seen == people.cend() ? Standing {} : seen->standing;
    };
    return showsTo(viewer, status, standingOf(status.accountId), standingOf(status.reblogOfAccountId), hide);
}

Result<QHash<AccountId, Standing>> VisibilityPolicy::standings(const Viewer &viewer, const QList<AccountId> &accounts,
                                                               const Deadline &deadline) const
{
    QList<AccountId> others = accounts;
    others.removeAll(viewer.account);
    if (others.isEmpty())
        return QHash<AccountId, Standing>();
    return m_relations.standings(viewer.account, others, m_clock.now(), deadline);
}

} // namespace graminsta::domain
