// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/notifications/notificationscontroller.h>

#include <desktop/core/wording.h>

#include <QPointer>

namespace graminsta
{

namespace
{

QString textOf(const model::Notification &notification)
{
    const QString &type = notification.type;
    if (type == u"favourite") {
        return QStringLiteral("likes your post");
    }
    if (type == u"follow") {
        return QStringLiteral("follows you");
    }
    if (type == u"follow_request") {
        return QStringLiteral("would like to follow you");
    }
    if (type == u"mention" || type == u"comment") {
        const QString said = notification.status ? plainText(notification.status->content).simplified() : QString();
        return said.isEmpty() ? QStringLiteral("mentions you") : QStringLiteral("says: %1").arg(said);
    }
    if (type == u"reblog" || type == u"share") {
        return QStringLiteral("shared your post");
    }
    return QStringLiteral("has something for you");
}

} // namespace

NotificationsController::NotificationsController(std::shared_ptr<AccountSession> session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(std::move(session))
{
}

int NotificationsController::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant NotificationsController::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const NotificationRow &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 %2, %3")
            .arg(row.author->name, row.text, briefAge(row.createdAt, SystemClock().now()));
    default:
        return {};
    }
}

NotificationRow NotificationsController::rowOf(const model::Notification &notification)
{
    NotificationRow row;
    row.id = notification.id;
    row.text = textOf(notification);
    row.author = m_maker.authorOf(notification.account);
    row.createdAt = notification.createdAt;
    if (notification.status) {
        row.status = m_maker.rowOf(*notification.status);
    }
    return row;
}

void NotificationsController::refresh()
{
    if (!m_busy) {
        fetch(client::PageRequest::first(), Where::Top);
    }
}

bool NotificationsController::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_next.isEmpty() && !m_busy;
}

void NotificationsController::fetchMore(const QModelIndex &)
{
    fetch(client::PageRequest::at(m_next), Where::Bottom);
}

QCoro::Task<> NotificationsController::fetch(client::PageRequest page, Where where)
{
    const QPointer<NotificationsController> self(this);
    m_busy = true;
    Q_EMIT changed();
    const Result<client::Page<model::Notification>> fetched =
        co_await m_session->client().notifications().list(page, m_cancel.token());
    if (!self) {
        co_return;
    }
    m_busy = false;
    if (fetched) {
        const bool first = m_rows.isEmpty();
        const qsizetype before = m_rows.size();
        insert(fetched->items, where);
        if (first || where == Where::Bottom) {
            // A page of nothing new means that the server leads in circles.
            m_next = m_rows.size() == before ? QUrl() : fetched->next;
        }
        m_state = State::Ready;
        m_message.clear();
    } else {
        m_state = m_rows.isEmpty() ? State::Failed : State::Ready;
        m_message = messageOf(fetched.error());
    }
    Q_EMIT changed();
}

void NotificationsController::insert(const QList<model::Notification> &notifications, Where where)
{
    QList<NotificationRow> rows;
    for (const model::Notification &notification : notifications) {
        if (!m_ids.contains(notification.id)) {
            m_ids.insert(notification.id);
            rows.append(rowOf(notification));
        }
    }
    if (rows.isEmpty()) {
        return;
    }
    const int at = where == Where::Top ? 0 : rowCount();
    beginInsertRows({}, at, at + static_cast<int>(rows.size()) - 1);
    m_rows = where == Where::Top ? rows + m_rows : m_rows + rows;
    endInsertRows();
}

} // namespace graminsta
