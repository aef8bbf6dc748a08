// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a token back (RFC 7009). Thread-safe.
#pragma once

#include <graminsta/ports/oauth.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

class RevokeToken
{
public:
    RevokeToken(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork);

    // Success too for a token that does not exist. Fault::Forbidden with "unauthorized_client" if the client is
    // unknown, its secret is wrong or the token is another's.
    [[nodiscard]] Result<> run(const QString &clientId, const QString &clientSecret, const QByteArray &token,
                               const Deadline &deadline) const;

private:
    const ports::OAuthReader &m_oauth;
    ports::UnitOfWork &m_unitOfWork;
};

} // namespace graminsta::domain
