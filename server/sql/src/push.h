// SPDX-License-Identifier: GPL-3.0-or-later
// The subscriptions of Web Push, and the servers' shared secrets, in the database. Thread-safe.
#pragma once

#include "executor.h"
#include "transactionrunner.h"

#include <graminsta/ports/push.h>

namespace graminsta::sql
{

class SqlPush final : public ports::PushStore
{
public:
    // Both must outlive it.
    SqlPush(Executor &reads, TransactionRunner &writes)
        : m_reads(reads)
        , m_writes(writes)
    {
    }

    Result<entities::PushSubscription> byToken(TokenId token, const Deadline &deadline) const override;
    Result<QList<entities::PushSubscription>> ofAccount(AccountId account, int most,
                                                        const Deadline &deadline) const override;
    Result<> put(const entities::PushSubscription &subscription, const Deadline &deadline) override;
    Result<> removeOfToken(TokenId token, const Deadline &deadline) override;
    Result<> remove(entities::PushSubscriptionId id, const Deadline &deadline) override;
    Result<QByteArray> sharedSecret(const QString &name, const QByteArray &made, Timestamp now,
                                    const Deadline &deadline) override;

private:
    Executor &m_reads;
    TransactionRunner &m_writes;
};

} // namespace graminsta::sql
