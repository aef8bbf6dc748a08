// SPDX-License-Identifier: GPL-3.0-or-later
#include "transaction.h"

namespace graminsta::sql
{

namespace
{

const QByteArray kCount = "UPDATE accounts SET followers_count = followers_count + ?2,"
                          " following_count = following_count + ?3, statuses_count = statuses_count + ?4"
                          " WHERE id = ?1";

const QByteArray kRefreshLastStatus = "UPDATE accounts SET last_status_id ="
                                      " (SELECT max(s.id) FROM statuses s WHERE s.home_account_id = ?1) WHERE id = ?1";

} // namespace

void AccountChanges::count(AccountId id, const ports::AccountCounterChange &change)
{
    ports::AccountCounterChange &sum = m_changes[id].counters;
    sum.followers += change.followers;
    sum.following += change.following;
    sum.statuses += change.statuses;
}

Result<qint64> Transaction::query(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                                  const RowVisitor &visitor)
{
    // A transaction sees what it has written so far.
    if (!m_accountChanges.isEmpty())
        GI_TRY(writeAccountChanges());
    return noted(m_connection.run(sql, bindings, deadline, visitor));
}

Result<qint64> Transaction::change(const QByteArray &sql, const Bindings &bindings, const RowVisitor &visitor)
{
    return noted(m_connection.run(sql, bindings, m_deadline, visitor));
}

Result<> Transaction::writeAccountChanges()
{
    for (const auto &[id, change] : m_accountChanges.take()) {
        // Also where no number changes: it locks the row, and only a statement begun after that sees the statuses of
        // whoever held the lock before.
        const qint64 changed = GI_TRY(this->change(
            kCount, Bindings(id, change.counters.followers, change.counters.following, change.counters.statuses), {}));
        if (changed == 0)
            return makeError(Fault::NotFound, QStringLiteral("There is no such account"));
        if (change.refreshLastStatus)
            GI_TRY(this->change(kRefreshLastStatus, Bindings(id), {}));
    }
    return {};
}

Result<qint64> Transaction::noted(Result<qint64> result)
{
    if (!result && !m_firstError) {
        m_firstError = result.error();
        if (m_connection.lastFailure() != Failure::Statement)
            m_failure = m_connection.lastFailure();
    }
    return result;
}

} // namespace graminsta::sql
