// SPDX-License-Identifier: GPL-3.0-or-later
// An archive being brought into the user's account. GUI thread only.
//
//   Idle --choose()--> Chosen --start()--> Sending --> TakingIn --> Over
//     ^                  |  ^                |  |         |           |
//     |                  |  +---a failure----+  |         |           |
//     +----cancel()------+-------cancel()-------+--stop()-+--dismiss()+
#pragma once

#include <desktop/core/accountsession.h>

#include <graminsta/model/archives.h>

namespace graminsta
{

class ImportController final : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Chosen, Sending, TakingIn, Over };

    explicit ImportController(std::shared_ptr<AccountSession> session, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    // What has gone wrong last, or ended; empty: nothing.
    [[nodiscard]] const QString &message() const { return m_message; }
    // Into which it goes.
    [[nodiscard]] const model::Account &account() const { return m_session->account(); }
    // In Chosen and Sending.
    [[nodiscard]] const QString &file() const { return m_file; }
    [[nodiscard]] qint64 fileBytes() const { return m_fileBytes; }
    [[nodiscard]] qint64 sent() const { return m_sent; }
    // In TakingIn and Over.
    [[nodiscard]] const model::AccountImport &import() const { return m_import; }
    // In TakingIn: the server does not answer, and is not being asked any more; look() asks again.
    [[nodiscard]] bool isOutOfSight() const { return m_state == State::TakingIn && !m_following; }

    // Finds what is being taken in, or was within the last day. Does nothing while something is chosen or under way.
    void load();
    // A file that cannot be an archive is refused with a message.
    void choose(const QString &file);
    void start();
    void cancel();
    // Asks the server to end it. What was taken in stays.
    void stop();
    void look();
    void dismiss();

Q_SIGNALS:
    void changed();
    void progressed();

private:
    QCoro::Task<> find();
    QCoro::Task<> send();
    QCoro::Task<> findWhatMayHaveArrived(Error error);
    QCoro::Task<> follow(QString id);
    QCoro::Task<> sendStop();
    QCoro::Task<> refreshAccount();
    void takeIn(const model::AccountImport &import);
    void over(const model::AccountImport &import);
    void enter(State state, const QString &message = {});

    std::shared_ptr<AccountSession> m_session;
    State m_state = State::Idle;
    QString m_message;
    QString m_file;
    qint64 m_fileBytes = 0;
    qint64 m_sent = 0;
    model::AccountImport m_import;
    QString m_dismissed; // id: not to be found again
    bool m_following = false;
    client::CancelSource m_cancel;
    client::CancelSource m_cancelSending;
};

} // namespace graminsta
