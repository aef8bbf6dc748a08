// SPDX-License-Identifier: GPL-3.0-or-later
// libvips' pictures as owned values, its return codes as Results.
#pragma once

#include <graminsta/core/result.h>

#include <memory>
#include <vips/vips.h>

namespace graminsta::media
{

struct VipsUnref {
    void operator()(VipsImage *image) const { g_object_unref(image); }
};
using Picture = std::unique_ptr<VipsImage, VipsUnref>;

// Fault::Unprocessable with libvips' own words as detail. Those of other threads may be mixed in: it has one buffer.
[[nodiscard]] Error undecodable();

// One operation of libvips with one input and one output; `arguments` as in its C function, without the final NULL.
template<typename Operation, typename... Arguments>
[[nodiscard]] Result<Picture> derive(Operation *operation, const Picture &in, Arguments... arguments)
{
    VipsImage *out = nullptr;
    if (operation(in.get(), &out, arguments..., static_cast<void *>(nullptr)) != 0)
        return undecodable();
    return Picture(out);
}

// As derive() for operations that begin with a file.
template<typename Operation, typename... Arguments>
[[nodiscard]] Result<Picture> load(Operation *operation, const QByteArray &file, Arguments... arguments)
{
    VipsImage *out = nullptr;
    if (operation(file.constData(), &out, arguments..., static_cast<void *>(nullptr)) != 0)
        return undecodable();
    return Picture(out);
}

// A copy of the pixels, decoded now.
[[nodiscard]] Result<Picture> inMemory(const Picture &in);

// Without any of the fields that savers would write: EXIF, XMP, IPTC, profile, comments. (The WebP saver of libvips
// 8.14 writes them even when it is told to strip.)
[[nodiscard]] Result<Picture> withoutMetadata(const Picture &in);

// 8-bit sRGB with three channels: by the picture's profile or colour codes where they say anything else, upon white
// where the picture is transparent.
[[nodiscard]] Result<Picture> toSrgb(const Picture &in);

// By the picture's profile to 8-bit sRGB, its transparency kept.
[[nodiscard]] Result<Picture> byProfile(const Picture &in);

// Takes a profile off that is sRGB anyhow, under whatever name: most are. Trying one takes milliseconds: once a file.
void dropNeutralProfile(const Picture &picture);

// Whether its numbers mean sRGB (or sRGB's greys), of whatever depth.
[[nodiscard]] bool isSrgb(const Picture &in);

} // namespace graminsta::media
