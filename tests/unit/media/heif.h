// SPDX-License-Identifier: GPL-3.0-or-later
// HEIC and AVIF by libheif alone: made with any colour codes, and read as the numbers that are stored. The reference
// for what server/media makes of them by libvips.
#pragma once

#include <QColorSpace>
#include <QImage>

#include <optional>

namespace graminsta::test
{

enum class HeifKind { Heic10Bit, Avif8Bit };

// ITU-T H.273.
struct HeifCodes {
    int primaries = 1;
    int transfer = 13;
};

// Of the sixteen bits of each channel as many as the kind has. Empty if there is no encoder on this machine.
[[nodiscard]] QByteArray heif(const QImage &image, HeifKind kind, std::optional<HeifCodes> codes);

// As stored, upright, in sixteen bits; with its profile, if it has one.
[[nodiscard]] QImage heifPixels(const QByteArray &file);

} // namespace graminsta::test
