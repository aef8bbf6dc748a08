// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/registerapplication.h>

#include <graminsta/api/scopes.h>
#include <graminsta/core/secrets.h>
#include <graminsta/ports/oauth.h>

#include <QUrl>

namespace graminsta::domain
{

namespace
{

Error invalidField(const QString &message)
{
    return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: ") + message);
}

// Custom schemes are how phone apps are called back; javascript: and data: would run in our own page.
bool isUsableRedirect(const QString &uri)
{
    if (uri == QLatin1String(kOutOfBand))
        return true;
    const QUrl url(uri, QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    return url.isValid() && !scheme.isEmpty() && !url.hasFragment() && scheme != QLatin1String("javascript")
        && scheme != QLatin1String("data") && scheme != QLatin1String("file") && scheme != QLatin1String("vbscript");
}

} // namespace

RegisterApplication::RegisterApplication(ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<RegisteredApplication> RegisterApplication::run(const ApplicationRequest &request,
                                                       const Deadline &deadline) const
{
    const QString name = request.name.trimmed();
    if (name.isEmpty())
        return invalidField(QStringLiteral("Application name can't be blank"));
    if (name.size() > 60)
        return invalidField(QStringLiteral("Application name is too long (maximum is 60 characters)"));
    if (request.website.size() > 2000)
        return invalidField(QStringLiteral("Website is too long (maximum is 2000 characters)"));
    if (request.redirectUris.isEmpty())
        return invalidField(QStringLiteral("Redirect URI can't be blank"));
    if (request.redirectUris.size() > 10)
        return invalidField(QStringLiteral("Redirect URI: at most 10 are kept"));
    for (const QString &uri : request.redirectUris) {
        if (uri.size() > 2000 || !isUsableRedirect(uri))
            return invalidField(QStringLiteral("Redirect URI must be an absolute URI: %1").arg(uri.left(200)));
    }
    api::Scopes scopes = GI_TRY(api::Scopes::parse(request.scopes));
    if (scopes.isEmpty())
        scopes = api::Scopes::fromStored(u"read");

    RegisteredApplication registered;
    registered.clientSecret = randomToken();
    entities::Application &application = registered.application;
    application.id = m_ids.next<ApplicationId>();
    application.name = name;
    application.website = request.website;
    application.redirectUris = request.redirectUris;
    application.scopes = scopes.toString();
    application.clientId = QString::fromLatin1(randomToken());
    application.clientSecretHash = tokenHash(registered.clientSecret);
    application.createdAt = m_clock.now();
    GI_TRY(m_unitOfWork.write(deadline,
                              [&](ports::WriteSet &writers) { return writers.oauth.insertApplication(application); }));
    return registered;
}

} // namespace graminsta::domain
