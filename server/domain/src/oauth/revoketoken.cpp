// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/revoketoken.h>

#include <graminsta/core/secrets.h>

namespace graminsta::domain
{

RevokeToken::RevokeToken(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork)
    : m_oauth(oauth)
    , m_unitOfWork(unitOfWork)
{
}

Result<> RevokeToken::run(const QString &clientId, const QString &clientSecret, const QByteArray &token,
                          const Deadline &deadline) const
{
    const Error refused = makeCodedError(Fault::Forbidden, QStringLiteral("unauthorized_client"),
                                         QStringLiteral("You are not authorized to revoke this token."));
    const Result<entities::Application> application = m_oauth.applicationByClientId(clientId, deadline);
    if (!application)
        return application.error().fault == Fault::NotFound ? refused : application.error();
    if (!constantTimeEquals(application->clientSecretHash, tokenHash(clientSecret.toUtf8())))
        return refused;

    const Result<entities::AccessToken> row = m_oauth.tokenByHash(tokenHash(token), deadline);
    if (!row)
        return row.error().fault == Fault::NotFound ? Result<>() : Result<>(row.error());
    if (row->applicationId != application->id)
        return refused;
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) { return writers.oauth.removeToken(row->id); });
}

} // namespace graminsta::domain
