// SPDX-License-Identifier: GPL-3.0-or-later
// What tus says in headers (https://tus.io/protocols/resumable-upload). Pure functions.
#pragma once

#include <graminsta/entities/upload.h>
#include <graminsta/http/requestcontext.h>
#include <graminsta/ports/uploadstore.h>

#include <optional>

namespace graminsta::handlers
{

// Upload-Offset, Upload-Length, Content-Length: nothing if it is not there. Fault::Invalid naming it if it is no number
// of bytes.
[[nodiscard]] Result<std::optional<qint64>> byteHeader(const http::RequestContext &context, const char *name);

// Upload-Metadata as it came: pairs of a key and a value in Base64. Fault::Invalid for what is none.
[[nodiscard]] Result<QByteArray> metadataHeader(const http::RequestContext &context);

// Upload-Checksum; nothing if it is not there. Fault::Invalid for an algorithm that we have not announced.
[[nodiscard]] Result<std::optional<ports::Checksum>> checksumHeader(const http::RequestContext &context);

// Upload-Concat.
struct Concatenation {
    entities::UploadKind kind = entities::UploadKind::Whole;
    QList<entities::UploadId> parts; // of Joined
    QByteArray names; // of these, as they came
};
[[nodiscard]] Result<Concatenation> concatHeader(const http::RequestContext &context);

// An upload by its id, its path or its address; nothing for anything else.
[[nodiscard]] std::optional<entities::UploadId> uploadNamed(const QString &text);

} // namespace graminsta::handlers
