// SPDX-License-Identifier: GPL-3.0-or-later
#include "averror.h"

#include <array>
#include <cerrno>

namespace graminsta::video
{

QString avDetail(const char *doing, int number)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text {};
    av_strerror(number, text.data(), text.size());
    return QStringLiteral("%1: %2").arg(QLatin1String(doing), QString::fromUtf8(text.data()));
}

Error sourceError(const char *doing, int number, const Deadline &deadline)
{
    if (deadline.expired())
        return late();
    if (number == AVERROR(ENOMEM))
        return noMemory();
    return broken(avDetail(doing, number));
}

Error outputError(const char *doing, int number, const Deadline &deadline)
{
    if (deadline.expired())
        return late();
    if (number == AVERROR(ENOMEM))
        return noMemory();
    const bool isDisk = number == AVERROR(ENOSPC) || number == AVERROR(EIO) || number == AVERROR(EFBIG)
        || number == AVERROR(EACCES) || number == AVERROR(EROFS) || number == AVERROR(ENOENT)
        || number == AVERROR(EDQUOT);
    return isDisk
        ? makeError(Fault::Unavailable, QStringLiteral("Videos cannot be stored now. Please try again later."),
                    avDetail(doing, number))
        : makeError(Fault::Internal, QStringLiteral("The video could not be converted."), avDetail(doing, number));
}

Error late()
{
    return makeError(Fault::Timeout, QStringLiteral("Processing the video took too long."));
}

Error broken(const QString &detail)
{
    return makeError(
        Fault::Unprocessable,
        QStringLiteral("The video is broken: it cannot be read to its end. Please export it anew, as MP4."), detail);
}

Error noMemory()
{
    return makeError(Fault::Unprocessable,
                     QStringLiteral("The video needs more memory than one may take here. A smaller picture size "
                                    "or another export may help."),
                     QStringLiteral("out of memory"));
}

} // namespace graminsta::video
