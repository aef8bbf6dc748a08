// SPDX-License-Identifier: GPL-3.0-or-later
#include "sniffer.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <cstring>

namespace graminsta::video
{

namespace
{

constexpr QByteArrayView kEbml("\x1a\x45\xdf\xa3", 4);

bool holds(const QByteArray &head, qsizetype offset, QByteArrayView bytes)
{
    return head.size() >= offset + bytes.size() && QByteArrayView(head).sliced(offset).startsWith(bytes);
}

// The boxes that old QuickTime files begin with, which have no "ftyp" (QuickTime File Format, "Movie atoms").
bool beginsAsOldQuickTime(const QByteArray &head)
{
    constexpr std::array<QByteArrayView, 3> kBoxes { "moov", "mdat", "wide" };
    return std::any_of(kBoxes.begin(), kBoxes.end(), [&head](QByteArrayView box) { return holds(head, 4, box); });
}

// Pictures have the same kind of file: their brands are not ours (ISO/IEC 23008-12, AVIF section 6), nor those of sound
// without pictures and of camera raw files.
bool isOtherBrand(QByteArrayView brand)
{
    constexpr std::array<QByteArrayView, 13> kOthers { "heic", "heix", "heim", "heis", "mif1", "msf1", "avif",
                                                       "avis", "crx ", "M4A ", "M4B ", "jp2 ", "jxl " };
    return std::find(kOthers.begin(), kOthers.end(), brand) != kOthers.end();
}

const VideoType *typeOf(VideoFormat format)
{
    return std::find_if(kVideoTypes.begin(), kVideoTypes.end(),
                        [format](const VideoType &type) { return type.format == format; });
}

// The value of the element "DocType" (RFC 8794 section 11.2.6) is one of the first, and short.
bool isWebM(const QByteArray &head)
{
    const qsizetype at = head.indexOf(QByteArrayView("\x42\x82", 2));
    return at >= 0 && (holds(head, at + 3, "webm"));
}

} // namespace

const VideoType *sniffVideoType(const QByteArray &head)
{
    if (holds(head, 0, kEbml))
        return isWebM(head) ? typeOf(VideoFormat::WebM) : nullptr;
    if (holds(head, 4, "ftyp") && head.size() >= 12) {
        const QByteArrayView brand = QByteArrayView(head).sliced(8, 4);
        if (isOtherBrand(brand))
            return nullptr;
        return typeOf(brand == QByteArrayView("qt  ") ? VideoFormat::QuickTime : VideoFormat::Mp4);
    }
    return beginsAsOldQuickTime(head) ? typeOf(VideoFormat::QuickTime) : nullptr;
}

Error notTaken(const QByteArray &head)
{
    const QString what = holds(head, 0, kEbml) ? QStringLiteral("a Matroska video")
                                               : QStringLiteral("no video of a kind that is taken here");
    return makeError(Fault::UnsupportedType,
                     QStringLiteral("This is %1. Please upload an MP4, MOV or WebM video.").arg(what));
}

} // namespace graminsta::video
