// SPDX-License-Identifier: GPL-3.0-or-later
// An account with its relationship to the user; changes of the user's own profile. GUI thread only.
#pragma once

#include <desktop/core/accountsession.h>

namespace graminsta
{

class ProfileController final : public QObject
{
    Q_OBJECT
public:
    enum class State { Loading, Ready, Failed };
    enum class Follow { Unknown, Own, Following, Requested, NotFollowing };

    ProfileController(std::shared_ptr<AccountSession> session, QString accountId, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const model::Account &account() const { return m_account; }
    [[nodiscard]] Follow follow() const { return m_follow; }
    [[nodiscard]] bool isOwn() const { return m_id == m_session->account().id; }
    [[nodiscard]] bool isSaving() const { return m_saving; }
    [[nodiscard]] const QString &message() const { return m_message; }

    void load();
    void toggleFollow();
    // Precondition: isOwn().
    void save(const client::ProfileChange &change);

Q_SIGNALS:
    void changed();
    void saved();
    void failed(const QString &message);

private:
    QCoro::Task<> fetchAccount();
    QCoro::Task<> fetchFollow();
    QCoro::Task<> sendFollow(bool follow);
    QCoro::Task<> send(client::ProfileChange change);
    void setFollow(const model::Relationship &relationship);

    std::shared_ptr<AccountSession> m_session;
    QString m_id;
    model::Account m_account;
    State m_state = State::Loading;
    Follow m_follow = Follow::Unknown;
    QString m_message;
    bool m_saving = false;
    client::CancelSource m_cancel;
};

} // namespace graminsta
