// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/widgets/painting.h>

#include <desktop/core/mediacache.h>
#include <desktop/core/statusrow.h>

#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPolygonF>

#include <algorithm>

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

namespace
{

// "0:07", "1:02:03"
QString lengthText(std::chrono::milliseconds duration)
{
    const auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
    const QString tail = QStringLiteral("%1").arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 3600) {
        return QStringLiteral("%1:%2").arg(QString::number(seconds / 60), tail);
    }
    return QStringLiteral("%1:%2:%3")
        .arg(QString::number(seconds / 3600))
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(tail);
}

Drawn drawPicture(QPainter &painter, const QRect &target, const Photo &photo, const QString &url,
                  const MediaCache &media, const QPalette &palette)
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

} // namespace

Drawn drawPhoto(QPainter &painter, const QRect &target, const Photo &photo, const QString &url, const MediaCache &media,
                const QPalette &palette)
{
    const Drawn drawn = drawPicture(painter, target, photo, url, media, palette);
    drawPlayMark(painter, target, photo);
    return drawn;
}

void drawPlayMark(QPainter &painter, const QRect &target, const Photo &photo)
{
    if (photo.videoUrl.isEmpty()) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = std::clamp(std::min(target.width(), target.height()) / 8.0, 10.0, 32.0);
    const QPointF middle = QRectF(target).center();
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 140));
    painter.drawEllipse(middle, radius, radius);
    // Its centre of gravity, not that of its box, is in the middle.
    const double half = radius * 0.5;
    painter.setBrush(Qt::white);
    painter.drawPolygon(QPolygonF { middle + QPointF(-half * 0.67, -half), middle + QPointF(half * 1.33, 0),
                                    middle + QPointF(-half * 0.67, half) });
    // On a small one there is no room for more.
    if (photo.duration.count() > 0 && target.width() >= 160) {
        const QString length = lengthText(photo.duration);
        const QRect words = painter.fontMetrics().boundingRect(length);
        const QRect badge(target.right() - words.width() - 24, target.bottom() - words.height() - 16,
                          words.width() + 14, words.height() + 6);
        painter.setBrush(QColor(0, 0, 0, 150));
        painter.drawRoundedRect(badge, 6, 6);
        painter.setPen(Qt::white);
        painter.drawText(badge, Qt::AlignCenter, length);
    }
    painter.restore();
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
