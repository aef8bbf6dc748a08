// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/core/error.h>

namespace graminsta
{

QString faultName(Fault fault)
{
    switch (fault) {
    case Fault::NotFound:
        return QStringLiteral("not found");
    case Fault::Conflict:
        return QStringLiteral("conflict");
    case Fault::Invalid:
        return QStringLiteral("invalid");
    case Fault::Unprocessable:
        return QStringLiteral("unprocessable");
    case Fault::Unauthorized:
        return QStringLiteral("unauthorized");
    case Fault::Forbidden:
        return QStringLiteral("forbidden");
    case Fault::Gone:
        return QStringLiteral("gone");
    case Fault::TooLarge:
        return QStringLiteral("too large");
    case Fault::UnsupportedType:
        return QStringLiteral("unsupported type");
    case Fault::RateLimited:
        return QStringLiteral("rate limited");
    case Fault::Unavailable:
        return QStringLiteral("unavailable");
    case Fault::Timeout:
        return QStringLiteral("timeout");
    case Fault::Cancelled:
        return QStringLiteral("cancelled");
    case Fault::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("unknown");
}

QString describe(const Error &error)
{
    QString text = faultName(error.fault) + QStringLiteral(": ") + error.safe;
    if (!error.code.isEmpty())
        text += QStringLiteral(" [") + error.code + QLatin1Char(']');
    if (!error.detail.isEmpty())
        text += QStringLiteral(" (") + error.detail + QLatin1Char(')');
    return text + QStringLiteral(" at ") + QString::fromUtf8(error.where.file_name()) + QLatin1Char(':')
        + QString::number(error.where.line());
}

} // namespace graminsta
