// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes of pictures come from: the network, or the recorded data of graminsta-offline. GUI thread only.
#pragma once

#include <graminsta/core/result.h>

#include <QObject>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace graminsta
{

// One fetch under way. Destroying it cancels it; then finished() does not come.
class MediaFetch : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    // Exactly once, never from inside MediaSource::fetch().
    void finished(const graminsta::Result<QByteArray> &bytes);
};

class MediaSource
{
public:
    virtual ~MediaSource() = default;
    [[nodiscard]] virtual std::unique_ptr<MediaFetch> fetch(const QUrl &url) = 0;
};

// What the picture of a URL is kept under: without the signature of a Graminsta server, which changes each day while
// the picture, named by its content, does not. Any other URL as it is.
[[nodiscard]] QUrl keptUnder(const QUrl &url);

// Fetches over HTTP, through a bounded cache on disk. Sends no token: a media URL is all that it takes.
class NetworkMediaSource final : public MediaSource
{
public:
    static constexpr qint64 kDiskCacheBytes = 400'000'000;

    // `cacheFolder` is made if it is not there; where that fails, nothing is kept on disk.
    explicit NetworkMediaSource(const QString &cacheFolder, qint64 cacheBytes = kDiskCacheBytes);
    ~NetworkMediaSource() override;
    [[nodiscard]] std::unique_ptr<MediaFetch> fetch(const QUrl &url) override;

private:
    std::unique_ptr<QNetworkAccessManager> m_network;
};

} // namespace graminsta
