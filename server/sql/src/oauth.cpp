// SPDX-License-Identifier: GPL-3.0-or-later
#include "oauth.h"

#include "paging.h"
#include "restrictions.h"
#include "textcolumns.h"

namespace graminsta::sql
{

using entities::AccessGrant;
using entities::AccessToken;
using entities::Application;

namespace
{

const QByteArray kSelectApplication = "SELECT id, name, website, redirect_uris, scopes, client_id, client_secret_hash,"
                                      " created_at FROM applications ";
const QByteArray kApplicationByClientId = kSelectApplication + "WHERE client_id = ?1";
const QByteArray kApplication = kSelectApplication + "WHERE id = ?1";
const QByteArray kApplications = kSelectApplication + "WHERE id {in ?1}";
const QByteArray kSelectToken = "SELECT t.id, t.token_hash, t.application_id, t.account_id, t.scopes, t.created_at,"
                                " (SELECT u.role FROM users u WHERE u.account_id = t.account_id),"
                                " (SELECT a.restrictions FROM accounts a WHERE a.id = t.account_id)"
                                " FROM access_tokens t ";
const QByteArray kTokenByHash = kSelectToken + "WHERE t.token_hash = ?1";
const PagedSql kTokensOf(kSelectToken
                         + "WHERE t.account_id = ?1 AND t.id > ?2 AND t.id < ?3 ORDER BY t.id {order} LIMIT ?4");

const QByteArray kInsertApplication = "INSERT INTO applications (id, name, website, redirect_uris, scopes, client_id,"
                                      " client_secret_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const QByteArray kInsertGrant = "INSERT INTO access_grants (code_hash, application_id, account_id, redirect_uri,"
                                " scopes, code_challenge, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const QByteArray kTakeGrant = "DELETE FROM access_grants WHERE code_hash = ?1 RETURNING code_hash, application_id,"
                              " account_id, redirect_uri, scopes, code_challenge, expires_at";
const QByteArray kRemoveGrants = "DELETE FROM access_grants WHERE expires_at < ?1";
const QByteArray kInsertToken = "INSERT INTO access_tokens (id, token_hash, application_id, account_id, scopes,"
                                " created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const QByteArray kRemoveToken = "DELETE FROM access_tokens WHERE id = ?1";
const QByteArray kRemoveTokenOf = "DELETE FROM access_tokens WHERE account_id = ?1 AND id = ?2";
const QByteArray kRemoveTokensOf = "DELETE FROM access_tokens WHERE account_id = ?1 AND id <> ?2";
const QByteArray kRemoveGrantsOf = "DELETE FROM access_grants WHERE account_id = ?1";
const QByteArray kRemoveOldTokens =
    "DELETE FROM access_tokens WHERE account_id = ?2 AND application_id = ?1 AND id NOT IN ("
    "SELECT n.id FROM access_tokens n WHERE n.account_id = ?2 AND n.application_id = ?1 ORDER BY n.id DESC LIMIT ?3)";

Application applicationOf(const Row &row)
{
    return { row.id<ApplicationId>(0),
             row.text(1),
             row.text(2),
             unpackTexts(row.utf8(3)),
             row.text(4),
             row.text(5),
             row.blob(6),
             row.time(7) };
}

AccessToken tokenOf(const Row &row)
{
    return { row.id<TokenId>(0), row.blob(1), row.id<ApplicationId>(2),          row.id<AccountId>(3),
             row.text(4),        row.time(5), row.enumerator<entities::Role>(6), restrictionsOf(row.integer(7)) };
}

AccessGrant grantOf(const Row &row)
{
    return { row.blob(0), row.id<ApplicationId>(1), row.id<AccountId>(2), row.text(3), row.text(4), row.text(5),
             row.time(6) };
}

QString noApplication()
{
    return QStringLiteral("There is no such application");
}

} // namespace

Result<Application> SqlOAuth::applicationByClientId(const QString &clientId, const Deadline &deadline) const
{
    return m_executor.one<Application>(kApplicationByClientId, Bindings(clientId), deadline, applicationOf,
                                       noApplication());
}

Result<Application> SqlOAuth::application(ApplicationId id, const Deadline &deadline) const
{
    return m_executor.one<Application>(kApplication, Bindings(id), deadline, applicationOf, noApplication());
}

Result<QList<Application>> SqlOAuth::applications(const QList<ApplicationId> &ids, const Deadline &deadline) const
{
    if (ids.isEmpty())
        return QList<Application>();
    return m_executor.list<Application>(kApplications, Bindings(ids), deadline, applicationOf);
}

Result<AccessToken> SqlOAuth::tokenByHash(const QByteArray &tokenHash, const Deadline &deadline) const
{
    return m_executor.one<AccessToken>(kTokenByHash, Bindings(tokenHash), deadline, tokenOf,
                                       QStringLiteral("There is no such token"));
}

Result<> SqlOAuth::insertApplication(const Application &application)
{
    GI_TRY(m_executor.change(kInsertApplication,
                             Bindings(application.id, application.name, application.website,
                                      packTexts(application.redirectUris), application.scopes, application.clientId,
                                      application.clientSecretHash, application.createdAt)));
    return {};
}

Result<> SqlOAuth::insertGrant(const AccessGrant &grant)
{
    GI_TRY(m_executor.change(kInsertGrant,
                             Bindings(grant.codeHash, grant.applicationId, grant.accountId, grant.redirectUri,
                                      grant.scopes, grant.codeChallenge, grant.expiresAt)));
    return {};
}

Result<AccessGrant> SqlOAuth::takeGrant(const QByteArray &codeHash)
{
    std::optional<AccessGrant> grant;
    GI_TRY(m_executor.change(kTakeGrant, Bindings(codeHash), [&grant](const Row &row) { grant = grantOf(row); }));
    if (!grant)
        return makeError(Fault::NotFound, QStringLiteral("There is no such authorization code"));
    return std::move(*grant);
}

Result<> SqlOAuth::removeGrantsExpiredBefore(Timestamp time)
{
    GI_TRY(m_executor.change(kRemoveGrants, Bindings(time)));
    return {};
}

Result<> SqlOAuth::insertToken(const AccessToken &token)
{
    GI_TRY(m_executor.change(
        kInsertToken,
        Bindings(token.id, token.tokenHash, token.applicationId, token.accountId, token.scopes, token.createdAt)));
    return {};
}

Result<> SqlOAuth::removeToken(TokenId id)
{
    GI_TRY(m_executor.change(kRemoveToken, Bindings(id)));
    return {};
}

Result<entities::Page<AccessToken>> SqlOAuth::tokensOf(AccountId account, const entities::PageRequest &page,
                                                       const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<AccessToken>(m_executor, kTokensOf, window,
                                 Bindings(account, window.low, window.high, window.limit), deadline, tokenOf,
                                 [](const AccessToken &token) { return token.id.number(); });
}

Result<bool> SqlOAuth::removeTokenOf(AccountId account, TokenId id)
{
    return GI_TRY(m_executor.change(kRemoveTokenOf, Bindings(account, id))) > 0;
}

Result<> SqlOAuth::removeTokensOf(AccountId account, TokenId kept)
{
    GI_TRY(m_executor.change(kRemoveTokensOf, Bindings(account, kept.number())));
    GI_TRY(m_executor.change(kRemoveGrantsOf, Bindings(account)));
    return {};
}

Result<> SqlOAuth::removeOldTokens(ApplicationId application, AccountId account, int keep)
{
    GI_TRY(m_executor.change(kRemoveOldTokens, Bindings(application, account, keep)));
    return {};
}

} // namespace graminsta::sql
