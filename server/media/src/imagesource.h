// SPDX-License-Identifier: GPL-3.0-or-later
// One uploaded file, opened by the loader of its type alone. Not thread-safe. The deadline given to open() must outlive
// the pictures: decoding ends with an error when it passes.
#pragma once

#include "vipspicture.h"

#include <graminsta/core/deadline.h>
#include <graminsta/core/imagetypes.h>

#include <QSize>

namespace graminsta::media
{

class ImageSource
{
public:
    // Reads the header only. Fault::Unprocessable if there is no sound one.
    [[nodiscard]] static Result<ImageSource> open(const QString &file, const ImageType &type, const Deadline &deadline);

    [[nodiscard]] QSize storedSize() const;
    [[nodiscard]] QSize uprightSize() const;
    [[nodiscard]] const ImageType &type() const { return *m_type; }
    [[nodiscard]] const Deadline &deadline() const { return *m_deadline; }
    [[nodiscard]] bool isTurned() const; // not stored as it should be seen
    [[nodiscard]] bool isAnimated() const; // pixels() are those of the first picture
    [[nodiscard]] bool meansSrgb() const; // without its profile too
    // About what decoding and encoding takes at its peak, from above.
    [[nodiscard]] qint64 memoryBytes() const;

    // The pixels as stored, decoded as they are asked for. With `scale` below 1 perhaps smaller already, as the type
    // allows, but never smaller than the size times `scale`.
    [[nodiscard]] Result<Picture> pixels(double scale = 1) const;
    // All pictures of an animation, one below the other, to be read in that order.
    [[nodiscard]] Result<Picture> allPictures() const;

private:
    // What must be held where a picture cannot be decoded line by line; 0 where it can.
    [[nodiscard]] qint64 wholeFrameBytes() const;

    ImageSource(QByteArray file, const ImageType &type, const Deadline &deadline);

    [[nodiscard]] Result<Picture> openPicture(int shrink, int pages = 1) const;
    [[nodiscard]] Result<Picture> loadPicture(int shrink, int pages) const;

    QByteArray m_file;
    const ImageType *m_type;
    const Deadline *m_deadline;
    Picture m_header;
    bool m_hasProfile = false; // one that says anything but sRGB
};

} // namespace graminsta::media
