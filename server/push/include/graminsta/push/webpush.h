// SPDX-License-Identifier: GPL-3.0-or-later
// Web Push by OpenSSL and libcurl: RFC 8030, encrypted by RFC 8291, signed by RFC 8292. Thread-safe.
#pragma once

#include <graminsta/ports/push.h>

#include <graminsta/core/clock.h>

#include <memory>

namespace graminsta::push
{

struct WebPushSettings {
    // Who answers for this server: "mailto:…" or "https://…" (RFC 8292 section 2.1).
    QString subject;
    // Endpoints on private and loopback addresses, and without TLS: for tests. Else a client could make the server ask
    // its own network (SSRF).
    bool allowPrivateEndpoints = false;
};

class WebPush final : public ports::PushService
{
public:
    // With the key that all servers of the place share, made at the first time. Both must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<WebPush>>
    create(const WebPushSettings &settings, ports::PushStore &store, const Clock &clock, const Deadline &deadline);
    ~WebPush() override;

    [[nodiscard]] const QString &publicKey() const override { return m_publicKey; }
    [[nodiscard]] Result<> check(const entities::PushSubscription &subscription) const override;
    [[nodiscard]] Result<ports::PushAnswer> send(const ports::PushMessage &message,
                                                 const Deadline &deadline) const override;

    WebPush(const WebPush &) = delete;
    WebPush &operator=(const WebPush &) = delete;

private:
    class Key;
    WebPush(const WebPushSettings &settings, const Clock &clock, std::unique_ptr<Key> key, QString publicKey);

    const WebPushSettings m_settings;
    const Clock &m_clock;
    const std::unique_ptr<Key> m_key;
    const QString m_publicKey;
};

} // namespace graminsta::push
