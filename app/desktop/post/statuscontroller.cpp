// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/post/statuscontroller.h>

#include <desktop/core/statusactions.h>
#include <desktop/core/wording.h>

#include <graminsta/core/secrets.h>

#include <QPointer>

namespace graminsta
{

StatusController::StatusController(std::shared_ptr<AccountSession> session, StatusRow row, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_row(std::move(row))
{
    if (isOwn()) {
        m_follow = Follow::Own;
    }
    StatusActions &actions = m_session->actions();
    connect(&actions, &StatusActions::favouriteChanged, this, [this](const QString &id, bool favourited, qint64 count) {
        if (id == m_row.id) {
            m_row.favourited = favourited;
            m_row.favouritesCount = count;
            Q_EMIT changed();
        }
    });
    connect(&actions, &StatusActions::removed, this, [this](const QString &id) {
        if (id == m_row.id) {
            Q_EMIT removed();
        } else if (m_comments.removeIf([&](const StatusRow &comment) { return comment.id == id; }) > 0) {
            Q_EMIT commentsChanged();
        }
    });
}

bool StatusController::isOwn() const
{
    return m_row.author->id == m_session->account().id;
}

void StatusController::load()
{
    fetchStatus();
    fetchComments();
    if (!isOwn()) {
        fetchFollow();
    }
}

QCoro::Task<> StatusController::fetchStatus()
{
    const QPointer<StatusController> self(this);
    // Not ended with the page: feeds are told also when somebody leaves at once.
    const auto session = m_session;
    const QString id = m_row.id;
    const Result<model::Status> status = co_await session->client().statuses().show(id);
    if (status) {
        if (self) {
            m_row = m_rows.rowOf(*status);
            Q_EMIT changed();
        }
        session->actions().announceChanged(*status);
    } else if (status.error().fault == Fault::NotFound || status.error().fault == Fault::Gone) {
        Q_EMIT session->actions().removed(id);
    }
}

QCoro::Task<> StatusController::fetchComments()
{
    const QPointer<StatusController> self(this);
    m_message.clear();
    const Result<model::Context> context = co_await m_session->client().statuses().context(m_row.id, m_cancel.token());
    if (!self) {
        co_return;
    }
    if (context) {
        m_comments.clear();
        for (const model::Status &comment : context->descendants) {
            m_comments.append(m_rows.rowOf(comment));
        }
        m_hasComments = true;
    } else {
        m_message = messageOf(context.error());
    }
    Q_EMIT commentsChanged();
}

QCoro::Task<> StatusController::fetchFollow()
{
    const QPointer<StatusController> self(this);
    const QStringList ids { m_row.author->id };
    const Result<QList<model::Relationship>> relationships =
        co_await m_session->client().accounts().relationships(ids, m_cancel.token());
    // Without an answer there is no button, which is no loss worth a message.
    if (self && relationships && !relationships->isEmpty()) {
        setFollow(relationships->first());
    }
}

void StatusController::setFollow(const model::Relationship &relationship)
{
    m_follow = relationship.following ? Follow::Following
        : relationship.requested      ? Follow::Requested
                                      : Follow::NotFollowing;
    Q_EMIT changed();
}

void StatusController::toggleFavourite()
{
    m_session->actions().setFavourited(m_row.id, !m_row.favourited, m_row.favouritesCount);
}

void StatusController::toggleFollow()
{
    sendFollow(m_follow == Follow::NotFollowing);
}

QCoro::Task<> StatusController::sendFollow(bool follow)
{
    const QPointer<StatusController> self(this);
    const client::Accounts accounts = m_session->client().accounts();
    QCoro::Task<Result<model::Relationship>> request = follow ? accounts.follow(m_row.author->id, m_cancel.token())
                                                              : accounts.unfollow(m_row.author->id, m_cancel.token());
    const Result<model::Relationship> answer = co_await request;
    if (!self) {
        co_return;
    }
    if (answer) {
        setFollow(*answer);
    } else {
        Q_EMIT failed(messageOf(answer.error()));
    }
}

void StatusController::sendComment(const QString &text)
{
    if (!m_sending && !text.trimmed().isEmpty()) {
        send(text.trimmed());
    }
}

QCoro::Task<> StatusController::send(QString text)
{
    const QPointer<StatusController> self(this);
    m_sending = true;
    Q_EMIT changed();
    // The same text after a failure is the same comment: with its key the server makes it once.
    if (m_commentKey.isEmpty() || m_commentText != text) {
        m_commentKey = randomToken(16);
        m_commentText = text;
    }
    client::NewStatus comment;
    comment.text = text;
    comment.inReplyToId = m_row.id;
    comment.visibility = m_row.visibility.isEmpty() ? QStringLiteral("public") : m_row.visibility;
    comment.idempotencyKey = m_commentKey;
    const Result<model::Status> sent = co_await m_session->client().statuses().create(comment, m_cancel.token());
    if (!self) {
        co_return;
    }
    m_sending = false;
    if (sent) {
        m_commentKey.clear();
        m_comments.append(m_rows.rowOf(*sent));
        ++m_row.repliesCount;
        Q_EMIT commentsChanged();
        Q_EMIT commentSent();
        fetchStatus();
    } else {
        Q_EMIT failed(messageOf(sent.error()));
    }
    Q_EMIT changed();
}

void StatusController::removeComment(const QString &id)
{
    m_session->actions().remove(id);
}

void StatusController::remove()
{
    m_session->actions().remove(m_row.id);
}

} // namespace graminsta
