// SPDX-License-Identifier: GPL-3.0-or-later
#include "photo.h"

#include <QBuffer>
#include <QImage>

namespace graminsta::rig
{

QByteArray makePhoto(int number)
{
    QImage image(96, 64, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb((x * 2 + number * 37) % 256, (y * 3 + number / 7) % 256, (number * 71) % 256));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 90);
    return bytes;
}

} // namespace graminsta::rig
