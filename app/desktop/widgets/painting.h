// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes that several views paint. GUI thread only.
#pragma once

#include <QPixmap>
#include <QRect>
#include <QString>

class QPainter;
class QPalette;

namespace graminsta
{

struct Photo;
class MediaCache;

// Fills `target` with the middle of the picture.
void drawCovering(QPainter &painter, const QRect &target, const QPixmap &pixmap);

// The photo as far as it is there: the picture, else its blurhash, else a quiet surface. Says which it was.
enum class Drawn { Picture, Placeholder };
Drawn drawPhoto(QPainter &painter, const QRect &target, const Photo &photo, const QString &url, const MediaCache &media,
                const QPalette &palette);

// On a video that is drawn in `target`: that it can be played, and how long it is. Nothing on a photo. drawPhoto() does
// it by itself.
void drawPlayMark(QPainter &painter, const QRect &target, const Photo &photo);

// A round portrait; the first letter of `name` on a colour of its own where there is no picture.
void drawAvatar(QPainter &painter, const QRect &target, const QPixmap &pixmap, const QString &name);

// The ring around what has the keyboard focus.
void drawFocusRing(QPainter &painter, const QRect &target, int radius, const QPalette &palette);

} // namespace graminsta
