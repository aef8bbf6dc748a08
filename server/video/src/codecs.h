// SPDX-License-Identifier: GPL-3.0-or-later
// The decoders that strangers' bytes may reach, and no others. Constants only.
#pragma once

#include "av.h"

#include <QByteArray>
#include <QLatin1String>

namespace graminsta::video
{

struct Codec {
    AVCodecID id;
    const char *decoder; // FFmpeg's name: several may read the same codec
    QLatin1String name; // for people
};

// Null if it is not taken.
[[nodiscard]] const Codec *videoCodec(AVCodecID id);
[[nodiscard]] const Codec *audioCodec(AVCodecID id);

// All decoders, as FFmpeg's option "codec_whitelist" wants them.
[[nodiscard]] const QByteArray &decoderNames();

} // namespace graminsta::video
