// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/accounts/showaccounts.h>

namespace graminsta::domain
{

namespace
{

template<typename T> Result<T> orNotFound(Result<T> result)
{
    if (!result && result.error().fault == Fault::NotFound)
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return result;
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
    return orNotFound(m_accounts.byId(id, deadline));
}

Result<entities::Account> ShowAccounts::byAcct(const QString &acct, const QString &host, const Deadline &deadline) const
{
    const std::optional<QString> name = localName(acct, host);
    if (!name || name->isEmpty())
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    return orNotFound(m_accounts.byUsername(*name, deadline));
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
    return m_visibility.visibleAccounts(
        viewer,
        GI_TRY(m_accounts.search({ *name, viewer.account, request.onlyFollowed, request.offset, request.limit },
                                 deadline)),
        deadline);
}

} // namespace graminsta::domain
