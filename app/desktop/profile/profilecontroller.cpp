// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/profile/profilecontroller.h>

#include <desktop/core/wording.h>

#include <QPointer>

namespace graminsta
{

ProfileController::ProfileController(std::shared_ptr<AccountSession> session, QString accountId, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_id(std::move(accountId))
{
    if (isOwn()) {
        m_account = m_session->account();
        m_follow = Follow::Own;
        m_state = State::Ready;
    }
}

void ProfileController::load()
{
    fetchAccount();
    if (!isOwn()) {
        fetchFollow();
    }
}

QCoro::Task<> ProfileController::fetchAccount()
{
    const QPointer<ProfileController> self(this);
    const Result<model::Account> account = co_await m_session->client().accounts().show(m_id, m_cancel.token());
    if (!self) {
        co_return;
    }
    if (account) {
        // Only the answer to "who am I" has the source of the biography.
        const std::optional<model::AccountSource> source = m_account.source;
        m_account = *account;
        m_account.source = source;
        m_state = State::Ready;
        m_message.clear();
    } else {
        m_message = messageOf(account.error());
        m_state = m_state == State::Ready ? State::Ready : State::Failed;
    }
    Q_EMIT changed();
}

QCoro::Task<> ProfileController::fetchFollow()
{
    const QPointer<ProfileController> self(this);
    const QStringList ids { m_id };
    const Result<QList<model::Relationship>> relationships =
        co_await m_session->client().accounts().relationships(ids, m_cancel.token());
    // Without an answer there is no button, which is no loss worth a message.
    if (self && relationships && !relationships->isEmpty()) {
        setFollow(relationships->first());
    }
}

void ProfileController::setFollow(const model::Relationship &relationship)
{
    m_follow = relationship.following ? Follow::Following
        : relationship.requested      ? Follow::Requested
                                      : Follow::NotFollowing;
    Q_EMIT changed();
}

void ProfileController::toggleFollow()
{
    sendFollow(m_follow == Follow::NotFollowing);
}

QCoro::Task<> ProfileController::sendFollow(bool follow)
{
    const QPointer<ProfileController> self(this);
    const client::Accounts accounts = m_session->client().accounts();
    QCoro::Task<Result<model::Relationship>> request =
        follow ? accounts.follow(m_id, m_cancel.token()) : accounts.unfollow(m_id, m_cancel.token());
    const Result<model::Relationship> answer = co_await request;
    if (!self) {
        co_return;
    }
    if (answer) {
        setFollow(*answer);
        fetchAccount();
    } else {
        Q_EMIT failed(messageOf(answer.error()));
    }
}

void ProfileController::save(const client::ProfileChange &change)
{
    if (!m_saving) {
        send(change);
    }
}

QCoro::Task<> ProfileController::send(client::ProfileChange change)
{
    const QPointer<ProfileController> self(this);
    m_saving = true;
    Q_EMIT changed();
    const Result<model::Account> account = co_await m_session->client().accounts().update(change, m_cancel.token());
    if (!self) {
        co_return;
    }
    m_saving = false;
    if (account) {
        m_account = *account;
        m_session->setAccount(*account);
        Q_EMIT changed();
        Q_EMIT saved();
    } else {
        Q_EMIT changed();
        Q_EMIT failed(messageOf(account.error()));
    }
}

} // namespace graminsta
