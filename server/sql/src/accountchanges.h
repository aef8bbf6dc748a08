// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to the counted part of accounts, gathered while a transaction runs and written at its end in the order of the
// accounts' ids: two transactions can never wait for each other in a circle, and the row of an account that many follow
// is locked for a moment only. For one thread.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/ports/accounts.h>

#include <functional>
#include <map>

namespace graminsta::sql
{

class AccountChanges
{
public:
    void count(AccountId id, const ports::AccountCounterChange &change);
    void refreshLastStatus(AccountId id) { m_changes[id].refreshLastStatus = true; }

    [[nodiscard]] bool isEmpty() const { return m_changes.empty(); }
    void clear() { m_changes.clear(); }

    struct Change {
        ports::AccountCounterChange counters;
        bool refreshLastStatus = false;
    };
    // In the order of ids, and forgotten by this.
    [[nodiscard]] std::map<AccountId, Change> take() { return std::exchange(m_changes, {}); }

private:
    std::map<AccountId, Change> m_changes;
};

} // namespace graminsta::sql
