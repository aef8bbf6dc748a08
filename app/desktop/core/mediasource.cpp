// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/mediasource.h>

#include <QNetworkAccessManager>
#include <QNetworkDiskCache>
#include <QNetworkReply>
#include <QRegularExpression>

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

class PictureCache final : public QNetworkDiskCache
{
public:
    using QNetworkDiskCache::QNetworkDiskCache;

    QNetworkCacheMetaData metaData(const QUrl &url) override
    {
        QNetworkCacheMetaData found = QNetworkDiskCache::metaData(keptUnder(url));
        if (found.isValid())
            found.setUrl(url);
        return found;
    }
    void updateMetaData(const QNetworkCacheMetaData &metaData) override
    {
        QNetworkDiskCache::updateMetaData(kept(metaData));
    }
    QIODevice *data(const QUrl &url) override { return QNetworkDiskCache::data(keptUnder(url)); }
    bool remove(const QUrl &url) override { return QNetworkDiskCache::remove(keptUnder(url)); }
    QIODevice *prepare(const QNetworkCacheMetaData &metaData) override
    {
        return QNetworkDiskCache::prepare(kept(metaData));
    }

private:
    static QNetworkCacheMetaData kept(QNetworkCacheMetaData metaData)
    {
        metaData.setUrl(keptUnder(metaData.url()));
        return metaData;
    }
};

} // namespace

QUrl keptUnder(const QUrl &url)
{
    static const QRegularExpression path(QStringLiteral("/media/[0-9a-f]{64}\\.[0-9a-z]+$"));
    static const QRegularExpression query(QStringLiteral("^e=[0-9]+&s=[0-9a-f]{64}$"));
    if (!query.match(url.query()).hasMatch() || !path.match(url.path()).hasMatch())
        return url;
    QUrl plain = url;
    plain.setQuery(QString()); // null: not even the question mark
    return plain;
}

NetworkMediaSource::NetworkMediaSource(const QString &cacheFolder, qint64 cacheBytes)
    : m_network(std::make_unique<QNetworkAccessManager>())
{
    auto *cache = new PictureCache(m_network.get());
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
