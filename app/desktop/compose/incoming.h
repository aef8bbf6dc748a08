// SPDX-License-Identifier: GPL-3.0-or-later
// Photos from outside: dropped, pasted or chosen. GUI thread only.
#pragma once

#include <QStringList>

class QMimeData;

namespace graminsta
{

// Whether photosIn() may find something.
[[nodiscard]] bool offersPhotos(const QMimeData &data);

// The paths of dropped files; a picture without a file is saved in `folder` as PNG. Empty if there is nothing of use.
[[nodiscard]] QStringList photosIn(const QMimeData &data, const QString &folder);

// The same for what is on the clipboard.
[[nodiscard]] QStringList pastedPhotos(const QString &folder);

// The filter of a file dialog for what servers take.
[[nodiscard]] QString photoFilter();

} // namespace graminsta
