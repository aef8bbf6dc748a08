// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in at another server: by the browser, which comes back by itself, or by a code that is copied by hand. GUI
// thread only.
//
//   Idle --signIn()-----> Waiting (for the browser) --> Idle + signedIn()
//    ^   --signInByCode()> Waiting --> WaitingForCode --enterCode()--> Waiting --> Idle + signedIn()
//    +------ cancel(), failures
#pragma once

#include <desktop/core/accountstore.h>

#include <graminsta/client/browsersignin.h>
#include <graminsta/client/client.h>

#include <QObject>

namespace graminsta
{

class Credentials;

class SignInController final : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Waiting, WaitingForCode };

    // Both references must outlive the controller.
    SignInController(AccountStore &accounts, Credentials &credentials, std::shared_ptr<client::Transport> transport,
                     client::OpenBrowser openBrowser, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    // The page that was given to the browser, for copying; empty before.
    [[nodiscard]] const QUrl &page() const { return m_page; }

    void signIn(const QString &server);
    void signInByCode(const QString &server);
    void enterCode(const QString &code);
    void cancel();
    // Forgets the account here, and takes its token back there.
    void signOut(const AccountEntry &entry);

Q_SIGNALS:
    void changed();
    void signedIn(const QString &accountId);
    void signedOut(const QString &accountId);
    void failed(const QString &message);

private:
    QCoro::Task<> askBrowser(client::Client client);
    QCoro::Task<> askForCode(client::Client client);
    QCoro::Task<> redeem(QString code);
    QCoro::Task<> keep(client::Client client, client::SignedIn signedIn);
    QCoro::Task<> revoke(AccountEntry entry);
    [[nodiscard]] std::optional<client::Client> clientFor(const QString &server);
    void setState(State state);
    void fail(const Error &error);

    AccountStore &m_accounts;
    Credentials &m_credentials;
    std::shared_ptr<client::Transport> m_transport;
    client::OpenBrowser m_openBrowser;
    State m_state = State::Idle;
    QUrl m_page;
    // Of a sign-in by code that is under way.
    std::optional<client::Client> m_stranger;
    model::Application m_application;
    QByteArray m_verifier;
    client::CancelSource m_cancel;
};

} // namespace graminsta
