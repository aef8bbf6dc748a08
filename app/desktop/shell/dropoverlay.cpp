// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/shell/dropoverlay.h>

#include <desktop/core/icon.h>
#include <desktop/core/theme.h>

#include <QPainter>

namespace graminsta
{

DropOverlay::DropOverlay(QWidget *window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlpha(225);
    painter.fillRect(rect(), veil);
    const QColor accent = palette().color(QPalette::Highlight);
    painter.setPen(QPen(accent, 3, Qt::DashLine));
    painter.drawRoundedRect(rect().adjusted(24, 24, -24, -24), 18, 18);
    const int side = 72;
    painter.drawPixmap(rect().center() - QPoint(side / 2, side),
                       iconPixmap(QStringLiteral("photos"), side, accent, devicePixelRatioF()));
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(rect().adjusted(0, side, 0, 0), Qt::AlignCenter, QStringLiteral("Drop to make a new post"));
}

} // namespace graminsta
