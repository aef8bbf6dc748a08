// SPDX-License-Identifier: GPL-3.0-or-later
// A picture's file without anything that is not needed to show it, its pixels untouched. Written as a list of what is
// kept: whatever a format has besides, or behind its end, stays out without being known. Stateless and thread-safe.
#pragma once

#include <graminsta/core/imagetypes.h>
#include <graminsta/core/result.h>

#include <QByteArray>
#include <QList>
#include <QSize>

#include <chrono>

namespace graminsta::media
{

struct CleanFile {
    static constexpr qsizetype kMaxParts = 20'000; // more are no picture's, and would take more memory than it

    QList<QByteArray> parts; // most of them point into the source, which must outlive them
    QSize canvas;
    int frames = 1;
    std::chrono::milliseconds duration { 0 }; // of an animation, once through

    [[nodiscard]] bool isAnimated() const { return frames > 1; }
    [[nodiscard]] qint64 bytes() const;

    // A part of the source; what follows its neighbour there makes one part with it. Nothing beyond kMaxParts.
    void keep(QByteArrayView bytes);
    void add(const QByteArray &bytes);
};

// Fault::Unprocessable if the file does not hold to its format, or uses a part of it that is not known here: such a
// picture may still be decoded, and encoded anew. Colours are read as sRGB from the result: profiles and orientation
// are not kept. Fault::TooLarge for more than `maxFrames` pictures. HEIC and AVIF are never cleaned.
[[nodiscard]] Result<CleanFile> cleanFile(QByteArrayView file, ImageFormat format, int maxFrames);

[[nodiscard]] Result<CleanFile> cleanJpeg(QByteArrayView file);
[[nodiscard]] Result<CleanFile> cleanPng(QByteArrayView file);
[[nodiscard]] Result<CleanFile> cleanWebp(QByteArrayView file, int maxFrames = 1);
[[nodiscard]] Result<CleanFile> cleanGif(QByteArrayView file, int maxFrames);

// Fault::Unavailable if it cannot be written.
[[nodiscard]] Result<> writeFile(const CleanFile &clean, const QString &path);

// For the cleaners of the formats.
[[nodiscard]] Error notCleanable(const char *why);
[[nodiscard]] Error tooManyFrames(int maxFrames);

} // namespace graminsta::media
