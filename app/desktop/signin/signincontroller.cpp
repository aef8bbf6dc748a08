// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/signin/signincontroller.h>

#include <desktop/core/credentials.h>
#include <desktop/core/wording.h>
#include <desktop/signin/kepttoken.h>

#include <graminsta/core/logging.h>
#include <graminsta/core/secrets.h>

#include <QPointer>

namespace graminsta
{

namespace
{

Q_LOGGING_CATEGORY(logSignIn, "graminsta.app.signin")

constexpr std::chrono::minutes kPatience { 10 };

// https://docs.joinmastodon.org/spec/oauth/: the code is shown to the user instead of being sent anywhere.
QString outOfBand()
{
    return QStringLiteral("urn:ietf:wg:oauth:2.0:oob");
}

QString scopes()
{
    return QStringLiteral("read write follow");
}

} // namespace

SignInController::SignInController(AccountStore &accounts, Credentials &credentials,
                                   std::shared_ptr<client::Transport> transport, client::OpenBrowser openBrowser,
                                   QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_credentials(credentials)
    , m_transport(std::move(transport))
    , m_openBrowser(std::move(openBrowser))
{
}

void SignInController::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void SignInController::fail(const Error &error)
{
    setState(State::Idle);
    if (error.fault != Fault::Cancelled) {
        Q_EMIT failed(messageOf(error));
    }
}

std::optional<client::Client> SignInController::clientFor(const QString &server)
{
    const Result<QUrl> address = client::parseServerAddress(server);
    if (!address) {
        fail(address.error());
        return std::nullopt;
    }
    m_cancel = client::CancelSource();
    m_page.clear();
    setState(State::Waiting);
    return client::Client(*address, {}, m_transport);
}

void SignInController::signIn(const QString &server)
{
    if (const auto client = clientFor(server)) {
        askBrowser(*client);
    }
}

void SignInController::signInByCode(const QString &server)
{
    if (const auto client = clientFor(server)) {
        askForCode(*client);
    }
}

void SignInController::cancel()
{
    m_cancel = client::CancelSource();
    setState(State::Idle);
}

QCoro::Task<> SignInController::askBrowser(client::Client client)
{
    const QPointer<SignInController> self(this);
    const client::CancelToken cancel = m_cancel.token();
    const client::OpenBrowser open = [self](const QUrl &page) {
        if (!self) {
            return false;
        }
        self->m_page = page;
        Q_EMIT self->changed();
        // Where no browser starts, the person can still copy the address: the wait goes on.
        self->m_openBrowser(page);
        return true;
    };
    const Result<client::SignedIn> signedIn =
        co_await client::signInWithBrowser(client.session(), open, kPatience, cancel);
    if (!self || cancel.isCancelled()) {
        co_return;
    }
    if (signedIn) {
        keep(client, *signedIn);
    } else {
        fail(signedIn.error());
    }
}

QCoro::Task<> SignInController::askForCode(client::Client client)
{
    const QPointer<SignInController> self(this);
    const client::CancelToken cancel = m_cancel.token();
    const Result<model::Application> application = co_await client.oauth().registerApplication(
        QStringLiteral("Graminsta"), outOfBand(), scopes(), QString(), cancel);
    if (!self || cancel.isCancelled()) {
        co_return;
    }
    if (!application) {
        fail(application.error());
        co_return;
    }
    const client::PkcePair pkce = client::makePkcePair();
    client::AuthorizationRequest request;
    request.redirectUri = outOfBand();
    request.scope = scopes();
    request.state = randomToken(16);
    request.pkceChallenge = pkce.challenge;
    m_stranger = client;
    m_application = *application;
    m_verifier = pkce.verifier;
    m_page = client.oauth().authorizationUrl(*application, request);
    m_openBrowser(m_page);
    setState(State::WaitingForCode);
}

void SignInController::enterCode(const QString &code)
{
    if (m_state == State::WaitingForCode && !code.trimmed().isEmpty()) {
        setState(State::Waiting);
        redeem(code.trimmed());
    }
}

QCoro::Task<> SignInController::redeem(QString code)
{
    const QPointer<SignInController> self(this);
    const client::CancelToken cancel = m_cancel.token();
    const client::Client stranger = *m_stranger;
    client::SignedIn signedIn;
    signedIn.application = m_application;
    const Result<model::Token> token =
        co_await stranger.oauth().exchangeCode(signedIn.application, code, outOfBand(), m_verifier, cancel);
    if (!self || cancel.isCancelled()) {
        co_return;
    }
    if (!token) {
        fail(token.error());
        co_return;
    }
    signedIn.token = *token;
    const client::Client known = stranger.withToken(token->accessToken.toLatin1());
    const Result<model::Account> account = co_await known.accounts().verifyCredentials(cancel);
    if (!self || cancel.isCancelled()) {
        co_return;
    }
    if (!account) {
        fail(account.error());
        co_return;
    }
    signedIn.account = *account;
    keep(stranger, signedIn);
}

QCoro::Task<> SignInController::keep(client::Client client, client::SignedIn signedIn)
{
    const QPointer<SignInController> self(this);
    AccountEntry entry;
    entry.id = QStringLiteral("%1@%2").arg(signedIn.account.username, client.baseUrl().authority());
    entry.baseUrl = client.baseUrl();
    entry.acct = signedIn.account.acct;
    entry.displayName = signedIn.account.displayName;
    const QString kept =
        toText({ signedIn.token.accessToken, signedIn.application.clientId, signedIn.application.clientSecret });
    const Result<> written = co_await m_credentials.write(entry.id, kept);
    if (!self) {
        co_return;
    }
    const Result<> saved = written ? m_accounts.put(entry) : written;
    if (!saved) {
        fail(saved.error());
        co_return;
    }
    setState(State::Idle);
    Q_EMIT this->signedIn(entry.id);
}

void SignInController::signOut(const AccountEntry &entry)
{
    revoke(entry);
}

QCoro::Task<> SignInController::revoke(AccountEntry entry)
{
    const QPointer<SignInController> self(this);
    const Result<QString> text = co_await m_credentials.read(entry.id);
    if (text && self) {
        const KeptToken kept = keptTokenFrom(*text);
        const client::Client client(entry.baseUrl, kept.token.toLatin1(), m_transport);
        model::Application application;
        application.clientId = kept.clientId;
        application.clientSecret = kept.clientSecret;
        const Result<> revoked = co_await client.oauth().revoke(application);
        if (!revoked) {
            // Whether the server heard of it or not, this computer forgets the token.
            qCWarning(logSignIn).noquote() << "the token was not taken back:" << describe(revoked.error());
        }
    }
    if (!self) {
        co_return;
    }
    const Result<> forgotten = co_await m_credentials.remove(entry.id);
    if (!self) {
        co_return;
    }
    const Result<> removed = forgotten ? m_accounts.remove(entry.id) : forgotten;
    if (!removed) {
        Q_EMIT failed(messageOf(removed.error()));
        co_return;
    }
    Q_EMIT signedOut(entry.id);
}

} // namespace graminsta
