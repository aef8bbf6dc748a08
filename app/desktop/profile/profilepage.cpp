// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/profile/profilepage.h>

#include <desktop/profile/editprofiledialog.h>
#include <desktop/profile/photogridview.h>
#include <desktop/profile/profileheader.h>
#include <desktop/widgets/statepane.h>

#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

FeedController::Fetch photosOf(const QString &accountId, const client::Client &client)
{
    const client::Accounts accounts = client.accounts();
    return [accounts, accountId](client::PageRequest page, client::CancelToken cancel) {
        return accounts.statuses(accountId, std::move(page), client::AccountStatuses::OnlyMedia, std::move(cancel));
    };
}

} // namespace

ProfilePage::ProfilePage(const QString &accountId, PageContext context, QWidget *parent)
    : Page(QStringLiteral("Profile"), parent)
    , m_context(std::move(context))
    , m_profile(m_context.session, accountId)
    , m_photos(photosOf(accountId, m_context.session->client()), m_context.session->actions(),
               m_profile.isOwn() ? FeedController::Posted::Shown : FeedController::Posted::NotShown)
    , m_stack(new QStackedWidget)
    , m_pane(new StatePane)
{
    auto *header = new ProfileHeader(m_profile, m_context.media);
    m_grid = new PhotoGridView(header, m_context.media);
    m_grid->setModel(m_photos.model());
    m_stack->addWidget(m_pane);
    m_stack->addWidget(m_grid);
    content()->addWidget(m_stack);
    QToolButton *reload = addAction(QStringLiteral("refresh"), QStringLiteral("Refresh (F5)"));
    connect(reload, &QToolButton::clicked, this, &ProfilePage::refresh);
    connect(header, &ProfileHeader::relaidOut, m_grid, &PhotoGridView::relayout);
    connect(header, &ProfileHeader::editRequested, this, &ProfilePage::edit);
    connect(m_grid, &PhotoGridView::moreWanted, &m_photos, &FeedController::loadMore);
    connect(m_grid, &PhotoGridView::openRequested, this,
            [this](const QModelIndex &index) { Q_EMIT m_context.navigator.statusRequested(statusAt(index)); });
    connect(&m_profile, &ProfileController::changed, this, &ProfilePage::showState);
    connect(&m_profile, &ProfileController::failed, &m_context.navigator, &Navigator::notice);
    connect(&m_photos, &FeedController::changed, this, [this] {
        if (!m_photos.message().isEmpty()) {
            Q_EMIT m_context.navigator.notice(m_photos.message());
        }
    });
    showState();
}

void ProfilePage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!std::exchange(m_loaded, true)) {
        m_profile.load();
        m_photos.load();
    }
    m_grid->setFocus();
}

void ProfilePage::refresh()
{
    m_context.media.forgetFailures();
    m_profile.load();
    m_photos.refresh();
}

void ProfilePage::showState()
{
    switch (m_profile.state()) {
    case ProfileController::State::Loading:
        m_pane->showBusy(QStringLiteral("Loading the profile…"));
        break;
    case ProfileController::State::Failed:
        m_pane->showMessage(QStringLiteral("warning"), QStringLiteral("The profile cannot be loaded"),
                            m_profile.message());
        connect(m_pane->addButton(QStringLiteral("Try again")), &QPushButton::clicked, this, &ProfilePage::refresh);
        break;
    case ProfileController::State::Ready:
        setTitle(QLatin1Char('@') + m_profile.account().acct);
        break;
    }
    m_stack->setCurrentWidget(m_profile.state() == ProfileController::State::Ready ? static_cast<QWidget *>(m_grid)
                                                                                   : m_pane);
}

void ProfilePage::edit()
{
    auto *dialog = new EditProfileDialog(m_profile, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace graminsta
