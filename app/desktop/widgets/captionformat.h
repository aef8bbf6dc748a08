// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags, mentions and addresses in a caption stand out. Pure function.
#pragma once

#include <QList>
#include <QTextLayout>

class QPalette;

namespace graminsta
{

[[nodiscard]] QList<QTextLayout::FormatRange> captionFormats(const QString &text, const QPalette &palette);

} // namespace graminsta
