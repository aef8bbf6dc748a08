// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/showaccounts.h>

namespace graminsta::domain
{

namespace
{

// What everybody may see of it: of a suspended account its name alone, and that it is suspended.
Result<entities::Account> shown(Result<entities::Account> account)
{
    using entities::Restriction;
    const bool gone = account ? account->restrictions.testAnyFlags(Restriction::Pending | Restriction::Deleted)
                              : account.error().fault == Fault::NotFound;
    if (gone)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    if (!account || !account->restrictions.testFlag(Restriction::Suspended))
        return account;
    entities::Account bare;
    bare.id = account->id;
    bare.username = account->username;
    bare.createdAt = account->createdAt;
    bare.restrictions = account->restrictions;
    bare.discoverable = false;
    return bare;
}

} // namespace

std::optional<QString> localName(const QString &acct, const QString &host)
{
    QString name = acct.trimmed();
    if (name.startsWith(QLatin1Char('@')))
        name.remove(0, 1);
    const qsizetype at = name.indexOf(QLatin1Char('@'));
    if (at < 0)
        return name;
    if (QStringView(name).sliced(at + 1).compare(host, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return name.left(at);
}

ShowAccounts::ShowAccounts(const ports::AccountReader &accounts, const ports::FollowReader &follows,
                           const VisibilityPolicy &visibility)
    : m_accounts(accounts)
    , m_follows(follows)
    , m_visibility(visibility)
{
}

Result<entities::Account> ShowAccounts::byId(AccountId id, const Deadline &deadline) const
{
    return shown(m_accounts.byId(id, deadline));
}

Result<entities::Account> ShowAccounts::byAcct(const QString &acct, const QString &host, const Deadline &deadline) const
{
    const std::optional<QString> name = localName(acct, host);
    if (!name || name->isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return shown(m_accounts.byUsername(*name, deadline));
}

Result<entities::Account> ShowAccounts::owner(const Deadline &deadline) const
{
    return m_accounts.owner(deadline);
}

Result<OwnAccount> ShowAccounts::own(const entities::Viewer &viewer, const Deadline &deadline) const
{
    OwnAccount own;
    own.account = GI_TRY(m_accounts.byId(viewer.account, deadline));
    own.user = GI_TRY(m_accounts.user(viewer.account, deadline));
    own.followRequests = GI_TRY(m_follows.countRequests(viewer.account, kMostFollowRequests, deadline));
    return own;
}

Result<QList<entities::Account>> ShowAccounts::search(const entities::Viewer &viewer,
                                                      const AccountSearchRequest &request, const QString &host,
                                                      const Deadline &deadline) const
{
    const std::optional<QString> name = localName(request.query, host);
    if (!name || name->isEmpty())
        return QList<entities::Account> {};
    QList<entities::Account> found = GI_TRY(
        m_accounts.search({ *name, viewer.account, request.onlyFollowed, request.offset, request.limit }, deadline));
    // Whom somebody names in full was sought: clients take back a block by what this finds.
    AccountId named;
    for (const entities::Account &account : std::as_const(found)) {
        if (account.username.compare(*name, Qt::CaseInsensitive) == 0)
            named = account.id;
    }
    return m_visibility.visibleAccounts(viewer, std::move(found), Hide::Unsought, deadline, named);
}

} // namespace graminsta::domain
