// SPDX-License-Identifier: GPL-3.0-or-later
// Portable Network Graphics (W3C, third edition), sections 5 and 11. Of an APNG the picture for those who know no
// animation is kept, as the decoder here shows it.
#include "bytereader.h"
#include "cleanfile.h"

#include <algorithm>
#include <array>

namespace graminsta::media
{

namespace
{

constexpr std::array<QByteArrayView, 5> kKept { "IHDR", "PLTE", "tRNS", "IDAT", "IEND" };
constexpr qsizetype kHeaderBytes = 13;

bool isCritical(QByteArrayView type)
{
    return (type.front() & 0x20) == 0;
}

} // namespace

Result<CleanFile> cleanPng(QByteArrayView file)
{
    ByteReader in(file);
    CleanFile clean;
    clean.keep(in.take(8));
    while (!in.isStopped()) {
        const qsizetype start = in.position();
        const auto length = static_cast<qsizetype>(in.bigEndian(4));
        const QByteArrayView type = in.take(4);
        const QByteArrayView data = in.take(length);
        in.take(4); // the checksum, which the decoder looks at
        if (in.isStopped())
            break;
        const bool isFirst = start == 8;
        if (isFirst != (type == kKept[0]) || (isFirst && length != kHeaderBytes))
            return notCleanable("the header of the PNG is not where it belongs");
        if (isFirst) {
            ByteReader header(data);
            const auto width = static_cast<int>(header.bigEndian(4));
            clean.canvas = { width, static_cast<int>(header.bigEndian(4)) };
        }
        if (std::find(kKept.begin(), kKept.end(), type) != kKept.end())
            clean.keep(in.from(start));
        else if (isCritical(type))
            return notCleanable("a critical PNG chunk of an unknown kind");
        if (type == kKept.back())
            return length == 0 ? Result<CleanFile>(clean) : notCleanable("the end of the PNG has a content");
    }
    return notCleanable("a PNG chunk ends early");
}

} // namespace graminsta::media
