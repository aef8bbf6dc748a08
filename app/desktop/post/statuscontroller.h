// SPDX-License-Identifier: GPL-3.0-or-later
// One status with its comments, and what the reader does there. GUI thread only.
#pragma once

#include <desktop/core/accountsession.h>
#include <desktop/core/statusrow.h>

namespace graminsta
{

class StatusController final : public QObject
{
    Q_OBJECT
public:
    enum class Follow { Unknown, Own, Following, Requested, NotFollowing };

    // `row` is what is known already; shown at once.
    StatusController(std::shared_ptr<AccountSession> session, StatusRow row, QObject *parent = nullptr);

    [[nodiscard]] const StatusRow &status() const { return m_row; }
    [[nodiscard]] const QList<StatusRow> &comments() const { return m_comments; }
    // Whether the comments have come; if not and the message is set, they could not be loaded.
    [[nodiscard]] bool hasComments() const { return m_hasComments; }
    [[nodiscard]] const QString &message() const { return m_message; }
    [[nodiscard]] Follow follow() const { return m_follow; }
    [[nodiscard]] bool isSending() const { return m_sending; }

    void load();
    void toggleFavourite();
    void toggleFollow();
    void sendComment(const QString &text);
    void removeComment(const QString &id);
    void remove();

Q_SIGNALS:
    void changed();
    void commentsChanged();
    void commentSent();
    void removed();
    void failed(const QString &message);

private:
    QCoro::Task<> fetchStatus();
    QCoro::Task<> fetchComments();
    QCoro::Task<> fetchFollow();
    QCoro::Task<> sendFollow(bool follow);
    QCoro::Task<> send(QString text);
    void setFollow(const model::Relationship &relationship);
    [[nodiscard]] bool isOwn() const;

    std::shared_ptr<AccountSession> m_session;
    StatusRows m_rows;
    StatusRow m_row;
    QList<StatusRow> m_comments;
    bool m_hasComments = false;
    bool m_sending = false;
    QString m_message;
    QByteArray m_commentKey; // of the comment that could not be sent, for sending it again
    QString m_commentText;
    Follow m_follow = Follow::Unknown;
    client::CancelSource m_cancel;
};

} // namespace graminsta
