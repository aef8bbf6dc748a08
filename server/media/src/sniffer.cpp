// SPDX-License-Identifier: GPL-3.0-or-later
#include "sniffer.h"

#include <QByteArrayView>
#include <QList>

#include <algorithm>

namespace graminsta::media
{

namespace
{

struct Signature {
    qsizetype offset;
    QByteArrayView bytes;
    QLatin1String name; // of a type in kImageTypes, or what to call it in the refusal
};

template<size_t size> constexpr QByteArrayView bytes(const char (&text)[size])
{
    return QByteArrayView(text, size - 1); // with the zeros inside
}

constexpr Signature kAccepted[] = {
    { 0, bytes("\xff\xd8\xff"), QLatin1String("JPEG") }, { 0, bytes("\x89PNG\r\n\x1a\n"), QLatin1String("PNG") },
    { 0, bytes("GIF87a"), QLatin1String("GIF") },        { 0, bytes("GIF89a"), QLatin1String("GIF") },
    { 8, bytes("WEBPVP8"), QLatin1String("WebP") },
};

constexpr Signature kRefused[] = {
    { 0, bytes("\xff\x0a"), QLatin1String("a JPEG XL picture") },
    { 0, bytes("\0\0\0\x0cJXL "), QLatin1String("a JPEG XL picture") },
    { 0, bytes("\0\0\0\x0cjP  "), QLatin1String("a JPEG 2000 picture") },
    { 0, bytes("\xff\x4f\xff\x51"), QLatin1String("a JPEG 2000 picture") },
    { 0, bytes("II*\0"), QLatin1String("a TIFF or camera raw file") },
    { 0, bytes("MM\0*"), QLatin1String("a TIFF or camera raw file") },
    { 0, bytes("II+\0"), QLatin1String("a TIFF file") },
    { 0, bytes("MM\0+"), QLatin1String("a TIFF file") },
    { 0, bytes("FUJIFILMCCD-RAW"), QLatin1String("a camera raw file") },
    { 0, bytes("BM"), QLatin1String("a BMP picture") },
    { 0, bytes("8BPS"), QLatin1String("a Photoshop file") },
    { 0, bytes("\0\0\1\0"), QLatin1String("an icon") },
    { 0, bytes("%PDF"), QLatin1String("a PDF document") },
    { 0, bytes("PK\3\4"), QLatin1String("a ZIP archive or an office document") },
    { 0, bytes("\x1a\x45\xdf\xa3"), QLatin1String("a WebM or Matroska video") },
    { 8, bytes("AVI "), QLatin1String("an AVI video") },
    { 8, bytes("WAVE"), QLatin1String("a sound") },
    { 0, bytes("ID3"), QLatin1String("a sound") },
};

bool matches(const QByteArray &head, const Signature &signature)
{
    return QByteArrayView(head).sliced(std::min(signature.offset, head.size())).startsWith(signature.bytes);
}

// The brands in an ISO base media file's first box: the major one, then those that it is compatible with.
// ISO/IEC 14496-12 section 4.3; ISO/IEC 23008-12 annex B (heic, mif1); AV1 Image File Format section 6 (avif).
QList<QByteArray> isoBrands(const QByteArray &head)
{
    if (head.size() < 16 || QByteArrayView(head).sliced(4, 4) != bytes("ftyp"))
        return {};
    const qsizetype declared = static_cast<uchar>(head[2]) * 256 + static_cast<uchar>(head[3]);
    const qsizetype end = std::min(declared, head.size());
    QList<QByteArray> brands { head.mid(8, 4) };
    for (qsizetype at = 16; at + 4 <= end; at += 4)
        brands.append(head.mid(at, 4));
    return brands;
}

QLatin1String isoName(const QList<QByteArray> &brands)
{
    const auto hasAny = [&brands](std::initializer_list<const char *> wanted) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [&brands](const char *brand) { return brands.contains(QByteArray(brand)); });
    };
    if (hasAny({ "avif", "avis" }))
        return QLatin1String("AVIF");
    if (hasAny({ "heic", "heix", "heim", "heis" }))
        return QLatin1String("HEIC");
    if (brands.first() == "crx ")
        return QLatin1String("a camera raw file");
    return hasAny({ "mif1", "msf1" }) ? QLatin1String("a HEIF picture of an unknown kind") : QLatin1String("a video");
}

QLatin1String textName(const QByteArray &head)
{
    const QByteArray text = head.toLower();
    if (text.contains("<svg"))
        return QLatin1String("an SVG drawing");
    if (text.contains("<html") || text.contains("<!doctype html"))
        return QLatin1String("a web page");
    const bool isText = std::none_of(head.begin(), head.end(), [](char c) {
        return static_cast<uchar>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    return isText ? QLatin1String("a text") : QLatin1String("a file of an unknown kind");
}

QLatin1String nameOf(const QByteArray &head)
{
    for (const Signature &signature : kAccepted) {
        if (matches(head, signature))
            return signature.name;
    }
    for (const Signature &signature : kRefused) {
        if (matches(head, signature))
            return signature.name;
    }
    const QList<QByteArray> brands = isoBrands(head);
    return brands.isEmpty() ? textName(head) : isoName(brands);
}

} // namespace

Result<const ImageType *> sniffImageType(const QByteArray &head)
{
    if (head.isEmpty())
        return makeError(Fault::Unprocessable, QStringLiteral("The file is empty."));
    const QLatin1String name = nameOf(head);
    for (const ImageType &type : kImageTypes) {
        if (type.name == name)
            return &type;
    }
    return makeError(
        Fault::UnsupportedType,
        QStringLiteral("This is %1. Please upload a JPEG, PNG, GIF, WebP, HEIC or AVIF picture.").arg(name));
}

} // namespace graminsta::media
