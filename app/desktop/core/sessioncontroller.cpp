// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/sessioncontroller.h>

#include <graminsta/core/logging.h>

#include <QPointer>

namespace graminsta
{

namespace
{

Q_LOGGING_CATEGORY(logSession, "graminsta.app.session")

} // namespace

SessionController::SessionController(AccountStore &accounts, Connect connect)
    : m_accounts(accounts)
    , m_connect(std::move(connect))
{
}

void SessionController::start()
{
    m_cancel = client::CancelSource();
    m_session.reset();
    m_error.reset();
    m_state = State::Connecting;
    ++m_run;
    Q_EMIT changed();
    connectTo(m_accounts.current());
}

void SessionController::switchTo(const QString &accountId)
{
    if (const Result<> saved = m_accounts.setCurrent(accountId); !saved) {
        qCWarning(logSession).noquote() << describe(saved.error());
    }
    start();
}

QCoro::Task<> SessionController::connectTo(AccountEntry entry)
{
    const QPointer<SessionController> self(this);
    const int run = m_run;
    const Result<SessionPtr> connected = co_await m_connect(entry, m_cancel.token());
    if (!self || run != m_run) {
        co_return;
    }
    if (connected) {
        m_session = *connected;
        m_state = State::Ready;
        remember(entry);
    } else {
        qCWarning(logSession).noquote() << describe(connected.error());
        m_error = connected.error();
        m_state = State::Failed;
    }
    Q_EMIT changed();
}

void SessionController::remember(AccountEntry entry)
{
    entry.acct = m_session->account().acct;
    entry.displayName = m_session->account().displayName;
    if (const Result<> saved = m_accounts.put(entry); !saved) {
        qCWarning(logSession).noquote() << describe(saved.error());
    }
}

} // namespace graminsta
