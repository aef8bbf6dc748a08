// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/shell/mainwindow.h>

#include <desktop/compose/composecontroller.h>
#include <desktop/compose/composepage.h>
#include <desktop/compose/incoming.h>
#include <desktop/core/appsettings.h>
#include <desktop/core/icon.h>
#include <desktop/core/statusactions.h>
#include <desktop/core/wording.h>
#include <desktop/feed/feedpage.h>
#include <desktop/notifications/notificationspage.h>
#include <desktop/post/statuspage.h>
#include <desktop/profile/profilepage.h>
#include <desktop/search/searchpage.h>
#include <desktop/shell/dropoverlay.h>
#include <desktop/shell/navigationrail.h>
#include <desktop/shell/noticebar.h>
#include <desktop/widgets/statepane.h>

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>

namespace graminsta
{

namespace
{

constexpr int kRailWideFrom = 1000;
constexpr int kMaxPushed = 20;

} // namespace

MainWindow::MainWindow(WindowParts parts)
    : m_parts(std::move(parts))
    , m_rail(new NavigationRail)
    , m_stack(new QStackedWidget)
    , m_pane(new StatePane)
    , m_notice(new NoticeBar(this))
    , m_overlay(new DropOverlay(this))
{
    setWindowTitle(QStringLiteral("Graminsta"));
    setWindowIcon(QIcon(iconPixmap(QStringLiteral("logo"), 128, Qt::black, 1)));
    setMinimumSize(560, 480);
    setAcceptDrops(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_stack, 1);
    m_stack->addWidget(m_pane);
    if (!restoreGeometry(m_parts.settings.windowGeometry())) {
        resize(1180, 860);
    }
    listen();
    sessionChanged();
}

MainWindow::~MainWindow() = default;

void MainWindow::listen()
{
    Navigator &navigator = m_parts.navigator;
    connect(m_rail, &NavigationRail::placeChosen, this, &MainWindow::goTo);
    connect(&navigator, &Navigator::placeRequested, this, &MainWindow::goTo);
    connect(&navigator, &Navigator::composeRequested, this, &MainWindow::compose);
    connect(&navigator, &Navigator::backRequested, this, &MainWindow::back);
    connect(&navigator, &Navigator::notice, m_notice, &NoticeBar::say);
    connect(&navigator, &Navigator::statusRequested, this,
            [this](const StatusRow &row) { push(new StatusPage(row, context())); });
    connect(&navigator, &Navigator::accountRequested, this,
            [this](const QString &id) { push(new ProfilePage(id, context())); });
    connect(&navigator, &Navigator::hashtagRequested, this,
            [this](const QString &name) { push(new FeedPage(Feed::ofHashtag(name), context())); });
    connect(&m_parts.sessions, &SessionController::changed, this, &MainWindow::sessionChanged);
}

PageContext MainWindow::context() const
{
    return { m_parts.sessions.session(), m_parts.media, m_parts.navigator };
}

void MainWindow::sessionChanged()
{
    switch (m_parts.sessions.state()) {
    case SessionController::State::Connecting:
        closeSession();
        showConnecting();
        break;
    case SessionController::State::Failed:
        showFailure();
        break;
    case SessionController::State::Ready:
        openSession();
        break;
    }
}

void MainWindow::showConnecting()
{
    const AccountEntry &account = m_parts.sessions.accounts().current();
    const bool here = account.kind == AccountEntry::Kind::ThisComputer;
    m_pane->showBusy(here ? QStringLiteral("Starting Graminsta on this computer…")
                          : QStringLiteral("Connecting to %1…").arg(account.baseUrl.host()));
    goTo(m_place);
}

void MainWindow::showFailure()
{
    const Error error = m_parts.sessions.error().value_or(Error {});
    const bool here = m_parts.sessions.accounts().current().kind == AccountEntry::Kind::ThisComputer;
    m_pane->showMessage(QStringLiteral("warning"),
                        here ? QStringLiteral("Graminsta could not be started on this computer")
                             : QStringLiteral("The server cannot be used now"),
                        messageOf(error));
    connect(m_pane->addButton(QStringLiteral("Try again")), &QPushButton::clicked, &m_parts.sessions,
            &SessionController::start);
    connect(m_pane->addButton(QStringLiteral("Settings")), &QPushButton::clicked, this,
            [this] { goTo(Navigator::Place::Settings); });
    if (here) {
        connect(m_pane->addButton(QStringLiteral("Show log")), &QPushButton::clicked, this,
                [this] { m_parts.showServerLog(this); });
    }
}

void MainWindow::openSession()
{
    const auto session = m_parts.sessions.session();
    m_compose = std::make_unique<ComposeController>(session, m_parts.draftFolder);
    connect(&session->actions(), &StatusActions::failed, m_notice, &NoticeBar::say);
    goTo(m_place);
    if (!m_filesToCompose.isEmpty()) {
        compose(std::exchange(m_filesToCompose, {}));
    }
}

void MainWindow::closeSession()
{
    dropPushedPages();
    for (auto place = m_places.begin(); place != m_places.end();) {
        if (place.key() == Navigator::Place::Settings) {
            ++place;
        } else {
            (*place)->deleteLater();
            m_stack->removeWidget(*place);
            place = m_places.erase(place);
        }
    }
    m_compose.reset();
}

Page *MainWindow::pageOf(Navigator::Place place)
{
    Page *&page = m_places[place];
    if (page) {
        return page;
    }
    switch (place) {
    case Navigator::Place::Home:
        page = new FeedPage(Feed::home(), context());
        break;
    case Navigator::Place::Explore:
        page = new FeedPage(Feed::publicPosts(), context());
        break;
    case Navigator::Place::Search:
        page = new SearchPage(context());
        break;
    case Navigator::Place::Compose:
        page = new ComposePage(*m_compose, context());
        break;
    case Navigator::Place::Notifications:
        page = new NotificationsPage(context());
        break;
    case Navigator::Place::Profile:
        page = new ProfilePage(m_parts.sessions.session()->account().id, context());
        break;
    case Navigator::Place::Settings:
        page = m_parts.makeSettingsPage();
        break;
    }
    m_stack->addWidget(page);
    return page;
}

void MainWindow::goTo(Navigator::Place place)
{
    const bool again = place == m_place && m_pushed.isEmpty() && m_stack->currentWidget() != m_pane;
    m_place = place;
    m_rail->setCurrent(place);
    dropPushedPages();
    // Settings work without a session: they are the way out of a server that does not answer.
    if (!m_parts.sessions.session() && place != Navigator::Place::Settings) {
        m_stack->setCurrentWidget(m_pane);
        return;
    }
    Page *page = pageOf(place);
    m_stack->setCurrentWidget(page);
    if (again) {
        page->refresh();
    }
}

void MainWindow::compose(const QStringList &files)
{
    if (files.isEmpty()) {
        return;
    }
    if (!m_compose) {
        m_filesToCompose += files;
        return;
    }
    m_compose->addFiles(files);
    goTo(Navigator::Place::Compose);
}

Page *MainWindow::currentPage() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

void MainWindow::push(Page *page)
{
    if (m_pushed.size() == kMaxPushed) {
        Page *oldest = m_pushed.takeFirst();
        m_stack->removeWidget(oldest);
        oldest->deleteLater();
    }
    page->setBackVisible(true);
    connect(page, &Page::backRequested, this, &MainWindow::back);
    m_pushed.append(page);
    m_stack->addWidget(page);
    m_stack->setCurrentWidget(page);
}

void MainWindow::back()
{
    if (m_pushed.isEmpty()) {
        return;
    }
    Page *leaving = m_pushed.takeLast();
    m_stack->setCurrentWidget(m_pushed.isEmpty() ? pageOf(m_place) : m_pushed.last());
    m_stack->removeWidget(leaving);
    leaving->deleteLater();
}

void MainWindow::dropPushedPages()
{
    for (Page *page : std::exchange(m_pushed, {})) {
        m_stack->removeWidget(page);
        page->deleteLater();
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_rail->setWide(width() >= kRailWideFrom);
    m_overlay->setGeometry(rect());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_parts.settings.setWindowGeometry(saveGeometry());
    QWidget::closeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const bool altLeft = event->key() == Qt::Key_Left && event->modifiers().testFlag(Qt::AltModifier);
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Back || altLeft) {
        back();
    } else if (event->matches(QKeySequence::Refresh) && currentPage()) {
        currentPage()->refresh();
    } else if (event->matches(QKeySequence::Paste) && m_compose) {
        if (m_compose->addPasted()) {
            goTo(Navigator::Place::Compose);
        } else {
            m_notice->say(QStringLiteral("There is no picture on the clipboard."));
        }
    } else {
        QWidget::keyPressEvent(event);
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (offersPhotos(*event->mimeData())) {
        event->acceptProposedAction();
        m_overlay->show();
        m_overlay->raise();
    }
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_overlay->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_overlay->hide();
    event->acceptProposedAction();
    compose(photosIn(*event->mimeData(), m_parts.draftFolder));
}

} // namespace graminsta
