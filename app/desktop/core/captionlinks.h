// SPDX-License-Identifier: GPL-3.0-or-later
// What can be gone to from a caption: its hashtags, the people it mentions, its web addresses. Pure functions but for
// openLink(); GUI thread only.
#pragma once

#include <desktop/core/statusrow.h>

#include <QList>
#include <QTextLayout>

class QPalette;

namespace graminsta
{

class Navigator;

struct CaptionLink {
    int start = 0; // in the caption
    int length = 0;
    QString href; // "hashtag:sea", "account:<id>", or a web address; for openLink()
};

// In the order of the caption. A name that the server has not said to be somebody's is only a word.
[[nodiscard]] QList<CaptionLink> captionLinks(const StatusRow &status);
// In the colour of links, for a text layout of the caption.
[[nodiscard]] QList<QTextLayout::FormatRange> linkFormats(const QList<CaptionLink> &links, const QPalette &palette);
// The caption as rich text with its links, for a label; nothing in it is taken for markup.
[[nodiscard]] QString captionHtml(const StatusRow &status);

// Where a link leads: a page of the app, or the browser. Anything but the above is ignored.
void openLink(const QString &href, Navigator &navigator);

} // namespace graminsta
