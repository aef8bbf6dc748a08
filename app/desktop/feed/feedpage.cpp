// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/feedpage.h>

#include <desktop/core/captionlinks.h>
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

FeedController::Fetch fetchOf(const Feed &feed, const client::Client &client)
{
    const client::Timelines timelines = client.timelines();
    switch (feed.kind) {
    case Feed::Kind::Home:
        return [timelines](client::PageRequest page, client::CancelToken cancel) {
            return timelines.home(std::move(page), std::move(cancel));
        };
    case Feed::Kind::Public:
        return [timelines](client::PageRequest page, client::CancelToken cancel) {
            return timelines.publicPosts(std::move(page), std::move(cancel));
        };
    case Feed::Kind::Hashtag:
        break;
    }
    return [timelines, hashtag = feed.hashtag](client::PageRequest page, client::CancelToken cancel) {
        return timelines.tag(hashtag, std::move(page), std::move(cancel));
    };
}

QString titleOf(const Feed &feed)
{
    switch (feed.kind) {
    case Feed::Kind::Home:
        return QStringLiteral("Home");
    case Feed::Kind::Public:
        return QStringLiteral("Explore");
    case Feed::Kind::Hashtag:
        break;
    }
    return QLatin1Char('#') + feed.hashtag;
}

// What the user posts goes on top of these; whether it has the hashtag, only the server knows.
FeedController::Posted postedOf(const Feed &feed)
{
    return feed.kind == Feed::Kind::Hashtag ? FeedController::Posted::NotShown : FeedController::Posted::Shown;
}

} // namespace

FeedPage::FeedPage(Feed feed, PageContext context, QWidget *parent)
    : Page(titleOf(feed), parent)
    , m_feed(std::move(feed))
    , m_context(std::move(context))
    , m_controller(fetchOf(m_feed, m_context.session->client()), m_context.session->actions(), postedOf(m_feed))
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
    connect(m_view, &FeedView::linkRequested, this,
            [this](const QString &href) { openLink(href, m_context.navigator); });
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
    if (m_feed.kind == Feed::Kind::Hashtag) {
        m_pane->showMessage(QStringLiteral("search"), QStringLiteral("No posts with #%1 yet").arg(m_feed.hashtag),
                            QStringLiteral("Write it into the caption of a post, and it appears here."));
        return;
    }
    m_pane->showMessage(QStringLiteral("photo"), QStringLiteral("Drop photos here to share your first post"),
                        m_feed.kind == Feed::Kind::Home
                            ? QStringLiteral("What you and the people you follow share appears here.")
                            : QStringLiteral("Nobody on this server has shared anything in public yet."));
    connect(m_pane->addButton(QStringLiteral("Choose photos…")), &QPushButton::clicked, this,
            [this] { Q_EMIT m_context.navigator.placeRequested(Navigator::Place::Compose); });
}

} // namespace graminsta
