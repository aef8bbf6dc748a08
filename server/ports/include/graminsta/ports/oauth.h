// SPDX-License-Identifier: GPL-3.0-or-later
// Applications, grants and tokens. Readers are thread-safe; writers live inside one UnitOfWork::write().
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/oauth.h>
#include <graminsta/entities/page.h>

namespace graminsta::ports
{

class OAuthReader
{
public:
    virtual ~OAuthReader() = default;

    // Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::Application> applicationByClientId(const QString &clientId,
                                                                              const Deadline &deadline) const = 0;
    [[nodiscard]] virtual Result<entities::Application> application(ApplicationId id,
                                                                    const Deadline &deadline) const = 0;
    // In no order; unknown ids are left out. One query.
    [[nodiscard]] virtual Result<QList<entities::Application>> applications(const QList<ApplicationId> &ids,
                                                                            const Deadline &deadline) const = 0;
    // Fault::NotFound if there is none: never given, or revoked.
    [[nodiscard]] virtual Result<entities::AccessToken> tokenByHash(const QByteArray &tokenHash,
                                                                    const Deadline &deadline) const = 0;
    // Of an account, the newest first.
    [[nodiscard]] virtual Result<entities::Page<entities::AccessToken>>
    tokensOf(AccountId account, const entities::PageRequest &page, const Deadline &deadline) const = 0;
};

class OAuthWriter : public OAuthReader
{
public:
    [[nodiscard]] virtual Result<> insertApplication(const entities::Application &application) = 0;
    [[nodiscard]] virtual Result<> insertGrant(const entities::AccessGrant &grant) = 0;
    // Gives the grant and removes it, so that a code works once. Fault::NotFound if there is none.
    [[nodiscard]] virtual Result<entities::AccessGrant> takeGrant(const QByteArray &codeHash) = 0;
    [[nodiscard]] virtual Result<> removeGrantsExpiredBefore(Timestamp time) = 0;
    [[nodiscard]] virtual Result<> insertToken(const entities::AccessToken &token) = 0;
    // Success also if there is none.
    [[nodiscard]] virtual Result<> removeToken(TokenId id) = 0;
    // One of the account's own. False if it has none of that id.
    [[nodiscard]] virtual Result<bool> removeTokenOf(AccountId account, TokenId id) = 0;
    // All that lets anybody use the account but the token `kept` (null: none): tokens, and codes that wait for their
    // exchange.
    [[nodiscard]] virtual Result<> removeTokensOf(AccountId account, TokenId kept) = 0;
    // Of those that the application has of the account, all but the newest `keep`.
    [[nodiscard]] virtual Result<> removeOldTokens(ApplicationId application, AccountId account, int keep) = 0;
};

} // namespace graminsta::ports
