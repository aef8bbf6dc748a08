// SPDX-License-Identifier: GPL-3.0-or-later
#include "uploads/tusrequest.h"

#include <graminsta/api/tus.h>

#include <QUrl>

#include <algorithm>

namespace graminsta::handlers
{

using entities::UploadId;
using entities::UploadKind;
using http::RequestContext;

namespace
{

constexpr qsizetype kMaxDigits = 15;
constexpr qsizetype kMaxMetadata = 4096;
constexpr qsizetype kSha1Bytes = 20;
constexpr qsizetype kSha256Bytes = 32;

Error invalid(const QString &text)
{
    return makeError(Fault::Invalid, text);
}

bool isDigits(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<QByteArray> decoded(const QByteArray &base64)
{
    const auto result = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional(result.decoded) : std::nullopt;
}

} // namespace

Result<std::optional<qint64>> byteHeader(const RequestContext &context, const char *name)
{
    const QByteArray text = context.header(QByteArray(name).toLower());
    if (text.isEmpty())
        return std::optional<qint64>();
    if (text.size() > kMaxDigits || !isDigits(text))
        return invalid(QStringLiteral("%1 must be a number of bytes, such as 4096").arg(QLatin1String(name)));
    return std::optional(text.toLongLong());
}

Result<QByteArray> metadataHeader(const RequestContext &context)
{
    const QByteArray text = context.header("upload-metadata");
    if (text.size() > kMaxMetadata)
        return invalid(
            QStringLiteral("Upload-Metadata may have %1 bytes; this has %2").arg(kMaxMetadata).arg(text.size()));
    if (text.isEmpty())
        return text;
    for (const QByteArray &pair : text.split(',')) {
        const QList<QByteArray> words = pair.trimmed().split(' ');
        const bool isPair = words.size() <= 2 && !words[0].isEmpty() && (words.size() == 1 || decoded(words[1]));
        if (!isPair)
            return invalid(QStringLiteral("Upload-Metadata must be pairs of a key and a value in Base64, such as "
                                          "\"filename c2VhLmpwZw==\", with commas between them"));
    }
    return text;
}

Result<std::optional<ports::Checksum>> checksumHeader(const RequestContext &context)
{
    const QByteArray text = context.header("upload-checksum");
    if (text.isEmpty())
        return std::optional<ports::Checksum>();
    const QList<QByteArray> words = text.split(' ');
    const std::optional<QByteArray> value = words.size() == 2 ? decoded(words[1]) : std::nullopt;
    if (value && words[0] == "sha1" && value->size() == kSha1Bytes)
        return std::optional(ports::Checksum { ports::ChecksumKind::Sha1, *value });
    if (value && words[0] == "sha256" && value->size() == kSha256Bytes)
        return std::optional(ports::Checksum { ports::ChecksumKind::Sha256, *value });
    return invalid(QStringLiteral("Upload-Checksum must be one of %1 and the checksum in Base64")
                       .arg(QLatin1String(api::tus::kChecksums)));
}

Result<Concatenation> concatHeader(const RequestContext &context)
{
    const QByteArray text = context.header("upload-concat");
    if (text.isEmpty())
        return Concatenation {};
    if (text == "partial")
        return Concatenation { UploadKind::Part, {}, {} };
    constexpr QByteArrayView kFinal("final;");
    if (!text.startsWith(kFinal))
        return invalid(QStringLiteral("Upload-Concat must be \"partial\", or \"final;\" and the addresses of parts"));
    Concatenation joined { UploadKind::Joined, {}, text.mid(kFinal.size()).simplified() };
    for (const QByteArray &address : joined.names.split(' ')) {
        const std::optional<UploadId> id = uploadNamed(QString::fromUtf8(address));
        if (!id)
            return invalid(
                QStringLiteral("Upload-Concat names \"%1\", which is no upload").arg(QString::fromUtf8(address)));
        joined.parts.append(*id);
    }
    return joined;
}

std::optional<UploadId> uploadNamed(const QString &text)
{
    // Whatever host it names: behind proxies there may be several, and of the uploads here only one's own can be meant.
    const QString path = text.contains(QLatin1String("://")) ? QUrl(text).path() : text;
    const QLatin1String folder(api::tus::kPath);
    return UploadId::fromString(path.startsWith(folder) ? QStringView(path).sliced(folder.size()) : path);
}

} // namespace graminsta::handlers
