// SPDX-License-Identifier: GPL-3.0-or-later
#include "push.h"

#include "textcolumns.h"
#include "transaction.h"

namespace graminsta::sql
{

using entities::PushPolicy;
using entities::PushSubscription;
using entities::PushSubscriptionId;

namespace
{

const QByteArray kSelect =
    "SELECT id, token_id, account_id, endpoint, public_key, auth_secret, standard, alerts, policy,"
    " created_at FROM push_subscriptions ";
const QByteArray kByToken = kSelect + "WHERE token_id = ?1";
const QByteArray kOfAccount = kSelect + "WHERE account_id = ?1 ORDER BY id DESC LIMIT ?2";
const QByteArray kRemoveOfToken = "DELETE FROM push_subscriptions WHERE token_id = ?1";
const QByteArray kRemove = "DELETE FROM push_subscriptions WHERE id = ?1";
const QByteArray kPut = "INSERT INTO push_subscriptions (id, token_id, account_id, endpoint, public_key, auth_secret,"
                        " standard, alerts, policy, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                        " ON CONFLICT (token_id) DO UPDATE SET id = excluded.id, account_id = excluded.account_id,"
                        " endpoint = excluded.endpoint, public_key = excluded.public_key,"
                        " auth_secret = excluded.auth_secret, standard = excluded.standard, alerts = excluded.alerts,"
                        " policy = excluded.policy, created_at = excluded.created_at";
const QByteArray kKeepSecret = "INSERT INTO shared_secrets (name, secret, created_at) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT (name) DO NOTHING";
const QByteArray kSecret = "SELECT secret FROM shared_secrets WHERE name = ?1";

PushSubscription subscriptionOf(const Row &row)
{
    return { row.id<PushSubscriptionId>(0),
             row.id<TokenId>(1),
             row.id<AccountId>(2),
             row.text(3),
             row.blob(4),
             row.blob(5),
             row.flag(6),
             unpackTexts(row.utf8(7)),
             row.enumerator<PushPolicy>(8),
             row.time(9) };
}

} // namespace

Result<PushSubscription> SqlPush::byToken(TokenId token, const Deadline &deadline) const
{
    return m_reads.one<PushSubscription>(kByToken, Bindings(token), deadline, subscriptionOf,
                                         QStringLiteral("Record not found"));
}

Result<QList<PushSubscription>> SqlPush::ofAccount(AccountId account, int most, const Deadline &deadline) const
{
    return m_reads.list<PushSubscription>(kOfAccount, Bindings(account, most), deadline, subscriptionOf);
}

Result<> SqlPush::put(const PushSubscription &subscription, const Deadline &deadline)
{
    return m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        GI_TRY(transaction.change(kPut,
                                  Bindings(subscription.id, subscription.tokenId, subscription.accountId,
                                           subscription.endpoint, subscription.publicKey, subscription.authSecret,
                                           subscription.standard, packTexts(subscription.alerts), subscription.policy,
                                           subscription.createdAt),
                                  {}));
        return {};
    });
}

Result<> SqlPush::removeOfToken(TokenId token, const Deadline &deadline)
{
    return m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        GI_TRY(transaction.change(kRemoveOfToken, Bindings(token), {}));
        return {};
    });
}

Result<> SqlPush::remove(PushSubscriptionId id, const Deadline &deadline)
{
    return m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        GI_TRY(transaction.change(kRemove, Bindings(id), {}));
        return {};
    });
}

Result<QByteArray> SqlPush::sharedSecret(const QString &name, const QByteArray &made, Timestamp now,
                                         const Deadline &deadline)
{
    QByteArray secret;
    GI_TRY(m_writes.run(deadline, [&](Transaction &transaction) -> Result<> {
        GI_TRY(transaction.change(kKeepSecret, Bindings(name, made, now), {}));
        secret = GI_TRY(transaction.one<QByteArray>(
            kSecret, Bindings(name), deadline, [](const Row &row) { return row.blob(0); },
            QStringLiteral("The shared secret is gone")));
        return {};
    }));
    return secret;
}

} // namespace graminsta::sql
