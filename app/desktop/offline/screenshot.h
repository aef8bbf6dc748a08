// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the window for the README and for looking at changes. GUI thread only.
#pragma once

#include <QString>

namespace graminsta
{

class OfflineApp;

// Goes to `page`, waits until everything that is in sight is there, and writes the window to `file`. Returns the exit
// code of the program.
[[nodiscard]] int takeScreenshot(OfflineApp &offline, const QString &page, const QString &file);

} // namespace graminsta
