// SPDX-License-Identifier: GPL-3.0-or-later
// The app's own line icons (resources/icons), drawn in the colours of the palette at any size. GUI thread only.
#pragma once

#include <QIcon>
#include <QPixmap>

class QColor;

namespace graminsta
{

// The icon resources/icons/<name>.svg: the colour of button text, of the accent where it is checked.
[[nodiscard]] QIcon themedIcon(const QString &name);

// The same in one colour, `size` device-independent pixels wide; cached.
[[nodiscard]] QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal devicePixelRatio);

} // namespace graminsta
