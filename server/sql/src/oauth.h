// SPDX-License-Identifier: GPL-3.0-or-later
// Applications, grants and tokens in the database. As a reader thread-safe on a pool; as a writer inside one
// transaction.
#pragma once

#include "executor.h"

#include <graminsta/ports/oauth.h>

namespace graminsta::sql
{

class SqlOAuth final : public ports::OAuthWriter
{
public:
    explicit SqlOAuth(Executor &executor)
        : m_executor(executor)
    {
    }

    Result<entities::Application> applicationByClientId(const QString &clientId,
                                                        const Deadline &deadline) const override;
    Result<entities::Application> application(ApplicationId id, const Deadline &deadline) const override;
    Result<QList<entities::Application>> applications(const QList<ApplicationId> &ids,
                                                      const Deadline &deadline) const override;
    Result<entities::AccessToken> tokenByHash(const QByteArray &tokenHash, const Deadline &deadline) const override;

    Result<> insertApplication(const entities::Application &application) override;
    Result<> insertGrant(const entities::AccessGrant &grant) override;
    Result<entities::AccessGrant> takeGrant(const QByteArray &codeHash) override;
    Result<> removeGrantsExpiredBefore(Timestamp time) override;
    Result<> insertToken(const entities::AccessToken &token) override;
    Result<> removeToken(TokenId id) override;
    Result<entities::Page<entities::AccessToken>> tokensOf(AccountId account, const entities::PageRequest &page,
                                                           const Deadline &deadline) const override;
    Result<bool> removeTokenOf(AccountId account, TokenId id) override;
    Result<> removeTokensOf(AccountId account, TokenId kept) override;
    Result<> removeOldTokens(ApplicationId application, AccountId account, int keep) override;

private:
    Executor &m_executor;
};

} // namespace graminsta::sql
