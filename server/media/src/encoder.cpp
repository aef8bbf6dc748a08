// SPDX-License-Identifier: GPL-3.0-or-later
#include "encoder.h"

#include "cleanfile.h"

#include <QFile>

namespace graminsta::media
{

namespace
{

constexpr int kWebpEffort = 2; // of 6; against the default of 4 a quarter less time for files 3 % larger

struct Quality {
    int jpeg;
    int webp;
};

// The smaller the picture, the less a flaw is seen; the full one is what people download.
constexpr Quality qualityFor(entities::VariantSize size)
{
    switch (size) {
    case entities::VariantSize::Grid:
        return { 80, 76 };
    case entities::VariantSize::Feed:
        return { 85, 80 };
    case entities::VariantSize::Full:
        break;
    }
    return { 88, 84 };
}

Error unwritable(const QString &reason)
{
    return makeError(Fault::Unavailable, QStringLiteral("The picture could not be stored."), reason);
}

Result<> encodeJpeg(const Picture &picture, const ports::VariantSpec &variant, const QString &file)
{
    // Optimised tables need all coefficients in memory, two bytes each: for the small pictures only.
    const int optimize = variant.maxSide > 0 ? TRUE : FALSE;
    if (vips_jpegsave(picture.get(), QFile::encodeName(file).constData(), "Q", qualityFor(variant.size).jpeg,
                      "optimize_coding", optimize, "strip", TRUE, nullptr)
        != 0)
        return unwritable(undecodable().detail);
    return {};
}

Result<> encodeWebp(const Picture &picture, entities::VariantSize quality, int frames, const QString &path)
{
    void *buffer = nullptr;
    size_t size = 0;
    if (vips_webpsave_buffer(picture.get(), &buffer, &size, "Q", qualityFor(quality).webp, "effort", kWebpEffort,
                             "strip", TRUE, nullptr)
        != 0)
        return unwritable(undecodable().detail);
    const std::unique_ptr<void, decltype(&g_free)> owner(buffer, g_free);
    // libvips 8.14 adds an EXIF chunk of its own, whatever it is told.
    const CleanFile clean =
        GI_TRY(cleanWebp(QByteArrayView(static_cast<const char *>(buffer), static_cast<qsizetype>(size)), frames));
    return writeFile(clean, path);
}

} // namespace

Result<> encode(const Picture &picture, const ports::VariantSpec &variant, const QString &file)
{
    const Picture clean = GI_TRY(withoutMetadata(picture));
    if (variant.mimeType == QLatin1String("image/jpeg"))
        return encodeJpeg(clean, variant, file);
    if (variant.mimeType == QLatin1String("image/webp"))
        return encodeWebp(clean, variant.size, 1, file);
    return makeError(Fault::Internal, QStringLiteral("The picture could not be stored."),
                     QStringLiteral("no encoder for ") + variant.mimeType);
}

Result<> encodeAnimation(const Picture &pictures, int frames, const QString &file)
{
    return encodeWebp(pictures, entities::VariantSize::Full, frames, file);
}

} // namespace graminsta::media
