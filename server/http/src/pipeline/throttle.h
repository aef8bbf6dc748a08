// SPDX-License-Identifier: GPL-3.0-or-later
// Who has asked too often: which of the limits a request counts against, and by which key. Thread-safe.
#pragma once

#include "pipeline/ratecounter.h"
#include "transport/requesthead.h"

#include <graminsta/api/endpoint.h>
#include <graminsta/core/ids.h>

#include <QHostAddress>

namespace graminsta::http
{

class Throttle
{
public:
    explicit Throttle(const RateLimits &limits);

    // Each counts the request and gives what is left of the tightest limit that it met; nothing where none applies.
    // Before anybody has looked at the token: a token is a key whether it is valid or not.
    [[nodiscard]] std::optional<RateState> beforeBody(api::Budget budget, const RequestHead &head,
                                                      const QHostAddress &address, Timestamp now);
    [[nodiscard]] std::optional<RateState> byAccount(api::Budget budget, AccountId account, Timestamp now);
    // A token that was none: whoever tries tokens is counted where those without one are.
    [[nodiscard]] std::optional<RateState> byWrongToken(const QHostAddress &address, Timestamp now);

    // The key of an address: of IPv6 the /64 network, all of which one customer has (RFC 6177).
    [[nodiscard]] static quint64 keyOf(const QHostAddress &address);

private:
    RateCounter m_tokens;
    RateCounter m_accounts;
    RateCounter m_addresses;
    RateCounter m_uploads;
    RateCounter m_deletions;
    RateCounter m_signUps;
    RateCounter m_signIns;
};

// The one that says more: exceeded before not, then the one with less left.
[[nodiscard]] std::optional<RateState> tighter(std::optional<RateState> a, std::optional<RateState> b);

} // namespace graminsta::http
