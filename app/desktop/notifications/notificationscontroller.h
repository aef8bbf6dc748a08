// SPDX-License-Identifier: GPL-3.0-or-later
// The user's notifications, the newest first. GUI thread only.
#pragma once

#include <desktop/core/accountsession.h>
#include <desktop/core/statusrow.h>

#include <QAbstractListModel>
#include <QSet>

namespace graminsta
{

// One line of the list; types that this app does not know have a generic text.
struct NotificationRow {
    QString id;
    QString text; // without the name
    std::shared_ptr<const Author> author;
    std::optional<StatusRow> status;
    Timestamp createdAt;
};

class NotificationsController final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class State { Loading, Ready, Failed };

    explicit NotificationsController(std::shared_ptr<AccountSession> session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const NotificationRow &at(int row) const { return m_rows[row]; }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString &message() const { return m_message; }

    void refresh();
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void changed();

private:
    enum class Where { Top, Bottom };
    QCoro::Task<> fetch(client::PageRequest page, Where where);
    void insert(const QList<model::Notification> &notifications, Where where);
    [[nodiscard]] NotificationRow rowOf(const model::Notification &notification);

    std::shared_ptr<AccountSession> m_session;
    QList<NotificationRow> m_rows;
    QSet<QString> m_ids;
    StatusRows m_maker;
    QUrl m_next;
    State m_state = State::Loading;
    QString m_message;
    bool m_busy = false;
    client::CancelSource m_cancel;
};

} // namespace graminsta
