// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/widgets/painting.h>

#include <desktop/core/mediacache.h>
#include <desktop/core/statusrow.h>

#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace graminsta
{

void drawCovering(QPainter &painter, const QRect &target, const QPixmap &pixmap)
{
    const QSizeF scaled = QSizeF(target.size()).scaled(pixmap.size(), Qt::KeepAspectRatio);
    const QRectF source(QPointF((pixmap.width() - scaled.width()) / 2, (pixmap.height() - scaled.height()) / 2),
                        scaled);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(QRectF(target), pixmap, source);
}

Drawn drawPhoto(QPainter &painter, const QRect &target, const Photo &photo, const QString &url, const MediaCache &media,
                const QPalette &palette)
{
    const QPixmap picture = media.find(mediaKey(url, target.size(), painter.device()->devicePixelRatioF()));
    if (!picture.isNull()) {
        drawCovering(painter, target, picture);
        return Drawn::Picture;
    }
    const QPixmap placeholder = media.placeholder(photo.blurhash);
    if (placeholder.isNull()) {
        painter.fillRect(target, palette.color(QPalette::AlternateBase));
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(target, placeholder);
    }
    return Drawn::Placeholder;
}

void drawAvatar(QPainter &painter, const QRect &target, const QPixmap &pixmap, const QString &name)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath circle;
    circle.addEllipse(target);
    if (pixmap.isNull()) {
        const int hue = static_cast<int>(qHash(name, 7) % 360);
        painter.fillPath(circle, QColor::fromHsl(hue, 110, 120));
        QFont font = painter.font();
        font.setPixelSize(target.height() * 9 / 20);
        font.setBold(true);
        painter.setFont(font);
        painter.setPen(Qt::white);
        painter.drawText(target, Qt::AlignCenter, name.left(1).toUpper());
    } else {
        painter.setClipPath(circle, Qt::IntersectClip);
        drawCovering(painter, target, pixmap);
    }
    painter.restore();
}

void drawFocusRing(QPainter &painter, const QRect &target, int radius, const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette.color(QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(target).adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

} // namespace graminsta
