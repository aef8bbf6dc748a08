// SPDX-License-Identifier: GPL-3.0-or-later
// One signed-in account at one server, as all pages see it. GUI thread only.
#pragma once

#include <graminsta/client/client.h>
#include <graminsta/model/instance.h>

#include <QObject>

namespace graminsta
{

class StatusActions;

class AccountSession final : public QObject
{
    Q_OBJECT
public:
    // `server` names it where the client's address does not: the one of this computer changes its port.
    AccountSession(client::Client client, model::Account account, model::Instance instance, QString server = {});
    ~AccountSession() override;

    [[nodiscard]] const client::Client &client() const { return m_client; }
    [[nodiscard]] const model::Account &account() const { return m_account; }
    [[nodiscard]] const model::Instance &instance() const { return m_instance; }
    // Names the account and its server, in the same words at each start of the app.
    [[nodiscard]] QString name() const;
    // What can be done with a status; every page that shows it hears of it.
    [[nodiscard]] StatusActions &actions() const { return *m_actions; }

    void setAccount(const model::Account &account);

Q_SIGNALS:
    void accountChanged();

private:
    client::Client m_client;
    model::Account m_account;
    model::Instance m_instance;
    QString m_server;
    std::unique_ptr<StatusActions> m_actions;
};

} // namespace graminsta
