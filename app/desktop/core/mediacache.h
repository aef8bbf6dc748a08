// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures, decoded for the size at which they are shown. GUI thread only; decoding runs on threads of its own.
#pragma once

#include <desktop/core/mediasource.h>

#include <QCache>
#include <QHash>
#include <QPixmap>
#include <QSet>
#include <QThreadPool>

#include <unordered_map>

namespace graminsta
{

// A picture at a size: `box` in device pixels. The picture is scaled to cover the box, and never scaled up.
struct MediaKey {
    QUrl url;
    QSize box;
    friend bool operator==(const MediaKey &, const MediaKey &) = default;
    friend size_t qHash(const MediaKey &key, size_t seed = 0)
    {
        return qHashMulti(seed, key.url, key.box.width(), key.box.height());
    }
};

// The key for a picture that covers `size` device-independent pixels. Sizes are rounded up to steps, so that a window
// being resized does not decode each picture again for each pixel.
[[nodiscard]] MediaKey mediaKey(const QString &url, QSize size, qreal devicePixelRatio);

class MediaCache final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMemoryBytes = 256'000'000;
    static constexpr int kConcurrentFetches = 6;
    static constexpr int kPlaceholders = 500;
    static constexpr qsizetype kAnimationBytes = 64'000'000;

    explicit MediaCache(std::unique_ptr<MediaSource> source, qsizetype memoryBytes = kMemoryBytes);
    ~MediaCache() override;

    // The picture if it is in memory, else null. Never starts anything.
    [[nodiscard]] QPixmap find(const MediaKey &key) const;
    [[nodiscard]] bool hasFailed(const MediaKey &key) const { return m_failed.contains(key); }

    // The file of a picture that was found to be an animation, to play; find() has its first picture. Empty if it is
    // none, or is not kept any more.
    [[nodiscard]] QByteArray animation(const QUrl &url) const;

    // The colours to show until the picture is there; null without a valid blurhash.
    [[nodiscard]] QPixmap placeholder(const QString &blurhash) const;

    // Says which pictures `owner` wants now, the most wanted first, in place of what it wanted before. What is in
    // memory stays untouched, what nobody wants any more is cancelled. The owner may die at any time.
    void want(QObject *owner, const QList<MediaKey> &keys);
    // Forgets failures, so that the next want() tries again.
    void forgetFailures();

    // For tests and the status page.
    [[nodiscard]] qsizetype memoryUsed() const { return m_pixmaps.totalCost(); }
    [[nodiscard]] int underWay() const { return static_cast<int>(m_fetches.size()) + m_decoding.size(); }

Q_SIGNALS:
    // The picture can now be found, or has failed.
    void arrived(const graminsta::MediaKey &key);

private:
    void forgetOwner(QObject *owner);
    void refill();
    void cancelUnwanted();
    [[nodiscard]] bool isWanted(const MediaKey &key) const;
    void start(const MediaKey &key);
    void decode(const MediaKey &key, const QByteArray &bytes);
    void store(const MediaKey &key, const QImage &image, const QByteArray &animation);
    void fail(const MediaKey &key);

    std::unique_ptr<MediaSource> m_source;
    mutable QCache<MediaKey, QPixmap> m_pixmaps; // cost in bytes
    mutable QCache<QString, QPixmap> m_placeholders { kPlaceholders };
    mutable QCache<QUrl, QByteArray> m_animations { kAnimationBytes }; // files, as they came
    QHash<QObject *, QList<MediaKey>> m_wanted;
    struct KeyHash {
        size_t operator()(const MediaKey &key) const { return qHash(key); }
    };
    std::unordered_map<MediaKey, std::unique_ptr<MediaFetch>, KeyHash> m_fetches;
    QSet<MediaKey> m_decoding;
    QSet<MediaKey> m_failed;
    QThreadPool m_decoders;
};

} // namespace graminsta
