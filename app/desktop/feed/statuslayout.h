// SPDX-License-Identifier: GPL-3.0-or-later
// Where each part of a status is in the feed: pure geometry, shared by painting, hit testing and measuring.
#pragma once

#include <desktop/core/captionlinks.h>
#include <desktop/core/statusrow.h>

#include <QFont>
#include <QRect>
#include <QTextLayout>

namespace graminsta
{

// How one reader looks at one status; kept by the view, not by the model.
struct StatusReading {
    int photo = 0; // of the carousel
    bool captionUnfolded = false;
    bool revealed = false; // shown in spite of `sensitive`
};

enum class StatusPart {
    None,
    Author,
    Photo,
    PreviousPhoto,
    NextPhoto,
    Reveal,
    Like,
    Comments,
    Caption, // the folded rest of it
    Link, // in the caption
};

// The colours of the caption come later, from the palette: this only marks what stands out.
struct StatusLayout {
    // Lays `status` out in a column from `left` to `left + width`, its top at `top`.
    StatusLayout(const StatusRow &status, const StatusReading &reading, const QFont &font, QRect column);

    [[nodiscard]] StatusPart partAt(QPoint position) const;
    // The link of the caption under `position`; empty if there is none.
    [[nodiscard]] QString linkAt(QPoint position) const;

    QRect card;
    QRect header; // avatar and names, to be clicked
    QRect avatar;
    QRect name;
    QRect detail; // acct or who reblogged it
    QRect age;
    QRect photo; // empty without photos
    QRect previous; // empty on the first photo
    QRect next; // empty on the last
    QRect dots;
    QRect reveal; // empty unless the photo is covered up
    QRect like;
    QRect comments;
    QRect caption;
    QRect unfold; // empty unless the caption is folded
    QFont font;
    QFont boldFont;
    QFont smallFont;
    QString likeText;
    QString commentsText;
    QTextLayout captionLayout;
    QList<CaptionLink> captionLinks;
};

// The height of a row, gap included, without laying out its text: close, and fast enough for a hundred thousand.
[[nodiscard]] int estimatedHeight(const StatusRow &status, const QFont &font, int columnWidth);

// The height of the photo of a status in a column: as it was taken, between 4:5 and 1.91:1; 0 without photos.
[[nodiscard]] int photoHeight(const StatusRow &status, int columnWidth);

// The whole height of a laid out row, gap included.
[[nodiscard]] int rowHeight(const StatusLayout &layout);

} // namespace graminsta
