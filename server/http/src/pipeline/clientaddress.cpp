// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/clientaddress.h"

namespace graminsta::http
{

namespace
{

// "192.0.2.1", "192.0.2.1:8080", "2001:db8::1", "[2001:db8::1]:8080"
QHostAddress forwardedAddress(QByteArrayView text)
{
    QString host = QString::fromLatin1(text.trimmed());
    if (host.startsWith(QLatin1Char('[')))
        host = host.mid(1, host.indexOf(QLatin1Char(']')) - 1);
    else if (host.count(QLatin1Char(':')) == 1)
        host.truncate(host.indexOf(QLatin1Char(':')));
    const QHostAddress address(host);
    bool isIPv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(ipv4) : address;
}

} // namespace

bool isIn(const QHostAddress &address, const Subnets &subnets)
{
    for (const auto &subnet : subnets) {
        if (address.isInSubnet(subnet))
            return true;
    }
    return false;
}

QHostAddress clientAddress(const QHostAddress &peer, QByteArrayView forwardedFor, const Subnets &trusted)
{
    QHostAddress client = peer;
    QByteArrayView rest = forwardedFor;
    while (!rest.isEmpty() && isIn(client, trusted)) {
        const qsizetype comma = rest.lastIndexOf(',');
        const QHostAddress before = forwardedAddress(comma < 0 ? rest : rest.sliced(comma + 1));
        if (before.isNull())
            break;
        client = before;
        rest = comma < 0 ? QByteArrayView() : rest.first(comma);
    }
    return client;
}

} // namespace graminsta::http
