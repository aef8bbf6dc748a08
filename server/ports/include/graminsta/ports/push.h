// SPDX-License-Identifier: GPL-3.0-or-later
// What Web Push needs: where subscriptions are kept, and who delivers. Thread-safe.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/push.h>

#include <QList>

#include <chrono>
#include <optional>

namespace graminsta::ports
{

class PushStore
{
public:
    virtual ~PushStore() = default;

    // Fault::NotFound if the token has none.
    [[nodiscard]] virtual Result<entities::PushSubscription> byToken(TokenId token, const Deadline &deadline) const = 0;
    // The newest `most` of an account. One query.
    [[nodiscard]] virtual Result<QList<entities::PushSubscription>> ofAccount(AccountId account, int most,
                                                                              const Deadline &deadline) const = 0;
    // In place of the one that the token has, if any.
    [[nodiscard]] virtual Result<> put(const entities::PushSubscription &subscription, const Deadline &deadline) = 0;
    // Success also if there is none.
    [[nodiscard]] virtual Result<> removeOfToken(TokenId token, const Deadline &deadline) = 0;
    // The same, unless it was replaced meanwhile.
    [[nodiscard]] virtual Result<> remove(entities::PushSubscriptionId id, const Deadline &deadline) = 0;

    // The secret that all servers of the place share under this name: `made` if there was none, and from then on for
    // ever.
    [[nodiscard]] virtual Result<QByteArray> sharedSecret(const QString &name, const QByteArray &made, Timestamp now,
                                                          const Deadline &deadline) = 0;
};

// After that a notification is no news any more: services drop it, and so do we.
inline constexpr std::chrono::hours kPushLifetime { 48 };

// The kind of job that pushes a notification. Whoever stores a notification enqueues it with it
// (NotificationWriter::insert), so that what waits to be pushed outlives the process.
inline constexpr const char *kPushJob = "push.notification";

// What such a job is about.
struct PushErrand {
    AccountId account; // who is told
    NotificationId notification;
    entities::PushSubscriptionId subscription; // null: all of the account's

    [[nodiscard]] QByteArray payload() const;
    // Nothing if it is none.
    [[nodiscard]] static std::optional<PushErrand> read(const QByteArray &payload);
};

inline QByteArray PushErrand::payload() const
{
    return QByteArray::number(account.number()) + ' ' + QByteArray::number(notification.number()) + ' '
        + QByteArray::number(subscription.number());
}

inline std::optional<PushErrand> PushErrand::read(const QByteArray &payload)
{
    const QList<QByteArray> numbers = payload.split(' ');
    if (numbers.size() != 3)
        return std::nullopt;
    const PushErrand errand { AccountId { numbers[0].toLongLong() }, NotificationId { numbers[1].toLongLong() },
                              entities::PushSubscriptionId { numbers[2].toLongLong() } };
    if (errand.account.isNull() || errand.notification.isNull())
        return std::nullopt;
    return errand;
}

struct PushMessage {
    entities::PushSubscription to;
    QByteArray payload; // what the client reads; at most 3,993 bytes (RFC 8291 section 4)
    std::chrono::seconds lifetime = kPushLifetime;
};

enum class PushOutcome {
    Delivered,
    Gone, // the subscription is no more: forget it
    Refused, // again would be in vain
    Later, // again may help
};

struct PushAnswer {
    PushOutcome outcome = PushOutcome::Refused;
    std::optional<std::chrono::seconds> retryAfter; // as the push service asks
};

class PushService
{
public:
    virtual ~PushService() = default;

    // The server's own key in base64url, by which clients and push services know it (RFC 8292).
    [[nodiscard]] virtual const QString &publicKey() const = 0;
    // Fault::Unprocessable for an endpoint or keys that nothing can be sent to: tells of nothing else.
    [[nodiscard]] virtual Result<> check(const entities::PushSubscription &subscription) const = 0;
    // Encrypts and delivers. Fault::Internal if it cannot be encrypted; what the service says is the answer, and that
    // it cannot be reached is Later.
    [[nodiscard]] virtual Result<PushAnswer> send(const PushMessage &message, const Deadline &deadline) const = 0;
};

} // namespace graminsta::ports
