// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/connectionbudget.h"

namespace graminsta::http
{

ConnectionBudget::ConnectionBudget(int total, int perAddress, QList<QPair<QHostAddress, int>> exempt)
    : m_total(total)
    , m_perAddress(perAddress)
    , m_exempt(std::move(exempt))
{
}

bool ConnectionBudget::isCounted(const QHostAddress &address) const
{
    if (m_perAddress <= 0)
        return false;
    for (const auto &subnet : m_exempt) {
        if (address.isInSubnet(subnet))
            return false;
    }
    return true;
}

bool ConnectionBudget::take(const QHostAddress &address)
{
    const bool counted = isCounted(address);
    const std::lock_guard lock(m_mutex);
    if (m_taken >= m_total)
        return false;
    if (counted) {
        int &byAddress = m_byAddress[address];
        if (byAddress >= m_perAddress)
            return false;
        ++byAddress;
    }
    ++m_taken;
    return true;
}

void ConnectionBudget::giveBack(const QHostAddress &address)
{
    const bool counted = isCounted(address);
    const std::lock_guard lock(m_mutex);
    --m_taken;
    if (!counted)
        return;
    const auto entry = m_byAddress.find(address);
    if (entry != m_byAddress.end() && --*entry == 0)
        m_byAddress.erase(entry);
}

} // namespace graminsta::http
