// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/authenticate.h>

#include <graminsta/core/secrets.h>

namespace graminsta::domain
{

Authenticate::Authenticate(const ports::OAuthReader &oauth)
    : m_oauth(oauth)
{
}

Result<entities::Viewer> Authenticate::run(const QByteArray &token, const Deadline &deadline) const
{
    Result<entities::AccessToken> row = m_oauth.tokenByHash(tokenHash(token), deadline);
    if (!row) {
        if (row.error().fault != Fault::NotFound)
            return std::move(row).error();
        return makeError(Fault::Unauthorized, QStringLiteral("The access token is invalid"));
    }
    return entities::Viewer { row->id, row->applicationId, row->accountId, api::Scopes::fromStored(row->scopes),
                              row->hasFilters };
}

} // namespace graminsta::domain
