// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/mediasource.h>

#include <QNetworkAccessManager>
#include <QNetworkDiskCache>
#include <QNetworkReply>

namespace graminsta
{

namespace
{

constexpr int kTransferTimeoutMs = 30'000;
constexpr qint64 kMaxPictureBytes = 100'000'000;

class NetworkMediaFetch final : public MediaFetch
{
public:
    explicit NetworkMediaFetch(QNetworkReply *reply)
        : m_reply(reply)
    {
        m_reply->setParent(this);
        connect(m_reply, &QNetworkReply::downloadProgress, this, [this](qint64 received) {
            if (received > kMaxPictureBytes) {
                m_reply->abort();
            }
        });
        connect(m_reply, &QNetworkReply::finished, this, [this] { Q_EMIT finished(outcome()); });
    }
    ~NetworkMediaFetch() override
    {
        m_reply->disconnect(this);
        m_reply->abort();
    }

private:
    Result<QByteArray> outcome()
    {
        if (m_reply->error() == QNetworkReply::NoError) {
            return m_reply->readAll();
        }
        const bool missing = m_reply->error() == QNetworkReply::ContentNotFoundError
            || m_reply->error() == QNetworkReply::ContentGoneError;
        return makeError(missing ? Fault::NotFound : Fault::Unavailable,
                         QStringLiteral("The picture cannot be loaded."), m_reply->errorString());
    }

    QNetworkReply *m_reply;
};

} // namespace

NetworkMediaSource::NetworkMediaSource(const QString &cacheFolder, qint64 cacheBytes)
    : m_network(std::make_unique<QNetworkAccessManager>())
{
    auto *cache = new QNetworkDiskCache(m_network.get());
    cache->setCacheDirectory(cacheFolder);
    cache->setMaximumCacheSize(cacheBytes);
    m_network->setCache(cache);
    m_network->setTransferTimeout(kTransferTimeoutMs);
}

NetworkMediaSource::~NetworkMediaSource() = default;

std::unique_ptr<MediaFetch> NetworkMediaSource::fetch(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::PreferCache);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    return std::make_unique<NetworkMediaFetch>(m_network->get(request));
}

} // namespace graminsta
