// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/shell/desktopapp.h>

#include <desktop/settings/serversection.h>
#include <desktop/settings/settingspage.h>
#include <desktop/signin/connectaccount.h>

#include <graminsta/client/networktransport.h>

#include <QApplication>
#include <QDesktopServices>

namespace graminsta
{

DesktopApp::DesktopApp(const DesktopOptions &options)
    : DesktopApp(options, std::make_shared<client::NetworkTransport>(),
                 std::make_unique<NetworkMediaSource>(options.paths.mediaCache()), {})
{
}

DesktopApp::DesktopApp(const DesktopOptions &options, std::shared_ptr<client::Transport> transport,
                       std::unique_ptr<MediaSource> media, SessionController::Connect connect)
    : m_transport(std::move(transport))
    , m_settings(options.paths.settings())
    , m_accounts(options.paths.accounts())
    , m_credentials(options.paths.secrets(), options.credentials)
    , m_backend(findServerProgram(), options.paths, options.profile)
    , m_media(std::move(media))
    , m_signIn(m_accounts, m_credentials, m_transport, [](const QUrl &page) { return QDesktopServices::openUrl(page); })
    , m_sessions(m_accounts, connect ? std::move(connect) : connector())
{
    applyAppearance(*qApp, m_settings.appearance());
    const AppPaths paths = options.paths;
    m_window = std::make_unique<MainWindow>(
        WindowParts { m_sessions, m_settings, m_media, m_navigator, paths.draft(),
                      [this]() -> Page * {
                          auto *page = new SettingsPage({ m_settings, m_sessions, m_signIn, m_backend, m_navigator });
                          page->proposeServer(m_proposedServer);
                          return page;
                      },
                      [paths](QWidget *parent) { showServerLog(paths.serverLog(), parent); } });
    listen();
}

DesktopApp::~DesktopApp() = default;

SessionController::Connect DesktopApp::connector()
{
    return [this](AccountEntry entry, client::CancelToken cancel) {
        return entry.kind == AccountEntry::Kind::ThisComputer
            ? connectHere(m_backend, m_transport, std::move(cancel))
            : connectElsewhere(std::move(entry), m_credentials, m_transport, std::move(cancel));
    };
}

void DesktopApp::listen()
{
    QObject::connect(&m_settings, &AppSettings::appearanceChanged, m_window.get(),
                     [](Appearance appearance) { applyAppearance(*qApp, appearance); });
    QObject::connect(&m_backend, &LocalBackend::stateChanged, m_window.get(), [this] {
        if (m_backend.state() == LocalBackend::State::Waiting) {
            Q_EMIT m_navigator.notice(QStringLiteral("The server on this computer has stopped. It is started again…"));
        }
    });
    const auto isHere = [this] { return m_accounts.current().kind == AccountEntry::Kind::ThisComputer; };
    QObject::connect(&m_backend, &LocalBackend::recovered, m_window.get(), [this, isHere](bool moved) {
        Q_EMIT m_navigator.notice(QStringLiteral("The server on this computer runs again."));
        // At the same port the session goes on; the tokens are in the database.
        if (moved && isHere()) {
            m_sessions.start();
        }
    });
    QObject::connect(&m_backend, &LocalBackend::settled, m_window.get(), [this, isHere] {
        const bool lost = m_backend.state() == LocalBackend::State::Failed && m_sessions.session();
        if (lost && isHere()) {
            m_sessions.start();
        }
    });
}

void DesktopApp::start()
{
    m_sessions.start();
}

void DesktopApp::useServer(const QString &server)
{
    const Result<QUrl> address = client::parseServerAddress(server);
    for (const AccountEntry &entry : m_accounts.entries()) {
        if (address && entry.baseUrl == *address) {
            m_sessions.switchTo(entry.id);
            return;
        }
    }
    m_proposedServer = server;
    m_sessions.start();
    m_window->goTo(Navigator::Place::Settings);
}

} // namespace graminsta
