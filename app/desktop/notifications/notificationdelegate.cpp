// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/notifications/notificationdelegate.h>

#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/notifications/notificationscontroller.h>
#include <desktop/widgets/painting.h>

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

namespace graminsta
{

namespace
{

constexpr int kHeight = 72;
constexpr int kAvatar = 44;
constexpr int kPhoto = 52;
constexpr int kMargin = 16;
constexpr int kLines = 2;

QString photoUrl(const NotificationRow &row)
{
    if (!row.status || row.status->photos.isEmpty()) {
        return {};
    }
    const Photo &photo = row.status->photos.first();
    return photo.previewUrl.isEmpty() ? photo.url : photo.previewUrl;
}

// "Name does something  5 min" in at most two lines, the last one elided, its middle at that of `area`.
void drawText(QPainter &painter, const QRect &area, const NotificationRow &row, const QStyleOptionViewItem &option)
{
    const QString age = briefAge(row.createdAt, SystemClock().now());
    const QString whole = row.author->name + QLatin1Char(' ') + row.text + QStringLiteral("  ") + age;
    QTextLayout layout(whole, option.font);
    QTextLayout::FormatRange name { 0, static_cast<int>(row.author->name.size()), {} };
    name.format.setFontWeight(QFont::DemiBold);
    QTextLayout::FormatRange when { static_cast<int>(whole.size() - age.size()), static_cast<int>(age.size()), {} };
    when.format.setForeground(mutedColour(option.palette));
    layout.setFormats({ name, when });
    layout.beginLayout();
    qreal height = 0;
    for (int i = 0; i < kLines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(area.width());
        line.setPosition(QPointF(0, height));
        height += line.height();
    }
    layout.endLayout();
    painter.setPen(option.palette.color(QPalette::Text));
    layout.draw(&painter, QPointF(area.left(), area.center().y() - height / 2));
}

} // namespace

NotificationDelegate::NotificationDelegate(const MediaCache &media, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_media(media)
{
}

QSize NotificationDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { option.rect.width(), std::max(kHeight, option.fontMetrics.height() * kLines + 24) };
}

QList<MediaKey> NotificationDelegate::pictures(const NotificationRow &row, qreal devicePixelRatio)
{
    return { mediaKey(row.author->avatar, QSize(kAvatar, kAvatar), devicePixelRatio),
             mediaKey(photoUrl(row), QSize(kPhoto, kPhoto), devicePixelRatio) };
}

void NotificationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *controller = static_cast<const NotificationsController *>(index.model());
    const NotificationRow &row = controller->at(index.row());
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, option.palette.color(QPalette::AlternateBase));
    }
    QRect text = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    const QRect portrait(text.left(), text.center().y() - kAvatar / 2, kAvatar, kAvatar);
    drawAvatar(*painter, portrait, m_media.find(mediaKey(row.author->avatar, portrait.size(), ratio)),
               row.author->name);
    text.setLeft(portrait.right() + spacing::kMedium);
    if (const QString url = photoUrl(row); !url.isEmpty()) {
        const QRect place(text.right() - kPhoto, text.center().y() - kPhoto / 2, kPhoto, kPhoto);
        QPainterPath shape;
        shape.addRoundedRect(place, 6, 6);
        painter->save();
        painter->setClipPath(shape);
        drawPhoto(*painter, place, row.status->photos.first(), url, m_media, option.palette);
        painter->restore();
        text.setRight(place.left() - spacing::kMedium);
    }
    drawText(*painter, text, row, option);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        drawFocusRing(*painter, option.rect.adjusted(2, 2, -2, -2), 8, option.palette);
    }
    painter->restore();
}

} // namespace graminsta
