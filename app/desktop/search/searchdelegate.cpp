// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/search/searchdelegate.h>

#include <desktop/core/mediacache.h>
#include <desktop/core/theme.h>
#include <desktop/core/wording.h>
#include <desktop/widgets/painting.h>

#include <QPainter>
#include <QPainterPath>

namespace graminsta
{

namespace
{

constexpr int kHeight = 64;
constexpr int kHeadingHeight = 44;
constexpr int kPicture = 44;
constexpr int kMargin = 16;

const SearchRow &rowAt(const QModelIndex &index)
{
    return static_cast<const SearchController *>(index.model())->at(index.row());
}

QString pictureUrl(const StatusRow &row)
{
    if (row.photos.isEmpty()) {
        return {};
    }
    const Photo &photo = row.photos.first();
    return photo.previewUrl.isEmpty() ? photo.url : photo.previewUrl;
}

// Two lines beside the picture, each elided; one line alone stands in the middle.
struct Lines {
    QString first;
    QString second; // quieter
};

struct LinesOf {
    Lines operator()(const SearchHeading &heading) const { return { heading.text, {} }; }
    Lines operator()(const FoundAccount &found) const
    {
        const QString acct = QLatin1Char('@') + found.author->acct;
        return { found.author->name, found.note.isEmpty() ? acct : acct + QStringLiteral("  ·  ") + found.note };
    }
    Lines operator()(const FoundHashtag &found) const
    {
        return { QLatin1Char('#') + found.name,
                 found.uses > 0
                     ? counted(found.uses, QStringLiteral("post this week"), QStringLiteral("posts this week"))
                     : QString() };
    }
    Lines operator()(const StatusRow &row) const
    {
        const QString caption = row.spoilerText.isEmpty() ? row.caption.simplified() : row.spoilerText;
        const QString who = row.author->name + QStringLiteral("  ·  ") + briefAge(row.createdAt, SystemClock().now());
        return caption.isEmpty() ? Lines { who, {} } : Lines { caption, who };
    }
};

void drawLines(QPainter &painter, const QRect &area, const Lines &lines, const QStyleOptionViewItem &option)
{
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(bold);
    const int height = metrics.height() * (lines.second.isEmpty() ? 1 : 2);
    QRect line(area.left(), area.center().y() - height / 2, area.width(), metrics.height());
    painter.setFont(bold);
    painter.setPen(option.palette.color(QPalette::Text));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(lines.first, Qt::ElideRight, line.width()));
    if (lines.second.isEmpty()) {
        return;
    }
    line.translate(0, metrics.height());
    painter.setFont(option.font);
    painter.setPen(mutedColour(option.palette));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     option.fontMetrics.elidedText(lines.second, Qt::ElideRight, line.width()));
}

void drawHashSign(QPainter &painter, const QRect &place, const QStyleOptionViewItem &option)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(option.palette.color(QPalette::AlternateBase));
    painter.drawEllipse(place);
    QFont font = option.font;
    font.setPixelSize(place.height() / 2);
    painter.setFont(font);
    painter.setPen(mutedColour(option.palette));
    painter.drawText(place, Qt::AlignCenter, QStringLiteral("#"));
}

} // namespace

SearchDelegate::SearchDelegate(const MediaCache &media, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_media(media)
{
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isHeading = std::holds_alternative<SearchHeading>(rowAt(index));
    return { option.rect.width(),
             std::max(isHeading ? kHeadingHeight : kHeight, option.fontMetrics.height() * (isHeading ? 1 : 2) + 20) };
}

QList<MediaKey> SearchDelegate::pictures(const SearchRow &row, qreal devicePixelRatio)
{
    const QSize size(kPicture, kPicture);
    if (const auto *account = std::get_if<FoundAccount>(&row)) {
        return { mediaKey(account->author->avatar, size, devicePixelRatio) };
    }
    if (const auto *status = std::get_if<StatusRow>(&row); status && !status->photos.isEmpty()) {
        return { mediaKey(pictureUrl(*status), size, devicePixelRatio) };
    }
    return {};
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const SearchRow &row = rowAt(index);
    const Lines lines = std::visit(LinesOf {}, row);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect text = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    if (std::holds_alternative<SearchHeading>(row)) {
        drawLines(*painter, text, lines, option);
        painter->restore();
        return;
    }
    if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, option.palette.color(QPalette::AlternateBase));
    }
    const QRect place(text.left(), text.center().y() - kPicture / 2, kPicture, kPicture);
    text.setLeft(place.right() + spacing::kMedium);
    if (const auto *account = std::get_if<FoundAccount>(&row)) {
        const qreal ratio = painter->device()->devicePixelRatioF();
        drawAvatar(*painter, place, m_media.find(mediaKey(account->author->avatar, place.size(), ratio)),
                   account->author->name);
    } else if (const auto *status = std::get_if<StatusRow>(&row); status && !status->photos.isEmpty()) {
        QPainterPath shape;
        shape.addRoundedRect(place, 6, 6);
        painter->save();
        painter->setClipPath(shape);
        drawPhoto(*painter, place, status->photos.first(), pictureUrl(*status), m_media, option.palette);
        painter->restore();
    } else if (std::holds_alternative<FoundHashtag>(row)) {
        drawHashSign(*painter, place, option);
    }
    drawLines(*painter, text, lines, option);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        drawFocusRing(*painter, option.rect.adjusted(2, 2, -2, -2), 8, option.palette);
    }
    painter->restore();
}

} // namespace graminsta
