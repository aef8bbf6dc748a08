// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads in pieces as a client makes them. Free functions.
#pragma once

#include <rig/httpclient.h>

namespace graminsta::api_test
{

inline const QByteArray kBytes = "application/offset+octet-stream";

// The headers of a request, with the version of tus.
[[nodiscard]] rig::HttpHeaders tus(const rig::HttpHeaders &more = {});
[[nodiscard]] rig::HttpBody bytes(const QByteArray &content);
[[nodiscard]] QByteArray number(qint64 value);
// As Upload-Checksum says it.
[[nodiscard]] QByteArray sha256(const QByteArray &content);

// The path of a new upload; a failed test if it is refused.
[[nodiscard]] QByteArray begin(rig::HttpClient &http, qint64 length, const rig::HttpHeaders &more = {},
                               const rig::HttpBody &body = {});
rig::HttpReply append(rig::HttpClient &http, const QByteArray &path, qint64 offset, const QByteArray &content,
                      const rig::HttpHeaders &more = {});
// How much the server says to have.
[[nodiscard]] qint64 offsetOf(rig::HttpClient &http, const QByteArray &path);

} // namespace graminsta::api_test
