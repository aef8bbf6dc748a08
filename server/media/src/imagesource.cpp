// SPDX-License-Identifier: GPL-3.0-or-later
#include "imagesource.h"

#include "colourcodes.h"

#include <QFile>

namespace graminsta::media
{

namespace
{

// How much larger than wanted a JPEG must still be after the decoder has halved it: see docs/adr/0008.
constexpr double kShrinkMargin = 1.5;
constexpr int kAllPages = -1;
constexpr qint64 kStreamingBytes = 32LL * 1024 * 1024; // libvips' strips and queues, measured with 40 megapixels

void killWhenLate(VipsImage *image, VipsProgress *, const Deadline *deadline)
{
    if (deadline->expired())
        vips_image_set_kill(image, TRUE);
}

bool hasFlag(const Picture &picture, const char *name)
{
    int value = 0;
    return vips_image_get_typeof(picture.get(), name) != 0 && vips_image_get_int(picture.get(), name, &value) == 0
        && value != 0;
}

} // namespace

ImageSource::ImageSource(QByteArray file, const ImageType &type, const Deadline &deadline)
    : m_file(std::move(file))
    , m_type(&type)
    , m_deadline(&deadline)
{
}

Result<ImageSource> ImageSource::open(const QString &file, const ImageType &type, const Deadline &deadline)
{
    ImageSource source(QFile::encodeName(file), type, deadline);
    source.m_header = GI_TRY(source.openPicture(1));
    dropNeutralProfile(source.m_header);
    source.m_hasProfile = vips_image_get_typeof(source.m_header.get(), VIPS_META_ICC_NAME) != 0;
    if (type.format == ImageFormat::Heic || type.format == ImageFormat::Avif)
        noteColourCodes(source.m_header, source.m_file);
    return source;
}

QSize ImageSource::storedSize() const
{
    return { m_header->Xsize, m_header->Ysize };
}

QSize ImageSource::uprightSize() const
{
    return vips_image_get_orientation_swap(m_header.get()) != 0 ? storedSize().transposed() : storedSize();
}

bool ImageSource::isTurned() const
{
    return vips_image_get_orientation(m_header.get()) != 1;
}

bool ImageSource::isAnimated() const
{
    return vips_image_get_n_pages(m_header.get()) > 1
        && (m_type->format == ImageFormat::Gif || m_type->format == ImageFormat::WebP);
}

bool ImageSource::meansSrgb() const
{
    return isSrgb(m_header);
}

qint64 ImageSource::memoryBytes() const
{
    return kStreamingBytes + wholeFrameBytes();
}

qint64 ImageSource::wholeFrameBytes() const
{
    const qint64 pixels = qint64 { m_header->Xsize } * m_header->Ysize;
    const qint64 frame = pixels * static_cast<qint64>(VIPS_IMAGE_SIZEOF_PEL(m_header.get()));
    switch (m_type->format) {
    case ImageFormat::Jpeg:
        return hasFlag(m_header, "jpeg-multiscan") ? pixels * 2 * m_header->Bands : 0; // coefficients of 16 bits
    case ImageFormat::Png:
        return hasFlag(m_header, "interlaced") ? frame : 0;
    case ImageFormat::Gif:
        return pixels * 12; // a canvas, the one before, and ours
    case ImageFormat::WebP:
        return pixels * (isAnimated() ? 12 : 4);
    case ImageFormat::Heic:
    case ImageFormat::Avif:
        return frame + pixels * 3; // the decoder's own planes besides
    }
    return frame;
}

Result<Picture> ImageSource::pixels(double scale) const
{
    if (m_type->format == ImageFormat::Heic || m_type->format == ImageFormat::Avif)
        return derive(vips_copy, m_header); // decoded as a whole at the first use, and kept
    int shrink = 1;
    while (m_type->format == ImageFormat::Jpeg && shrink < 8 && 1.0 / (shrink * 2) >= scale * kShrinkMargin)
        shrink *= 2;
    Picture picture = GI_TRY(openPicture(shrink));
    if (!m_hasProfile)
        vips_image_remove(picture.get(), VIPS_META_ICC_NAME);
    return picture;
}

Result<Picture> ImageSource::allPictures() const
{
    return openPicture(1, kAllPages);
}

Result<Picture> ImageSource::openPicture(int shrink, int pages) const
{
    Picture picture = GI_TRY(loadPicture(shrink, pages));
    vips_image_set_progress(picture.get(), TRUE);
    g_signal_connect(picture.get(), "eval", G_CALLBACK(killWhenLate), const_cast<Deadline *>(m_deadline));
    return picture;
}

Result<Picture> ImageSource::loadPicture(int shrink, int pages) const
{
    switch (m_type->format) {
    case ImageFormat::Jpeg:
        return load(vips_jpegload, m_file, "shrink", shrink, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                    VIPS_FAIL_ON_ERROR);
    case ImageFormat::Png:
        return load(vips_pngload, m_file, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR);
    case ImageFormat::Gif:
        return load(vips_gifload, m_file, "n", pages, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR);
    case ImageFormat::WebP:
        return load(vips_webpload, m_file, "n", pages, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR);
    case ImageFormat::Heic:
    case ImageFormat::Avif:
        return load(vips_heifload, m_file, "fail_on", VIPS_FAIL_ON_ERROR);
    }
    return undecodable();
}

} // namespace graminsta::media
