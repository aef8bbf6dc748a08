// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/statusdelegate.h>

#include <desktop/core/captionlinks.h>
#include <desktop/core/icon.h>
#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/feed/statuslistmodel.h>
#include <desktop/widgets/painting.h>

#include <QPainter>
#include <QPainterPath>

namespace graminsta
{

namespace
{

constexpr int kIcon = 24;
constexpr int kMargin = 16;
constexpr int kDot = 6;

QRect columnOf(const QRect &row)
{
    const int width = StatusDelegate::columnWidth(row.width());
    return { row.left() + (row.width() - width) / 2, row.top(), width, row.height() };
}

QPainterPath roundedPath(const QRect &rect)
{
    QPainterPath path;
    path.addRoundedRect(rect, spacing::kRadius, spacing::kRadius);
    return path;
}

void paintArrow(QPainter &painter, const QRect &area, const QString &icon, bool hovered)
{
    if (area.isEmpty()) {
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, hovered ? 190 : 120));
    painter.drawEllipse(area);
    const int side = 20;
    painter.drawPixmap(area.center() - QPoint(side / 2 - 1, side / 2 - 1),
                       iconPixmap(icon, side, Qt::white, painter.device()->devicePixelRatioF()));
}

void paintBadge(QPainter &painter, QPoint corner, const QString &text)
{
    QFont font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QRect words = painter.fontMetrics().boundingRect(text);
    const QRect badge(corner.x(), corner.y() - words.height() - 6, words.width() + 16, words.height() + 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 150));
    painter.drawRoundedRect(badge, 6, 6);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace

StatusDelegate::StatusDelegate(const MediaCache &media, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_media(media)
{
}

int StatusDelegate::columnWidth(int viewWidth)
{
    return std::clamp(viewWidth - 2 * kMargin, 120, spacing::kColumn);
}

StatusLayout StatusDelegate::layout(const QStyleOptionViewItem &option, const StatusRow &status) const
{
    return StatusLayout(status, reading(status.id), option.font, columnOf(option.rect));
}

QSize StatusDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return { option.rect.width(), rowHeight(layout(option, statusAt(index))) };
}

StatusPart StatusDelegate::partAt(QPoint position, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return layout(option, statusAt(index)).partAt(position);
}

QString StatusDelegate::linkAt(QPoint position, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return layout(option, statusAt(index)).linkAt(position);
}

const StatusReading &StatusDelegate::reading(const QString &id) const
{
    static const StatusReading untouched;
    const auto found = m_readings.constFind(id);
    return found == m_readings.cend() ? untouched : *found;
}

void StatusDelegate::setReading(const QString &id, const StatusReading &reading)
{
    m_readings.insert(id, reading);
}

void StatusDelegate::setHovered(const QString &id, StatusPart part)
{
    m_hoveredId = id;
    m_hoveredPart = part;
}

bool StatusDelegate::isHovered(const StatusRow &status, StatusPart part) const
{
    return m_hoveredPart == part && m_hoveredId == status.id;
}

QList<MediaKey> StatusDelegate::pictures(const StatusRow &status, int viewWidth, qreal devicePixelRatio) const
{
    QList<MediaKey> keys;
    const int width = columnWidth(viewWidth);
    if (!status.photos.isEmpty()) {
        const QSize size(width, photoHeight(status, width));
        const int current = std::min(reading(status.id).photo, static_cast<int>(status.photos.size()) - 1);
        for (const Photo &photo : status.photos.mid(current, 2)) {
            keys += mediaKey(pictureUrl(photo, size * devicePixelRatio), size, devicePixelRatio);
        }
    }
    if (!status.author->avatar.isEmpty()) {
        keys += mediaKey(status.author->avatar, QSize(40, 40), devicePixelRatio);
    }
    return keys;
}

void StatusDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const StatusRow &status = statusAt(index);
    const StatusLayout places = layout(option, status);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPainterPath card = roundedPath(places.card);
    painter->fillPath(card, option.palette.color(QPalette::Base));
    paintHeader(*painter, option, status, places);
    if (!places.photo.isEmpty()) {
        paintPhoto(*painter, option, status, places);
    }
    paintActions(*painter, option, status, places);
    if (!places.caption.isEmpty()) {
        paintCaption(*painter, option, status, places);
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(lineColour(option.palette));
    painter->drawRoundedRect(QRectF(places.card).adjusted(0.5, 0.5, -0.5, -0.5), spacing::kRadius, spacing::kRadius);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        drawFocusRing(*painter, places.card, spacing::kRadius, option.palette);
    }
    painter->restore();
}

