// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses are on the public Internet (RFC 6890). Pure functions.
#pragma once

struct sockaddr;

namespace graminsta::push
{

// False for loopback, private, link-local, multicast and other special addresses, also where IPv6 carries one of IPv4;
// and for anything that is no address of either.
[[nodiscard]] bool isPublicAddress(const sockaddr *address);

} // namespace graminsta::push
