// SPDX-License-Identifier: GPL-3.0-or-later
// The transport over the network: HTTP/1.1 and 2 by Qt, certificates always verified.
#pragma once

#include <graminsta/client/transport.h>

class QNetworkAccessManager;

namespace graminsta::client
{

class NetworkTransport final : public Transport
{
public:
    NetworkTransport(); // as "Graminsta/<version>"
    explicit NetworkTransport(QByteArray userAgent);
    ~NetworkTransport() override;

    [[nodiscard]] QCoro::Task<Result<HttpReply>> send(HttpRequest request) override;

private:
    // Shared with the requests under way: it goes after the last of them.
    std::shared_ptr<QNetworkAccessManager> m_network;
    QByteArray m_userAgent;
};

} // namespace graminsta::client
