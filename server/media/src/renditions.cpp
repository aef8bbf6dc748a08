// SPDX-License-Identifier: GPL-3.0-or-later
#include "renditions.h"

#include "animation.h"
#include "contenthash.h"
#include "encoder.h"

#include <graminsta/blurhash/blurhash.h>

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace graminsta::media
{

namespace
{

constexpr int kBlurhashSide = 64;
constexpr qint64 kMaxTurnedInMemory = 24LL * 1024 * 1024;

// The scale of the source at which `variant` is made; 1 for full size.
double scaleOf(const ports::VariantSpec &variant, QSize source)
{
    if (variant.maxSide == 0)
        return 1;
    const int longer = std::max(source.width(), source.height());
    const int shorter = std::min(source.width(), source.height());
    return std::min(1.0, double(variant.maxSide) / (variant.fit == ports::Fit::Cover ? shorter : longer));
}

bool isBounded(const ports::VariantSpec &variant)
{
    return variant.maxSide > 0;
}

int scaledSide(int side, double scale)
{
    return std::max(1, static_cast<int>(std::ceil(side * scale - 1e-6)));
}

// Turned upright, within the box, never enlarged; libvips works on premultiplied alpha meanwhile.
Result<Picture> fitted(const Picture &in, int width, int height, VipsInteresting crop)
{
    return derive(vips_thumbnail_image, in, width, "height", height, "size", VIPS_SIZE_DOWN, "crop", crop);
}

QString newFile(const QString &folder, const QString &mimeType)
{
    const ImageType *type = imageTypeByMime(mimeType);
    return folder + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) + QLatin1Char('.')
        + (type != nullptr ? type->extension : QLatin1String("tmp"));
}

} // namespace

Renditions::Renditions(const ImageSource &source, const CleanFile *clean, QString outputFolder)
    : m_source(&source)
    , m_clean(clean)
    , m_outputFolder(std::move(outputFolder))
{
}

Result<Renditions> Renditions::make(const ImageSource &source, const CleanFile *clean,
                                    const QList<ports::VariantSpec> &variants, const QString &outputFolder)
{
    const QSize size = source.uprightSize();
    double scale = std::min(1.0, double(kBlurhashSide) / std::max(size.width(), size.height()));
    for (const ports::VariantSpec &variant : variants) {
        if (isBounded(variant))
            scale = std::max(scale, scaleOf(variant, size));
    }

    Renditions renditions(source, clean, outputFolder);
    Picture pixels = GI_TRY(source.pixels(scale));
    if (pixels->Type == VIPS_INTERPRETATION_CMYK)
        pixels = GI_TRY(toSrgb(pixels)); // inks cannot be averaged
    const Picture small = GI_TRY(
        fitted(pixels, scaledSide(size.width(), scale), scaledSide(size.height(), scale), VIPS_INTERESTING_NONE));
    const Picture converted = GI_TRY(toSrgb(small));
    renditions.m_master = GI_TRY(inMemory(converted));
    return renditions;
}

Result<ports::MadeVariant> Renditions::write(const ports::VariantSpec &asked, ports::StagedFile &file) const
{
    ports::VariantSpec variant = asked;
    const bool isKept = asked.mimeType.isEmpty() && m_clean != nullptr;
    if (asked.mimeType.isEmpty())
        variant.mimeType = isKept ? m_source->type().mimeType : QStringLiteral("image/jpeg");
    file = ports::StagedFile(newFile(m_outputFolder, variant.mimeType));
    const QSize size = isKept ? GI_TRY(keep(file.path())) : GI_TRY(encodeNew(variant, file.path()));

    ports::MadeVariant made;
    made.size = variant.size;
    made.mimeType = variant.mimeType;
    made.file = file.path();
    made.sha256 = GI_TRY(sha256OfFile(file.path()));
    made.bytes = QFileInfo(file.path()).size();
    made.width = size.width();
    made.height = size.height();
    return made;
}

Result<QSize> Renditions::keep(const QString &file) const
{
    if (m_clean->isAnimated() && !m_source->meansSrgb()) {
        const Picture pictures = GI_TRY(m_source->allPictures());
        GI_TRY(encodeAnimation(GI_TRY(byProfile(pictures)), m_clean->frames, file));
        return m_source->storedSize();
    }
    GI_TRY(writeFile(*m_clean, file));
    // Of a still make() has decoded all there is.
    if (m_clean->isAnimated())
        GI_TRY(proveAnimation(file, m_source->type(), m_source->deadline()));
    return m_source->storedSize();
}

Result<QSize> Renditions::encodeNew(const ports::VariantSpec &variant, const QString &file) const
{
    ports::StagedFile spool;
    const Picture image = GI_TRY(picture(variant, spool));
    GI_TRY(encode(image, variant, file));
    return QSize(image->Xsize, image->Ysize);
}

Result<Picture> Renditions::picture(const ports::VariantSpec &variant, ports::StagedFile &spool) const
{
    const QSize master { m_master->Xsize, m_master->Ysize };
    if (!isBounded(variant) && variant.fit == ports::Fit::Inside)
        return master == m_source->uprightSize() ? derive(vips_copy, m_master) : fullSize(spool);
    if (variant.fit == ports::Fit::Inside)
        return fitted(m_master, variant.maxSide, variant.maxSide, VIPS_INTERESTING_NONE);
    const int side = std::min({ variant.maxSide, master.width(), master.height() });
    return fitted(m_master, side, side, VIPS_INTERESTING_CENTRE);
}

Result<Picture> Renditions::fullSize(ports::StagedFile &spool) const
{
    Picture pixels = GI_TRY(m_source->pixels());
    if (m_source->isTurned()) {
        // Turning reads columns: from memory, or for large pictures from tiles in a file.
        if (static_cast<qint64>(VIPS_IMAGE_SIZEOF_IMAGE(pixels.get())) <= kMaxTurnedInMemory) {
            pixels = GI_TRY(inMemory(pixels));
        } else {
            spool = ports::StagedFile(newFile(m_outputFolder, QString()));
            const QByteArray path = QFile::encodeName(spool.path());
            if (vips_tiffsave(pixels.get(), path.constData(), "tile", TRUE, "tile_width", 256, "tile_height", 256,
                              nullptr)
                != 0)
                return undecodable();
            pixels = GI_TRY(load(vips_tiffload, path));
        }
        pixels = GI_TRY(derive(vips_autorot, pixels));
    }
    return toSrgb(pixels);
}

Result<QString> Renditions::blurhash() const
{
    const Picture pending = GI_TRY(fitted(m_master, kBlurhashSide, kBlurhashSide, VIPS_INTERESTING_NONE));
    const Picture small = GI_TRY(inMemory(pending));
    const void *bytes = vips_image_get_data(small.get());
    if (bytes == nullptr)
        return undecodable();
    const blurhash::RgbPixels pixels { small->Xsize, small->Ysize,
                                       QByteArray(static_cast<const char *>(bytes),
                                                  qsizetype { small->Xsize } * small->Ysize * 3) };
    return blurhash::encode(pixels, blurhash::componentsFor(pixels.width, pixels.height));
}

} // namespace graminsta::media
