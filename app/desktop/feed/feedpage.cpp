// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/feedpage.h>

#include <desktop/core/statusactions.h>
#include <desktop/feed/feedview.h>
#include <desktop/widgets/statepane.h>

#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace graminsta
{

namespace
{

FeedController::Fetch fetchOf(FeedKind kind, const client::Client &client)
{
    const client::Timelines timelines = client.timelines();
    if (kind == FeedKind::Home) {
        return [timelines](client::PageRequest page, client::CancelToken cancel) {
            return timelines.home(std::move(page), std::move(cancel));
        };
    }
    return [timelines](client::PageRequest page, client::CancelToken cancel) {
        return timelines.publicPosts(std::move(page), std::move(cancel));
    };
}

} // namespace

FeedPage::FeedPage(FeedKind kind, PageContext context, QWidget *parent)
    : Page(kind == FeedKind::Home ? QStringLiteral("Home") : QStringLiteral("Explore"), parent)
    , m_kind(kind)
    , m_context(std::move(context))
    , m_controller(fetchOf(kind, m_context.session->client()), m_context.session->actions(),
                   FeedController::Posted::Shown)
    , m_stack(new QStackedWidget)
    , m_view(new FeedView(m_context.media))
    , m_pane(new StatePane)
{
    content()->addWidget(m_stack);
    m_stack->addWidget(m_pane);
    m_stack->addWidget(m_view);
    m_view->setModel(m_controller.model());
    QToolButton *reload = addAction(QStringLiteral("refresh"), QStringLiteral("Refresh (F5)"));
    connect(reload, &QToolButton::clicked, this, &FeedPage::refresh);
    connect(&m_controller, &FeedController::changed, this, &FeedPage::showState);
    connect(m_view, &FeedView::moreWanted, &m_controller, &FeedController::loadMore);
    connect(m_view, &FeedView::likeRequested, this, &FeedPage::like);
    connect(m_view, &FeedView::openRequested, this,
            [this](const QModelIndex &index) { Q_EMIT m_context.navigator.statusRequested(statusAt(index)); });
    connect(m_view, &FeedView::authorRequested, this, [this](const QModelIndex &index) {
        Q_EMIT m_context.navigator.accountRequested(statusAt(index).author->id);
    });
    showState();
}

void FeedPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!std::exchange(m_loaded, true)) {
        m_controller.load();
    }
    m_view->setFocus();
}

void FeedPage::refresh()
{
    m_context.media.forgetFailures();
    m_controller.refresh();
}

void FeedPage::like(const QModelIndex &index)
{
    const StatusRow &row = statusAt(index);
    m_context.session->actions().setFavourited(row.id, !row.favourited, row.favouritesCount);
}

void FeedPage::showState()
{
    const bool content = !m_controller.model()->isEmpty();
    m_stack->setCurrentWidget(content ? static_cast<QWidget *>(m_view) : m_pane);
    if (content) {
        if (!m_controller.message().isEmpty()) {
            Q_EMIT m_context.navigator.notice(m_controller.message());
        }
        return;
    }
    switch (m_controller.state()) {
    case FeedController::State::Loading:
        m_pane->showBusy(QStringLiteral("Loading the feed…"));
        break;
    case FeedController::State::Preparing:
        m_pane->showBusy(QStringLiteral("Your feed is being prepared"),
                         QStringLiteral("The server is putting it together. This takes a moment the first time."));
        break;
    case FeedController::State::Failed:
        m_pane->showMessage(QStringLiteral("warning"), QStringLiteral("The feed cannot be loaded"),
                            m_controller.message());
        connect(m_pane->addButton(QStringLiteral("Try again")), &QPushButton::clicked, &m_controller,
                &FeedController::retry);
        break;
    case FeedController::State::Ready:
        showEmpty();
        break;
    }
}

void FeedPage::showEmpty()
{
    m_pane->showMessage(QStringLiteral("photo"), QStringLiteral("Drop photos here to share your first post"),
                        m_kind == FeedKind::Home
                            ? QStringLiteral("What you and the people you follow share appears here.")
                            : QStringLiteral("Nobody on this server has shared anything in public yet."));
    connect(m_pane->addButton(QStringLiteral("Choose photos…")), &QPushButton::clicked, this,
            [this] { Q_EMIT m_context.navigator.placeRequested(Navigator::Place::Compose); });
}

} // namespace graminsta
