// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/accountsession.h>

#include <desktop/core/statusactions.h>

namespace graminsta
{

AccountSession::AccountSession(client::Client client, model::Account account, model::Instance instance, QString server)
    : m_client(std::move(client))
    , m_account(std::move(account))
    , m_instance(std::move(instance))
    , m_server(server.isEmpty() ? m_client.baseUrl().toString() : std::move(server))
    , m_actions(std::make_unique<StatusActions>(m_client))
{
}

AccountSession::~AccountSession() = default;

QString AccountSession::name() const
{
    return m_account.id + QLatin1Char('@') + m_server;
}

void AccountSession::setAccount(const model::Account &account)
{
    m_account = account;
    Q_EMIT accountChanged();
}

} // namespace graminsta
