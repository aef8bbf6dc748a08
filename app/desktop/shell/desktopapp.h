// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the app, put together: the composition root of app/desktop. GUI thread only.
#pragma once

#include <desktop/core/accountstore.h>
#include <desktop/core/appsettings.h>
#include <desktop/core/credentials.h>
#include <desktop/core/localbackend.h>
#include <desktop/core/mediacache.h>
#include <desktop/core/navigator.h>
#include <desktop/core/sessioncontroller.h>
#include <desktop/shell/mainwindow.h>
#include <desktop/signin/signincontroller.h>

namespace graminsta
{

struct DesktopOptions {
    AppPaths paths;
    QString profile; // of the bundled server; empty: as in the settings
    Credentials::Where credentials = Credentials::Where::KeyringFirst;
};

class DesktopApp final
{
public:
    explicit DesktopApp(const DesktopOptions &options);
    // On other data than the network's: `connect` brings any account to a session.
    DesktopApp(const DesktopOptions &options, std::shared_ptr<client::Transport> transport,
               std::unique_ptr<MediaSource> media, SessionController::Connect connect);
    ~DesktopApp();

    // Connects to the current account.
    void start();
    // Shows the account at `server`, or the place to sign in there.
    void useServer(const QString &server);

    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] AppSettings &settings() { return m_settings; }
    [[nodiscard]] SessionController &sessions() { return m_sessions; }
    [[nodiscard]] LocalBackend &backend() { return m_backend; }
    [[nodiscard]] Navigator &navigator() { return m_navigator; }
    [[nodiscard]] MediaCache &media() { return m_media; }

private:
    void listen();
    [[nodiscard]] SessionController::Connect connector();

    std::shared_ptr<client::Transport> m_transport;
    AppSettings m_settings;
    AccountStore m_accounts;
    Credentials m_credentials;
    LocalBackend m_backend;
    MediaCache m_media;
    Navigator m_navigator;
    SignInController m_signIn;
    SessionController m_sessions;
    QString m_proposedServer;
    std::unique_ptr<MainWindow> m_window; // the last, so that it goes first
};

} // namespace graminsta
