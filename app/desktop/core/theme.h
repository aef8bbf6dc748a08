// SPDX-License-Identifier: GPL-3.0-or-later
// The look of the app: a light and a dark palette, and the few rules of style that a palette cannot say. GUI thread
// only.
#pragma once

#include <QString>

class QApplication;
class QColor;
class QPalette;

namespace graminsta
{

enum class Appearance {
    System, // as the desktop was when the app started
    Light,
    Dark,
};

[[nodiscard]] QString appearanceName(Appearance appearance);
// System for a name that is none.
[[nodiscard]] Appearance appearanceFromName(const QString &name);

// Gives the whole app its palette, style sheet and icons. May be called again at any time; open windows follow.
void applyAppearance(QApplication &app, Appearance appearance);

// The colours that QPalette has no role for.
[[nodiscard]] QColor likeColour();
[[nodiscard]] QColor dangerColour(const QPalette &palette);
[[nodiscard]] QColor mutedColour(const QPalette &palette); // secondary text
[[nodiscard]] QColor lineColour(const QPalette &palette); // hairlines and quiet borders
[[nodiscard]] bool isDark(const QPalette &palette);

// Room between things, in device-independent pixels.
namespace spacing
{
inline constexpr int kSmall = 6;
inline constexpr int kMedium = 12;
inline constexpr int kLarge = 20;
inline constexpr int kColumn = 620; // the widest column of reading
inline constexpr int kRadius = 10;
} // namespace spacing

} // namespace graminsta
