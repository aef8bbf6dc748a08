// SPDX-License-Identifier: GPL-3.0-or-later
#include "vipspicture.h"

#include "colourcodes.h"

#include <QByteArray>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace graminsta::media
{

namespace
{

constexpr int kProbeSteps = 6;
constexpr int kProbePixels = kProbeSteps * kProbeSteps * kProbeSteps;
constexpr int kNeutralDifference = 2; // of 255: below what rounding does

// Colours all over the RGB cube, with the profile of `image`.
Result<Picture> makeProbe(const QByteArray &colours, const void *profile, size_t profileSize)
{
    Picture probe(vips_image_new_from_memory_copy(colours.constData(), static_cast<size_t>(colours.size()),
                                                  kProbePixels, 1, 3, VIPS_FORMAT_UCHAR));
    if (!probe)
        return undecodable();
    probe->Type = VIPS_INTERPRETATION_sRGB;
    vips_image_set_blob_copy(probe.get(), VIPS_META_ICC_NAME, profile, profileSize);
    return probe;
}

QByteArray probeColours()
{
    QByteArray colours;
    constexpr int kStep = 255 / (kProbeSteps - 1);
    for (int i = 0; i < kProbePixels; ++i) {
        for (const int level : { i % kProbeSteps, i / kProbeSteps % kProbeSteps, i / (kProbeSteps * kProbeSteps) })
            colours += static_cast<char>(level * kStep);
    }
    return colours;
}

// Whether the profile is sRGB: conversion by profile is the slowest step of all.
Result<bool> isNeutralProfile(const void *profile, size_t profileSize)
{
    const QByteArray colours = probeColours();
    const Picture probe = GI_TRY(makeProbe(colours, profile, profileSize));
    const Picture pending = GI_TRY(byProfile(probe));
    const Picture converted = GI_TRY(inMemory(pending));
    const auto *after = static_cast<const uchar *>(vips_image_get_data(converted.get()));
    if (after == nullptr)
        return undecodable();
    return std::equal(colours.begin(), colours.end(), after, [](char a, uchar b) {
        return std::abs(int { static_cast<uchar>(a) } - int { b }) <= kNeutralDifference;
    });
}

// One that fits the picture's channels.
std::optional<std::pair<const void *, size_t>> profileOf(const Picture &in)
{
    const void *profile = nullptr;
    size_t size = 0;
    if (vips_image_get_typeof(in.get(), VIPS_META_ICC_NAME) == 0
        || vips_image_get_blob(in.get(), VIPS_META_ICC_NAME, &profile, &size) != 0
        || vips_icc_is_compatible_profile(in.get(), profile, size) == 0)
        return {};
    return std::pair(profile, size);
}

bool needsProfile(const Picture &in)
{
    return in->Type == VIPS_INTERPRETATION_CMYK || profileOf(in).has_value();
}

Result<Picture> onWhite(const Picture &in, double level)
{
    if (vips_image_hasalpha(in.get()) == 0)
        return derive(vips_copy, in);
    VipsArrayDouble *white = vips_array_double_newv(1, level);
    Result<Picture> flat = derive(vips_flatten, in, "background", white);
    vips_area_unref(VIPS_AREA(white));
    return flat;
}

} // namespace

Error undecodable()
{
    const std::unique_ptr<char, decltype(&g_free)> words(vips_error_buffer_copy(), g_free);
    return makeError(Fault::Unprocessable, QStringLiteral("The picture is damaged or incomplete."),
                     QString::fromUtf8(words.get()).simplified());
}

Result<Picture> inMemory(const Picture &in)
{
    Picture copy(vips_image_copy_memory(in.get()));
    if (!copy)
        return undecodable();
    return copy;
}

Result<Picture> withoutMetadata(const Picture &in)
{
    Picture picture = GI_TRY(derive(vips_copy, in));
    const std::unique_ptr<char *, decltype(&g_strfreev)> fields(vips_image_get_fields(picture.get()), g_strfreev);
    for (char **field = fields.get(); *field != nullptr; ++field)
        vips_image_remove(picture.get(), *field); // does nothing to the header itself, such as the width
    return picture;
}

Result<Picture> byProfile(const Picture &in)
{
    return derive(vips_icc_transform, in, "srgb", "embedded", TRUE, "input_profile",
                  in->Type == VIPS_INTERPRETATION_CMYK ? "cmyk" : "srgb", "intent", VIPS_INTENT_RELATIVE, "depth", 8);
}

void dropNeutralProfile(const Picture &picture)
{
    const auto profile = profileOf(picture);
    if (profile && picture->Type == VIPS_INTERPRETATION_sRGB
        && isNeutralProfile(profile->first, profile->second).value_or(false))
        vips_image_remove(picture.get(), VIPS_META_ICC_NAME);
}

Result<Picture> toSrgb(const Picture &in)
{
    if (const std::optional<ColourCodes> codes = notedColourCodes(in)) {
        const Picture opaque = GI_TRY(onWhite(in, in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255));
        return srgbFromCodes(opaque, *codes);
    }
    Picture picture = needsProfile(in) ? GI_TRY(byProfile(in)) : GI_TRY(derive(vips_copy, in));
    picture = GI_TRY(derive(vips_colourspace, picture, VIPS_INTERPRETATION_sRGB));
    picture = GI_TRY(onWhite(picture, 255));
    return derive(vips_cast, picture, VIPS_FORMAT_UCHAR);
}

bool isSrgb(const Picture &in)
{
    return !notedColourCodes(in) && !needsProfile(in);
}

} // namespace graminsta::media
