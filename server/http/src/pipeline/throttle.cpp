// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/throttle.h"

#include "pipeline/credentials.h"

#include <QHashFunctions>
#include <QRandomGenerator>
#include <QtEndian>

namespace graminsta::http
{

namespace
{

// Marks an IPv4 address: no network of the global part of IPv6 begins so (RFC 4291).
constexpr quint64 kIpv4 = quint64 { 0xFFFF } << 32;

// Seeded anew by each process: nobody can find tokens that meet in one key.
quint64 tokenKey(const QByteArray &token)
{
    static const size_t seed = QRandomGenerator::system()->generate64();
    return qHashBits(token.constData(), size_t(token.size()), seed);
}

} // namespace

std::optional<RateState> tighter(std::optional<RateState> a, std::optional<RateState> b)
{
    if (!a || !b)
        return a ? a : b;
    if (a->exceeded != b->exceeded)
        return a->exceeded ? a : b;
    return a->remaining <= b->remaining ? a : b;
}

Throttle::Throttle(const RateLimits &limits)
    : m_tokens(limits.token)
    , m_accounts(limits.account)
    , m_addresses(limits.address)
    , m_uploads(limits.uploads)
    , m_deletions(limits.deletions)
    , m_signUps(limits.signUps)
    , m_signIns(limits.signIns)
{
}

quint64 Throttle::keyOf(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return kIpv4 | ipv4;
    const Q_IPV6ADDR ipv6 = address.toIPv6Address();
    return qFromBigEndian<quint64>(ipv6.c);
}

std::optional<RateState> Throttle::beforeBody(api::Budget budget, const RequestHead &head, const QHostAddress &address,
                                              Timestamp now)
{
    switch (budget) {
    case api::Budget::Free:
        return std::nullopt;
    case api::Budget::SignUps:
        return m_signUps.take(keyOf(address), now);
    case api::Budget::SignIns:
        return m_signIns.take(keyOf(address), now);
    case api::Budget::Requests:
    case api::Budget::Uploads:
    case api::Budget::Deletions:
        break;
    }
    const QByteArray token = headerToken(head);
    if (token.isEmpty())
        return m_addresses.take(keyOf(address), now);
    const quint64 key = tokenKey(token);
    std::optional<RateState> state = m_tokens.take(key, now);
    if (budget == api::Budget::Uploads)
        return tighter(m_uploads.take(key, now), state);
    if (budget == api::Budget::Deletions)
        return tighter(m_deletions.take(key, now), state);
    return state;
}

std::optional<RateState> Throttle::byAccount(api::Budget budget, AccountId account, Timestamp now)
{
    if (budget == api::Budget::Free)
        return std::nullopt;
    return m_accounts.take(quint64(account.number()), now);
}

std::optional<RateState> Throttle::byWrongToken(const QHostAddress &address, Timestamp now)
{
    return m_addresses.take(keyOf(address), now);
}

} // namespace graminsta::http
