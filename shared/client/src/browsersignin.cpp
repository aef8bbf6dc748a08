// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/browsersignin.h>

#include <graminsta/client/client.h>
#include <graminsta/client/loopbackredirect.h>
#include <graminsta/core/secrets.h>

namespace graminsta::client
{

namespace
{

const QString &scopes()
{
    static const QString text = QStringLiteral("read write follow");
    return text;
}

} // namespace

QCoro::Task<Result<SignedIn>> signInWithBrowser(SessionPtr session, OpenBrowser openBrowser,
                                                std::chrono::milliseconds patience, CancelToken cancel)
{
    const OAuth oauth(session);
    Result<std::unique_ptr<LoopbackRedirect>> listening = LoopbackRedirect::listen();
    if (!listening)
        co_return std::move(listening).error();
    const std::unique_ptr<LoopbackRedirect> redirect = std::move(listening).value();
    const QString redirectUri = redirect->redirectUri();
    // Anew each time: the port is in the redirect URI, which servers compare as a whole.
    const Result<model::Application> application =
        co_await oauth.registerApplication(QStringLiteral("Graminsta"), redirectUri, scopes(), {}, cancel);
    if (!application)
        co_return application.error();

    const PkcePair pkce = makePkcePair();
    const QByteArray state = randomToken(24);
    const AuthorizationRequest request { redirectUri, scopes(), state, pkce.challenge };
    if (!openBrowser(oauth.authorizationUrl(*application, request)))
        co_return makeError(Fault::Unavailable, QStringLiteral("No browser could be opened on this computer."));
    const Result<QString> code = co_await redirect->waitForCode(state, Deadline::after(patience), cancel);
    if (!code)
        co_return code.error();

    const Result<model::Token> token =
        co_await oauth.exchangeCode(*application, *code, redirectUri, pkce.verifier, cancel);
    if (!token)
        co_return token.error();
    const Client client(session->baseUrl, token->accessToken.toLatin1(), session->transport, session->options);
    const Result<model::Account> account = co_await client.accounts().verifyCredentials(cancel);
    if (!account)
        co_return account.error();
    co_return SignedIn { *application, *token, *account };
}

} // namespace graminsta::client
