// SPDX-License-Identifier: GPL-3.0-or-later
// Which account the app shows, and how far it is with connecting to it. GUI thread only.
//
//   Connecting --> Ready
//       |  ^---------------- switchTo(), start()
//       +--> Failed --start()--> Connecting
#pragma once

#include <desktop/core/accountsession.h>
#include <desktop/core/accountstore.h>

#include <functional>
#include <optional>

namespace graminsta
{

class SessionController final : public QObject
{
    Q_OBJECT
public:
    using SessionPtr = std::shared_ptr<AccountSession>;
    // Brings an account to a session: starts what must be started, signs in.
    using Connect = std::function<QCoro::Task<Result<SessionPtr>>(AccountEntry, client::CancelToken)>;
    enum class State { Connecting, Ready, Failed };

    // `accounts` must outlive the controller.
    SessionController(AccountStore &accounts, Connect connect);

    [[nodiscard]] AccountStore &accounts() { return m_accounts; }
    [[nodiscard]] State state() const { return m_state; }
    // Null unless Ready.
    [[nodiscard]] const SessionPtr &session() const { return m_session; }
    // In Failed.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    // Connects to the current account. What was under way is cancelled, the session before is left to who still has it.
    void start();
    void switchTo(const QString &accountId);

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> connectTo(AccountEntry entry);
    void remember(AccountEntry entry);

    AccountStore &m_accounts;
    Connect m_connect;
    State m_state = State::Connecting;
    SessionPtr m_session;
    std::optional<Error> m_error;
    client::CancelSource m_cancel;
    int m_run = 0; // tells the latest attempt from those it has replaced
};

} // namespace graminsta
