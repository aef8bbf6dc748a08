// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/mediacache.h>

#include <graminsta/blurhash/blurhash.h>
#include <graminsta/core/logging.h>

#include <QBuffer>
#include <QColorSpace>
#include <QImageReader>

namespace graminsta
{

namespace
{

Q_LOGGING_CATEGORY(logMedia, "graminsta.app.media")

constexpr int kSizeStep = 128;
constexpr int kDecoders = 2;
constexpr int kPlaceholderSide = 32;
constexpr int kMaxFailuresKept = 1000;

int roundedUp(qreal pixels)
{
    return (static_cast<int>(pixels) + kSizeStep - 1) / kSizeStep * kSizeStep;
}

struct Decoded {
    QImage image; // null if the bytes are no picture
    bool isAnimation = false;
};

// Runs on a decoder thread.
Decoded decoded(const QByteArray &bytes, QSize box)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const bool isAnimation = reader.supportsAnimation() && reader.imageCount() > 1;
    const QSize stored = reader.size();
    if (stored.isValid()) {
        const bool turned = reader.transformation() & QImageIOHandler::TransformationRotate90;
        const QSize target = stored.scaled(turned ? box.transposed() : box, Qt::KeepAspectRatioByExpanding);
        if (target.width() < stored.width()) {
            // JPEG decodes straight to a smaller size: several times faster, and no full-size buffer.
            reader.setScaledSize(target);
        }
    }
    QImage image = reader.read();
    if (image.colorSpace().isValid() && image.colorSpace() != QColorSpace(QColorSpace::SRgb)) {
        image.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    }
    if (!image.isNull()) {
        image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    }
    return { image, isAnimation };
}

} // namespace

MediaKey mediaKey(const QString &url, QSize size, qreal devicePixelRatio)
{
    return { QUrl(url),
             QSize(roundedUp(size.width() * devicePixelRatio), roundedUp(size.height() * devicePixelRatio)) };
}

MediaCache::MediaCache(std::unique_ptr<MediaSource> source, qsizetype memoryBytes)
    : m_source(std::move(source))
    , m_pixmaps(memoryBytes)
{
    m_decoders.setMaxThreadCount(kDecoders);
}

MediaCache::~MediaCache()
{
    m_decoders.clear();
    m_decoders.waitForDone();
}

QPixmap MediaCache::find(const MediaKey &key) const
{
    const QPixmap *pixmap = m_pixmaps.object(key);
    return pixmap ? *pixmap : QPixmap();
}

QByteArray MediaCache::animation(const QUrl &url) const
{
    const QByteArray *file = m_animations.object(url);
    return file ? *file : QByteArray();
}

QPixmap MediaCache::placeholder(const QString &blurhash) const
{
    if (blurhash.isEmpty()) {
        return {};
    }
    if (const QPixmap *known = m_placeholders.object(blurhash)) {
        return *known;
    }
    const auto pixels = blurhash::decode(blurhash, kPlaceholderSide, kPlaceholderSide);
    if (!pixels) {
        return {};
    }
    const QImage image(reinterpret_cast<const uchar *>(pixels->bytes.constData()), pixels->width, pixels->height,
                       pixels->width * 3, QImage::Format_RGB888);
    auto *pixmap = new QPixmap(QPixmap::fromImage(image.copy()));
    QPixmap result = *pixmap;
    m_placeholders.insert(blurhash, pixmap);
    return result;
}

void MediaCache::want(QObject *owner, const QList<MediaKey> &keys)
{
    if (!m_wanted.contains(owner)) {
        connect(owner, &QObject::destroyed, this, &MediaCache::forgetOwner);
    }
    m_wanted[owner] = keys;
    cancelUnwanted();
    refill();
}

void MediaCache::forgetFailures()
{
    m_failed.clear();
    refill();
}

void MediaCache::forgetOwner(QObject *owner)
{
    m_wanted.remove(owner);
    cancelUnwanted();
    refill();
}

bool MediaCache::isWanted(const MediaKey &key) const
{
    return std::any_of(m_wanted.cbegin(), m_wanted.cend(), [&](const auto &keys) { return keys.contains(key); });
}

void MediaCache::cancelUnwanted()
{
    std::erase_if(m_fetches, [this](const auto &fetch) { return !isWanted(fetch.first); });
}

void MediaCache::refill()
{
    for (const QList<MediaKey> &keys : std::as_const(m_wanted)) {
        for (const MediaKey &key : keys) {
            if (m_fetches.size() >= kConcurrentFetches) {
                return;
            }
            const bool known = m_pixmaps.contains(key) || m_decoding.contains(key) || m_failed.contains(key);
            if (!known && !m_fetches.contains(key) && key.url.isValid() && !key.url.isEmpty()) {
                start(key);
            }
        }
    }
}

void MediaCache::start(const MediaKey &key)
{
    std::unique_ptr<MediaFetch> fetch = m_source->fetch(key.url);
    connect(fetch.get(), &MediaFetch::finished, this, [this, key](const Result<QByteArray> &bytes) {
        const auto found = m_fetches.find(key);
        if (found != m_fetches.end()) {
            found->second.release()->deleteLater();
            m_fetches.erase(found);
        }
        if (bytes) {
            decode(key, *bytes);
        } else {
            qCInfo(logMedia).noquote() << key.url.toDisplayString() << describe(bytes.error());
            fail(key);
        }
        refill();
    });
    m_fetches.emplace(key, std::move(fetch));
}

void MediaCache::decode(const MediaKey &key, const QByteArray &bytes)
{
    m_decoding.insert(key);
    // The destructor waits for the pool, so `this` outlives the job; the queued call dies with `this`.
    m_decoders.start([this, key, bytes] {
        const Decoded picture = decoded(bytes, key.box);
        const QByteArray animation = picture.isAnimation ? bytes : QByteArray();
        QMetaObject::invokeMethod(
            this, [this, key, image = picture.image, animation] { store(key, image, animation); },
            Qt::QueuedConnection);
    });
}

void MediaCache::store(const MediaKey &key, const QImage &image, const QByteArray &animation)
{
    m_decoding.remove(key);
    if (image.isNull()) {
        fail(key);
        return;
    }
    if (!animation.isEmpty()) {
        m_animations.insert(key.url, new QByteArray(animation), animation.size());
    }
    m_pixmaps.insert(key, new QPixmap(QPixmap::fromImage(image)), image.sizeInBytes());
    Q_EMIT arrived(key);
}

void MediaCache::fail(const MediaKey &key)
{
    if (m_failed.size() >= kMaxFailuresKept) {
        m_failed.clear();
    }
    m_failed.insert(key);
    Q_EMIT arrived(key);
}

} // namespace graminsta
