// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/feed/statuslayout.h>

#include <desktop/core/theme.h>
#include <desktop/core/wording.h>

#include <QFontMetrics>
#include <QtMath>

namespace graminsta
{

namespace
{

constexpr int kPadding = 14;
constexpr int kAvatar = 40;
constexpr int kActions = 46;
constexpr int kIcon = 24;
constexpr int kArrow = 34;
constexpr int kGap = 22;
constexpr int kFoldedLines = 3;
constexpr double kTallest = 1.25;
constexpr double kWidest = 1 / 1.91;

QFont scaled(QFont font, double factor)
{
    if (font.pixelSize() > 0) {
        font.setPixelSize(qRound(font.pixelSize() * factor));
    } else {
        font.setPointSizeF(font.pointSizeF() * factor);
    }
    return font;
}

// Breaks the caption into lines and gives its height; at most `maxLines` of them unless it is 0. `more` says whether
// lines were left out.
int breakLines(QTextLayout &layout, int width, int maxLines, bool &more)
{
    layout.beginLayout();
    qreal y = 0;
    int lines = 0;
    more = false;
    for (;;) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height() * 1.15;
        if (++lines == maxLines) {
            more = line.textStart() + line.textLength() < layout.text().size();
            break;
        }
    }
    layout.endLayout();
    return qCeil(y);
}

int heightOfHeader(const QFont &font)
{
    const int text = QFontMetrics(font).height() + QFontMetrics(scaled(font, 0.88)).height() + 2;
    return std::max(kAvatar, text) + 2 * kPadding;
}

} // namespace

StatusLayout::StatusLayout(const StatusRow &status, const StatusReading &reading, const QFont &base, QRect column)
    : font(base)
    , boldFont(base)
    , smallFont(scaled(base, 0.88))
{
    boldFont.setWeight(QFont::DemiBold);
    const int inner = column.width() - 2 * kPadding;
    const int left = column.left() + kPadding;
    int y = column.top();

    const int headerHeight = heightOfHeader(base);
    avatar = QRect(left, y + (headerHeight - kAvatar) / 2, kAvatar, kAvatar);
    const int nameHeight = QFontMetrics(boldFont).height();
    const int detailHeight = QFontMetrics(smallFont).height();
    const int ageWidth = QFontMetrics(smallFont).horizontalAdvance(QStringLiteral("00 MMM 0000"));
    const int textLeft = avatar.right() + spacing::kMedium;
    const int textWidth = column.right() - kPadding - ageWidth - textLeft;
    const int textTop = y + (headerHeight - nameHeight - detailHeight - 2) / 2;
    name = QRect(textLeft, textTop, textWidth, nameHeight);
    detail = QRect(textLeft, textTop + nameHeight + 2, textWidth, detailHeight);
    age = QRect(column.right() - kPadding - ageWidth, textTop, ageWidth, nameHeight);
    header = QRect(left, y, textWidth + kAvatar + spacing::kMedium, headerHeight);
    y += headerHeight;

    const int photos = static_cast<int>(status.photos.size());
    if (photos > 0) {
        photo = QRect(column.left(), y, column.width(), photoHeight(status, column.width()));
        y += photo.height();
        const int arrowTop = photo.center().y() - kArrow / 2;
        if (status.sensitive && !reading.revealed) {
            reveal = photo;
        } else {
            if (reading.photo > 0) {
                previous = QRect(photo.left() + 10, arrowTop, kArrow, kArrow);
            }
            if (reading.photo < photos - 1) {
                next = QRect(photo.right() - 9 - kArrow, arrowTop, kArrow, kArrow);
            }
        }
    }

    likeText = briefCount(status.favouritesCount);
    commentsText = briefCount(status.repliesCount);
    const QFontMetrics bold(boldFont);
    like = QRect(left - 4, y + 4, 4 + kIcon + 8 + bold.horizontalAdvance(likeText) + 10, kActions - 8);
    comments =
        QRect(like.right() + 6, like.top(), 4 + kIcon + 8 + bold.horizontalAdvance(commentsText) + 10, like.height());
    if (photos > 1) {
        dots = QRect(column.center().x() - 60, y, 120, kActions);
    }
    y += kActions;

    if (!status.caption.isEmpty()) {
        captionLayout.setText(QString(status.caption).replace(QLatin1Char('\n'), QChar::LineSeparator));
        captionLayout.setFont(font);
        captionLinks = graminsta::captionLinks(status);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        captionLayout.setTextOption(option);
        bool more = false;
        const int height = breakLines(captionLayout, inner, reading.captionUnfolded ? 0 : kFoldedLines, more);
        caption = QRect(left, y, inner, height);
        y += height;
        if (more) {
            unfold = QRect(left, y, inner, QFontMetrics(font).height() + 4);
            y += unfold.height();
        }
        y += kPadding;
    }
    card = QRect(column.left(), column.top(), column.width(), y - column.top());
}

StatusPart StatusLayout::partAt(QPoint position) const
{
    const std::pair<const QRect &, StatusPart> parts[] = {
        { previous, StatusPart::PreviousPhoto }, { next, StatusPart::NextPhoto },
        { reveal, StatusPart::Reveal },          { photo, StatusPart::Photo },
        { header, StatusPart::Author },          { like, StatusPart::Like },
        { comments, StatusPart::Comments },      { unfold, StatusPart::Caption },
    };
    for (const auto &[area, part] : parts) {
        if (area.contains(position)) {
            return part;
        }
    }
    return linkAt(position).isEmpty() ? StatusPart::None : StatusPart::Link;
}

QString StatusLayout::linkAt(QPoint position) const
{
    if (captionLinks.isEmpty() || !caption.contains(position)) {
        return {};
    }
    const QPointF inside = position - caption.topLeft();
    for (int i = 0; i < captionLayout.lineCount(); ++i) {
        const QTextLine line = captionLayout.lineAt(i);
        if (!line.naturalTextRect().contains(inside)) {
            continue;
        }
        const int character = line.xToCursor(inside.x(), QTextLine::CursorOnCharacter);
        for (const CaptionLink &link : captionLinks) {
            if (character >= link.start && character < link.start + link.length) {
                return link.href;
            }
        }
    }
    return {};
}

int photoHeight(const StatusRow &status, int columnWidth)
{
    if (status.photos.isEmpty()) {
        return 0;
    }
    const QSize size = status.photos.first().size;
    const double ratio = size.isEmpty() ? 1.0 : double(size.height()) / size.width();
    return qRound(columnWidth * std::clamp(ratio, kWidest, kTallest));
}

int estimatedHeight(const StatusRow &status, const QFont &font, int columnWidth)
{
    const QFontMetrics metrics(font);
    int height = heightOfHeader(font) + photoHeight(status, columnWidth) + kActions + kGap;
    if (!status.caption.isEmpty()) {
        const int width = std::max(1, columnWidth - 2 * kPadding);
        const int perLine = std::max(1, width / std::max(1, metrics.averageCharWidth()));
        const auto lines = static_cast<int>(status.caption.size()) / perLine + 1;
        height += qCeil(std::min(lines, kFoldedLines) * metrics.height() * 1.15) + kPadding;
        height += lines > kFoldedLines ? metrics.height() + 4 : 0;
    }
    return height;
}

int rowHeight(const StatusLayout &layout)
{
    return layout.card.height() + kGap;
}

} // namespace graminsta