void StatusDelegate::paintHeader(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                                 const StatusLayout &places) const
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QPixmap portrait = m_media.find(mediaKey(status.author->avatar, places.avatar.size(), ratio));
    drawAvatar(painter, places.avatar, portrait, status.author->name);

    QFont nameFont = places.boldFont;
    nameFont.setUnderline(isHovered(status, StatusPart::Author));
    painter.setFont(nameFont);
    painter.setPen(option.palette.color(QPalette::Text));
    const QFontMetrics bold(places.boldFont);
    painter.drawText(places.name, Qt::AlignVCenter | Qt::AlignLeft,
                     bold.elidedText(status.author->name, Qt::ElideRight, places.name.width()));
    painter.setFont(places.smallFont);
    painter.setPen(mutedColour(option.palette));
    const QString detail = status.reblogger ? QStringLiteral("shared by %1").arg(status.reblogger->name)
                                            : QLatin1Char('@') + status.author->acct;
    const QFontMetrics small(places.smallFont);
    painter.drawText(places.detail, Qt::AlignVCenter | Qt::AlignLeft,
                     small.elidedText(detail, Qt::ElideRight, places.detail.width()));
    painter.drawText(places.age, Qt::AlignVCenter | Qt::AlignRight, briefAge(status.createdAt, SystemClock().now()));
}

void StatusDelegate::paintPhoto(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                                const StatusLayout &places) const
{
    const int current = std::min(reading(status.id).photo, static_cast<int>(status.photos.size()) - 1);
    const Photo &photo = status.photos[current];
    // The photo lies between header and actions, so only the side borders of the card meet it.
    painter.setFont(places.smallFont);
    if (!places.reveal.isEmpty()) {
        const QPixmap blurred = m_media.placeholder(photo.blurhash);
        painter.fillRect(places.photo, option.palette.color(QPalette::AlternateBase));
        if (!blurred.isNull()) {
            painter.drawPixmap(places.photo, blurred);
        }
        const QString reason = status.spoilerText.isEmpty() ? QStringLiteral("Sensitive photo") : status.spoilerText;
        painter.setPen(Qt::white);
        painter.fillRect(places.photo, QColor(0, 0, 0, 110));
        painter.setFont(places.boldFont);
        painter.drawText(places.photo.adjusted(40, 0, -40, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         reason + QStringLiteral("\nClick to show"));
        return;
    }
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QString url = pictureUrl(photo, places.photo.size() * ratio);
    drawPhoto(painter, places.photo, photo, url, m_media, option.palette);
    QStringList badges;
    if (m_media.hasFailed(mediaKey(url, places.photo.size(), ratio))) {
        badges = QStringList { QStringLiteral("The picture cannot be loaded") };
    } else {
        // It moves on the page of its post; here all would move at once.
        if (photo.url.endsWith(QLatin1String(".gif"), Qt::CaseInsensitive)) {
            badges += QStringLiteral("GIF");
        }
        if (!photo.description.isEmpty()) {
            badges += QStringLiteral("ALT");
        }
    }
    if (!badges.isEmpty()) {
        paintBadge(painter, places.photo.bottomLeft() + QPoint(12, -12), badges.join(QStringLiteral(" · ")));
    }
    paintArrow(painter, places.previous, QStringLiteral("left"), isHovered(status, StatusPart::PreviousPhoto));
    paintArrow(painter, places.next, QStringLiteral("right"), isHovered(status, StatusPart::NextPhoto));
}

void StatusDelegate::paintActions(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &status,
                                  const StatusLayout &places) const
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QColor text = option.palette.color(QPalette::Text);
    painter.setFont(places.boldFont);
    const auto action = [&](const QRect &area, const QString &icon, const QColor &colour, const QString &words,
                            StatusPart part) {
        if (isHovered(status, part)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(option.palette.color(QPalette::AlternateBase));
            painter.drawRoundedRect(area, 8, 8);
        }
        const int top = area.center().y() - kIcon / 2 + 1;
        painter.drawPixmap(area.left() + 4, top, iconPixmap(icon, kIcon, colour, ratio));
        painter.setPen(text);
        painter.drawText(area.adjusted(4 + kIcon + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
    };
    action(places.like, status.favourited ? QStringLiteral("heart-filled") : QStringLiteral("heart"),
           status.favourited ? likeColour() : text, places.likeText, StatusPart::Like);
    action(places.comments, QStringLiteral("comment"), text, places.commentsText, StatusPart::Comments);

    if (places.dots.isEmpty()) {
        return;
    }
    const int count = static_cast<int>(status.photos.size());
    const int current = reading(status.id).photo;
    painter.setPen(Qt::NoPen);
    int x = places.dots.center().x() - (count * 2 - 1) * kDot / 2;
    for (int i = 0; i < count; ++i, x += 2 * kDot) {
        painter.setBrush(option.palette.color(i == current ? QPalette::Highlight : QPalette::Mid));
        painter.drawEllipse(QRect(x, places.dots.center().y() - kDot / 2, kDot, kDot));
    }
}

void StatusDelegate::paintCaption(QPainter &painter, const QStyleOptionViewItem &option, const StatusRow &,
                                  const StatusLayout &places) const
{
    painter.setPen(option.palette.color(QPalette::Text));
    places.captionLayout.draw(&painter, places.caption.topLeft(), linkFormats(places.captionLinks, option.palette));
    if (!places.unfold.isEmpty()) {
        painter.setFont(places.font);
        painter.setPen(mutedColour(option.palette));
        painter.drawText(places.unfold, Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("more"));
    }
}

} // namespace graminsta
