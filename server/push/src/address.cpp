// SPDX-License-Identifier: GPL-3.0-or-later
#include "address.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

namespace graminsta::push
{

namespace
{

struct Subnet {
    quint32 address;
    int bits;
};

constexpr quint32 ip(quint32 a, quint32 b, quint32 c, quint32 d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr Subnet kSpecial[] = {
    { ip(0, 0, 0, 0), 8 },      { ip(10, 0, 0, 0), 8 },     { ip(100, 64, 0, 0), 10 }, { ip(127, 0, 0, 0), 8 },
    { ip(169, 254, 0, 0), 16 }, { ip(172, 16, 0, 0), 12 },  { ip(192, 0, 0, 0), 24 },  { ip(192, 0, 2, 0), 24 },
    { ip(192, 88, 99, 0), 24 }, { ip(192, 168, 0, 0), 16 }, { ip(198, 18, 0, 0), 15 }, { ip(198, 51, 100, 0), 24 },
    { ip(203, 0, 113, 0), 24 }, { ip(224, 0, 0, 0), 4 },    { ip(240, 0, 0, 0), 4 },
};

bool isPublicIpv4(quint32 address)
{
    return std::none_of(std::begin(kSpecial), std::end(kSpecial), [address](const Subnet &subnet) {
        return (address ^ subnet.address) >> (32 - subnet.bits) == 0;
    });
}

bool isPublicIpv6(const std::array<quint8, 16> &address)
{
    constexpr std::array<quint8, 12> kNat64 { 0, 0x64, 0xff, 0x9b };
    if (std::equal(kNat64.begin(), kNat64.end(), address.begin()))
        return isPublicIpv4(qFromBigEndian<quint32>(address.data() + 12));
    // Only 2000::/3 is given out. In it: Teredo and others (2001::/23), documentation, 6to4.
    if ((address[0] & 0xe0) != 0x20)
        return false;
    const auto first = static_cast<quint16>(address[0] << 8 | address[1]);
    const auto second = static_cast<quint16>(address[2] << 8 | address[3]);
    return first != 0x2002 && first != 0x3fff && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8));
}

} // namespace

bool isPublicAddress(const sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        sockaddr_in ipv4 {};
        std::memcpy(&ipv4, address, sizeof ipv4);
        return isPublicIpv4(ntohl(ipv4.sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6)
        return false;
    sockaddr_in6 ipv6 {};
    std::memcpy(&ipv6, address, sizeof ipv6);
    std::array<quint8, 16> bytes {};
    std::memcpy(bytes.data(), &ipv6.sin6_addr, bytes.size());
    if (IN6_IS_ADDR_V4MAPPED(&ipv6.sin6_addr))
        return isPublicIpv4(qFromBigEndian<quint32>(bytes.data() + 12));
    return isPublicIpv6(bytes);
}

} // namespace graminsta::push
