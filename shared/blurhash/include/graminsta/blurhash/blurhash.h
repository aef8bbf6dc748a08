// SPDX-License-Identifier: GPL-3.0-or-later
// BlurHash: a picture's colours in some thirty characters, to show until the picture is there. Thread-safe.
// https://github.com/woltapp/blurhash/blob/master/Algorithm.md
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace graminsta::blurhash
{

// Rows of red, green, blue (one byte each, sRGB), the upper one first, without padding.
struct RgbPixels {
    int width = 0;
    int height = 0;
    QByteArray bytes; // width * height * 3
};

// How many waves across and down are kept, 1..9 each.
struct Components {
    int x = 4;
    int y = 3;
};

// More waves along the longer side: 4x3, 3x4, or 4x4 for a square.
[[nodiscard]] Components componentsFor(int width, int height);

// The same string as the reference implementation in C. The cost grows with the pixels: give it a small picture, 64 or
// so wide. Precondition: `pixels` and `components` are within the bounds given above.
[[nodiscard]] QString encode(const RgbPixels &pixels, Components components);

// A picture of that size, blurred as the hash says; nothing if the text is not a blurhash or the size is not positive.
// `punch` above 1 raises the contrast.
[[nodiscard]] std::optional<RgbPixels> decode(QStringView hash, int width, int height, float punch = 1);

} // namespace graminsta::blurhash
