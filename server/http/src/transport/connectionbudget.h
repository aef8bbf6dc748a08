// SPDX-License-Identifier: GPL-3.0-or-later
// How many connections there may be, in all and from one address, over every event loop. Thread-safe.
#pragma once

#include <QHash>
#include <QHostAddress>

#include <mutex>

namespace graminsta::http
{

class ConnectionBudget
{
public:
    // 0 for `perAddress` means no limit. Subnets in `exempt` (our own proxies) have none either.
    ConnectionBudget(int total, int perAddress, QList<QPair<QHostAddress, int>> exempt);

    // False, and nothing is taken, if there is no room for one more.
    [[nodiscard]] bool take(const QHostAddress &address);
    // Gives back what take() took.
    void giveBack(const QHostAddress &address);

private:
    [[nodiscard]] bool isCounted(const QHostAddress &address) const;

    const int m_total;
    const int m_perAddress;
    const QList<QPair<QHostAddress, int>> m_exempt;
    std::mutex m_mutex;
    int m_taken = 0; // protected by m_mutex
    QHash<QHostAddress, int> m_byAddress; // protected by m_mutex
};

} // namespace graminsta::http
