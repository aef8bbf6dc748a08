// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts and servers, archives of the account, the deployment of the bundled server, the look. Works without a
// session: it is the way out of a server that does not answer. GUI thread only.
#pragma once

#include <desktop/widgets/page.h>

namespace graminsta
{

class AccountsSection;
class AppSettings;
class LocalBackend;
class Navigator;
class SessionController;
class SignInController;

// All of it outlives the page.
struct SettingsParts {
    AppSettings &settings;
    SessionController &sessions;
    SignInController &signIn;
    LocalBackend &backend;
    Navigator &navigator;
};

class SettingsPage final : public Page
{
    Q_OBJECT
public:
    explicit SettingsPage(SettingsParts parts, QWidget *parent = nullptr);

    // Puts `server` into the field for signing in, as the command line does.
    void proposeServer(const QString &server);

private:
    AccountsSection *m_accounts;
};

} // namespace graminsta
