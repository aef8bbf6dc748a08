// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/profile/profile.h>

namespace graminsta::profile
{

std::optional<ListenAddress> parseListenAddress(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    if (colon < 1)
        return std::nullopt;
    bool ok = false;
    const ushort port = text.mid(colon + 1).toUShort(&ok);
    QString host = text.left(colon);
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
        host = host.mid(1, host.size() - 2);
    else if (host.contains(QLatin1Char(':')))
        return std::nullopt; // an IPv6 address without brackets: where it ends cannot be told
    if (!ok || host.isEmpty())
        return std::nullopt;
    return ListenAddress { host, port };
}

} // namespace graminsta::profile
