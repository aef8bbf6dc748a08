// SPDX-License-Identifier: GPL-3.0-or-later
// Which account is shown, and signing in at other servers. GUI thread only.
#pragma once

#include <desktop/core/accountstore.h>
#include <desktop/settings/section.h>

class QLabel;
class QLineEdit;
class QPushButton;

namespace graminsta
{

class SessionController;
class SignInController;

class AccountsSection final : public Section
{
    Q_OBJECT
public:
    AccountsSection(SessionController &sessions, SignInController &signIn, QWidget *parent = nullptr);

    void proposeServer(const QString &server);

private:
    [[nodiscard]] QWidget *makeSignIn();
    [[nodiscard]] QWidget *makeRow(const AccountEntry &entry);
    void listen();
    void showAccounts();
    void showSignIn();

    SessionController &m_sessions;
    SignInController &m_signIn;
    QVBoxLayout *m_rows;
    QLineEdit *m_server;
    QPushButton *m_browser;
    QPushButton *m_byCode;
    QPushButton *m_copy;
    QPushButton *m_cancel;
    QWidget *m_codeRow;
    QLineEdit *m_code;
    QLabel *m_state;
};

} // namespace graminsta
