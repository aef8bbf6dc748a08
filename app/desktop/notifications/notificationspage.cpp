// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/notifications/notificationspage.h>

#include <desktop/core/theme.h>
#include <desktop/notifications/notificationdelegate.h>
#include <desktop/widgets/statepane.h>

#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace graminsta
{

NotificationsPage::NotificationsPage(PageContext context, QWidget *parent)
    : Page(QStringLiteral("Notifications"), parent)
    , m_context(std::move(context))
    , m_controller(m_context.session)
    , m_stack(new QStackedWidget)
    , m_pane(new StatePane)
    , m_list(new QListView)
{
    m_list->setModel(&m_controller);
    m_list->setItemDelegate(new NotificationDelegate(m_context.media, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(QStringLiteral("Notifications"));
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_stack->addWidget(m_pane);
    auto *middle = new QWidget;
    auto *centre = new QHBoxLayout(middle);
    centre->setContentsMargins(0, spacing::kMedium, 0, 0);
    centre->addStretch(1);
    centre->addWidget(m_list, 100);
    centre->addStretch(1);
    m_list->setMaximumWidth(spacing::kColumn + 100);
    m_stack->addWidget(middle);
    content()->addWidget(m_stack);
    QToolButton *reload = addAction(QStringLiteral("refresh"), QStringLiteral("Refresh (F5)"));
    connect(reload, &QToolButton::clicked, this, &NotificationsPage::refresh);
    connect(&m_controller, &NotificationsController::changed, this, &NotificationsPage::showState);
    connect(m_list, &QListView::clicked, this, &NotificationsPage::open);
    connect(m_list, &QListView::activated, this, &NotificationsPage::open);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &NotificationsPage::updateWanted);
    connect(&m_context.media, &MediaCache::arrived, m_list->viewport(), qOverload<>(&QWidget::update));
    showState();
}

void NotificationsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_controller.refresh();
    m_list->setFocus();
}

void NotificationsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    updateWanted();
}

void NotificationsPage::refresh()
{
    m_context.media.forgetFailures();
    m_controller.refresh();
}

void NotificationsPage::open(const QModelIndex &index)
{
    const NotificationRow row = m_controller.at(index.row());
    if (row.status) {
        Q_EMIT m_context.navigator.statusRequested(*row.status);
    } else {
        Q_EMIT m_context.navigator.accountRequested(row.author->id);
    }
}

void NotificationsPage::updateWanted()
{
    QList<MediaKey> keys;
    const int first = std::max(0, m_list->indexAt(QPoint(1, 1)).row());
    for (int row = first; row < m_controller.rowCount(); ++row) {
        if (m_list->visualRect(m_controller.index(row)).top() > m_list->viewport()->height()) {
            break;
        }
        keys += NotificationDelegate::pictures(m_controller.at(row), devicePixelRatioF());
    }
    m_context.media.want(this, keys);
}

void NotificationsPage::showState()
{
    const bool content = m_controller.rowCount() > 0;
    m_stack->setCurrentIndex(content ? 1 : 0);
    if (content) {
        updateWanted();
        if (!m_controller.message().isEmpty()) {
            Q_EMIT m_context.navigator.notice(m_controller.message());
        }
        return;
    }
    switch (m_controller.state()) {
    case NotificationsController::State::Loading:
        m_pane->showBusy(QStringLiteral("Loading notifications…"));
        break;
    case NotificationsController::State::Failed:
        m_pane->showMessage(QStringLiteral("warning"), QStringLiteral("Notifications cannot be loaded"),
                            m_controller.message());
        connect(m_pane->addButton(QStringLiteral("Try again")), &QPushButton::clicked, this,
                &NotificationsPage::refresh);
        break;
    case NotificationsController::State::Ready:
        m_pane->showMessage(QStringLiteral("notifications"), QStringLiteral("Nothing new"),
                            QStringLiteral("Likes, comments and new followers appear here."));
        break;
    }
}

} // namespace graminsta
