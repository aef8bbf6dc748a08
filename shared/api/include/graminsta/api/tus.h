// SPDX-License-Identifier: GPL-3.0-or-later
// Words of the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload), which both sides of the API speak.
#pragma once

#include <QByteArrayView>

namespace graminsta::api::tus
{

inline constexpr char kVersion[] = "1.0.0"; // Tus-Resumable, Tus-Version
inline constexpr char kPath[] = "/files/"; // where uploads are made; each has its id behind it
inline constexpr char kExtensions[] = "creation,creation-with-upload,creation-defer-length,expiration,checksum,"
                                      "termination,concatenation";
inline constexpr char kChecksums[] = "sha1,sha256"; // Tus-Checksum-Algorithm
inline constexpr char kChunkType[] = "application/offset+octet-stream"; // the Content-Type of bytes

// The path of an upload, or that of all of them.
[[nodiscard]] inline bool isTusPath(QByteArrayView path)
{
    return path.startsWith(kPath) || path == QByteArrayView(kPath).chopped(1);
}

} // namespace graminsta::api::tus
