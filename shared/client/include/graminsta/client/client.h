// SPDX-License-Identifier: GPL-3.0-or-later
// The API client: one value for each account at a server. Copies share the session. For one thread.
//
// Every call is a coroutine that ends exactly once: with a value, or with an Error whose `safe` text is written for a
// person. It ends by its deadline, and soon after its token is cancelled, with Fault::Cancelled. A call may outlive the
// Client. Whoever awaits guards itself, since it may have died meanwhile:
//
//     QCoro::Task<> FeedController::load()
//     {
//         const QPointer<FeedController> self(this);
//         const Result<Page<Status>> page = co_await m_client.timelines().home({}, m_cancel.token());
//         if (!self)
//             co_return;
//         …
//     }
#pragma once

#include <graminsta/client/accounts.h>
#include <graminsta/client/archives.h>
#include <graminsta/client/instances.h>
#include <graminsta/client/media.h>
#include <graminsta/client/notifications.h>
#include <graminsta/client/oauth.h>
#include <graminsta/client/searching.h>
#include <graminsta/client/session.h>
#include <graminsta/client/statuses.h>
#include <graminsta/client/timelines.h>

namespace graminsta::client
{

class Client
{
public:
    // `baseUrl` may have a path or a slash at its end; only scheme, host and port count. An empty token: signed out.
    Client(const QUrl &baseUrl, QByteArray token, std::shared_ptr<Transport> transport, ClientOptions options = {});

    // The same server and transport for somebody else.
    [[nodiscard]] Client withToken(QByteArray token) const;

    [[nodiscard]] const QUrl &baseUrl() const { return m_session->baseUrl; }
    [[nodiscard]] bool isSignedIn() const { return !m_session->token.isEmpty(); }
    [[nodiscard]] const SessionPtr &session() const { return m_session; }

    [[nodiscard]] OAuth oauth() const { return OAuth { m_session }; }
    [[nodiscard]] Instances instance() const { return Instances { m_session }; }
    [[nodiscard]] Accounts accounts() const { return Accounts { m_session }; }
    [[nodiscard]] Archives archives() const { return Archives { m_session }; }
    [[nodiscard]] Statuses statuses() const { return Statuses { m_session }; }
    [[nodiscard]] Timelines timelines() const { return Timelines { m_session }; }
    [[nodiscard]] Media media() const { return Media { m_session }; }
    [[nodiscard]] Notifications notifications() const { return Notifications { m_session }; }
    [[nodiscard]] Searching search() const { return Searching { m_session }; }

private:
    SessionPtr m_session;
};

// What a person types as a server: "example.org", "https://example.org/", "127.0.0.1:8080". https is assumed, except
// for this computer. Fault::Invalid if it is no address, or one without TLS that is not on this computer.
[[nodiscard]] Result<QUrl> parseServerAddress(const QString &text);

} // namespace graminsta::client
