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
    connect(&m_media, &MediaCache::arrived, this, qOverload<>(&QWidget::update));
}

MediaKey Thumbnail::key() const
{
    return mediaKey(QUrl::fromLocalFile(m_path).toString(QUrl::FullyEncoded), size(), devicePixelRatioF());
}

void Thumbnail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_media.want(this, { key() });
}

void Thumbnail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), 8, 8);
    painter.setClipPath(shape);
    const QPixmap picture = m_media.find(key());
    if (!picture.isNull()) {
        drawCovering(painter, rect(), picture);
        return;
    }
    // Formats that Qt cannot read (HEIC) have no thumbnail until the server has made one.
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    const int side = 32;
    painter.drawPixmap(rect().center() - QPoint(side / 2, side / 2),
                       iconPixmap(QStringLiteral("photo"), side, mutedColour(palette()), devicePixelRatioF()));
}

} // namespace graminsta
