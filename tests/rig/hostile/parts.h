// SPDX-License-Identifier: GPL-3.0-or-later
// What the hostile files are put together from. Thread-safe: no state.
#pragma once

#include "hostilefiles.h"

#include <QImage>

#include <initializer_list>

namespace graminsta::rig::hostile
{

using Files = QList<HostileFile>;

void addBombs(Files &files);
void addBroken(Files &files);
void addDisguised(Files &files);
void addMutations(Files &files, const QString &photosFolder);

[[nodiscard]] QByteArray octets(std::initializer_list<int> values);
[[nodiscard]] QByteArray bigEndian16(quint32 value);
[[nodiscard]] QByteArray bigEndian32(quint32 value);
[[nodiscard]] QByteArray littleEndian(quint32 value, int bytes);
// The same every time: `seed` makes them differ.
[[nodiscard]] QByteArray noise(qsizetype size, quint32 seed);

// A smooth picture with different colours.
[[nodiscard]] QImage scene(int width, int height);
[[nodiscard]] QByteArray encoded(const QImage &image, const char *format, int quality = -1);
[[nodiscard]] QByteArray plainJpeg();
[[nodiscard]] QByteArray plainPng();
// Empty if it is not there.
[[nodiscard]] QByteArray contentOf(const QString &path);

// ISO/IEC 15948 (PNG).
[[nodiscard]] QByteArray pngChunk(const QByteArray &type, const QByteArray &data);
struct PngHeader {
    quint32 width;
    quint32 height;
    int depth = 8;
    int colour = 2;
    int interlaced = 0;
};
[[nodiscard]] QByteArray png(const PngHeader &header, const QByteArray &chunks);
// So many zeros, deflated by zlib.
[[nodiscard]] QByteArray deflatedZeros(qsizetype size);
// A chunk before the pixels of a sound PNG.
[[nodiscard]] QByteArray withChunk(const QByteArray &chunk);

// ITU-T T.81 (JPEG): a segment after the start of a sound one.
[[nodiscard]] QByteArray jpegSegment(int marker, const QByteArray &data);
[[nodiscard]] QByteArray withSegment(const QByteArray &segment);

} // namespace graminsta::rig::hostile
