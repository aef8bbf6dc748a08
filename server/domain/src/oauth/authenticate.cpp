// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/authenticate.h>

#include <graminsta/core/secrets.h>
#include <graminsta/domain/policy/moderation.h>

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
    GI_TRY(requireUsableLogin(row->restrictions));
    return entities::Viewer { row->id, row->applicationId, row->accountId, api::Scopes::fromStored(row->scopes),
                              row->role };
}

} // namespace graminsta::domain
