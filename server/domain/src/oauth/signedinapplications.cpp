// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/signedinapplications.h>

#include <QHash>
#include <QSet>

namespace graminsta::domain
{

using entities::Viewer;

SignedInApplications::SignedInApplications(const ports::OAuthReader &oauth, ports::UnitOfWork &unitOfWork)
    : m_oauth(oauth)
    , m_unitOfWork(unitOfWork)
{
}

Result<entities::Page<SignedInApplication>>
SignedInApplications::list(const Viewer &viewer, const entities::PageRequest &page, const Deadline &deadline) const
{
    const entities::Page<entities::AccessToken> tokens = GI_TRY(m_oauth.tokensOf(viewer.account, page, deadline));
    QSet<ApplicationId> ids;
    for (const entities::AccessToken &token : tokens.rows)
        ids.insert(token.applicationId);
    QHash<ApplicationId, entities::Application> applications;
    for (const entities::Application &application :
         GI_TRY(m_oauth.applications(QList<ApplicationId>(ids.cbegin(), ids.cend()), deadline)))
        applications.insert(application.id, application);
    entities::Page<SignedInApplication> found;
    found.bounds = tokens.bounds;
    for (const entities::AccessToken &token : tokens.rows)
        found.rows.append({ token, applications.value(token.applicationId), token.id == viewer.token });
    return found;
}

Result<> SignedInApplications::revoke(const Viewer &viewer, TokenId id, const Deadline &deadline) const
{
    return m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.oauth.removeTokenOf(viewer.account, id)))
            return makeError(Fault::NotFound, QStringLiteral("Record not found"));
        return {};
    });
}

} // namespace graminsta::domain
