// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/push/webpush.h>

#include "delivery.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QUrl>

#include <array>
#include <mutex>

#include <curl/curl.h>

namespace graminsta::push
{

using entities::PushSubscription;

namespace
{

constexpr int kNumberSize = 32;
constexpr int kAuthSize = 16;
constexpr qsizetype kMaxEndpoint = 2048;
constexpr std::chrono::hours kTokenLifetime { 12 }; // at most 24 (RFC 8292 section 2)

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->generate());
    return bytes;
}

QByteArray json(const QJsonObject &object)
{
    return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

class WebPush::Key
{
public:
    explicit Key(KeyPair made)
        : pair(std::move(made))
    {
    }
    const KeyPair pair;
};

Result<std::unique_ptr<WebPush>> WebPush::create(const WebPushSettings &settings, ports::PushStore &store,
                                                 const Clock &clock, const Deadline &deadline)
{
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        return makeError(Fault::Unavailable, QStringLiteral("libcurl does not start"));
    const KeyPair made = GI_TRY(KeyPair::generate());
    const QByteArray kept = GI_TRY(store.sharedSecret(
        QStringLiteral("vapid"), GI_TRY(made.privateKey()) + made.publicKey(), clock.now(), deadline));
    KeyPair pair = GI_TRY(KeyPair::fromRaw(kept.first(std::min<qsizetype>(kNumberSize, kept.size())),
                                           kept.sliced(std::min<qsizetype>(kNumberSize, kept.size()))));
    const QString publicKey = QString::fromLatin1(base64Url(pair.publicKey()));
    return std::unique_ptr<WebPush>(new WebPush(settings, clock, std::make_unique<Key>(std::move(pair)), publicKey));
}

WebPush::WebPush(const WebPushSettings &settings, const Clock &clock, std::unique_ptr<Key> key, QString publicKey)
    : m_settings(settings)
    , m_clock(clock)
    , m_key(std::move(key))
    , m_publicKey(std::move(publicKey))
{
}

WebPush::~WebPush() = default;

Result<> WebPush::check(const PushSubscription &subscription) const
{
    const QUrl url(subscription.endpoint, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https")
        || (m_settings.allowPrivateEndpoints && url.scheme() == QLatin1String("http"));
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty()
        || subscription.endpoint.size() > kMaxEndpoint)
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Endpoint is invalid"));
    if (!isPublicKey(subscription.publicKey))
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Key p256dh is invalid"));
    if (subscription.authSecret.size() != kAuthSize)
        return makeError(Fault::Unprocessable, QStringLiteral("Validation failed: Key auth is invalid"));
    return {};
}

Result<ports::PushAnswer> WebPush::send(const ports::PushMessage &message, const Deadline &deadline) const
{
    const KeyPair sender = GI_TRY(KeyPair::generate());
    const QByteArray salt = randomBytes(16);
    const Recipient recipient { message.to.publicKey, message.to.authSecret };
    Delivery delivery;
    delivery.endpoint = message.to.endpoint;
    delivery.message = message.to.standard ? GI_TRY(encrypt(message.payload, recipient, sender, salt))
                                           : GI_TRY(encryptByDraft(message.payload, recipient, sender, salt));
    const QUrl url(message.to.endpoint);
    const QString origin = url.scheme() + QLatin1String("://") + url.authority();
    const auto expires =
        std::chrono::duration_cast<std::chrono::seconds>((m_clock.now() + kTokenLifetime).time_since_epoch());
    const QByteArray claims =
        json({ { QStringLiteral("typ"), QStringLiteral("JWT") }, { QStringLiteral("alg"), QStringLiteral("ES256") } })
        + '.'
        + json({ { QStringLiteral("aud"), origin },
                 { QStringLiteral("exp"), static_cast<qint64>(expires.count()) },
                 { QStringLiteral("sub"), m_settings.subject } });
    const QByteArray token = claims + '.' + base64Url(GI_TRY(m_key->pair.sign(claims)));
    const QByteArray ownKey = m_publicKey.toLatin1();
    if (message.to.standard) {
        delivery.authorization = "vapid t=" + token + ", k=" + ownKey;
    } else {
        // The draft's form: its services know no other.
        delivery.authorization = "WebPush " + token;
        delivery.message.headers.last().second += ";p256ecdsa=" + ownKey;
    }
    delivery.lifetime = message.lifetime;
    delivery.allowPrivate = m_settings.allowPrivateEndpoints;
    return deliver(delivery, deadline);
}

} // namespace graminsta::push
