// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/compose/thumbnail.h>

#include <desktop/core/icon.h>
#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/widgets/painting.h>

#include <QPainter>
#include <QPainterPath>

namespace graminsta
{

Thumbnail::Thumbnail(QString path, int side, MediaCache &media, QWidget *parent)
    : QWidget(parent)
    , m_path(std::move(path))
    , m_media(media)
{
    setFixedSize(side, side);
    connect(&m_media, &MediaCache::arrived, this, [this](const MediaKey &arrived) {
        if (arrived == key() && m_media.hasFailed(arrived)) {
            wantPicture();
        }
        update();
    });
}

void Thumbnail::setUploaded(const QString &previewUrl, const QString &blurhash)
{
    if (previewUrl == m_previewUrl && blurhash == m_blurhash) {
        return;
    }
    m_previewUrl = previewUrl;
    m_blurhash = blurhash;
    wantPicture();
    update();
}

MediaKey Thumbnail::key() const
{
    return mediaKey(QUrl::fromLocalFile(m_path).toString(QUrl::FullyEncoded), size(), devicePixelRatioF());
}

MediaKey Thumbnail::uploadedKey() const
{
    return mediaKey(m_previewUrl, size(), devicePixelRatioF());
}

void Thumbnail::wantPicture()
{
    const bool unreadable = m_media.hasFailed(key());
    if (isVisible() && unreadable && !m_previewUrl.isEmpty()) {
        m_media.want(this, { uploadedKey() });
    } else if (isVisible() && !unreadable) {
        m_media.want(this, { key() });
    }
}

void Thumbnail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    wantPicture();
}

void Thumbnail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), 8, 8);
    painter.setClipPath(shape);
    for (const QPixmap &picture :
         { m_media.find(key()), m_media.find(uploadedKey()), m_media.placeholder(m_blurhash) }) {
        if (!picture.isNull()) {
            drawCovering(painter, rect(), picture);
            return;
        }
    }
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    const int side = 32;
    painter.drawPixmap(rect().center() - QPoint(side / 2, side / 2),
                       iconPixmap(QStringLiteral("photo"), side, mutedColour(palette()), devicePixelRatioF()));
}

} // namespace graminsta
