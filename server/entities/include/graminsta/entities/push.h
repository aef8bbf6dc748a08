// SPDX-License-Identifier: GPL-3.0-or-later
// Web Push (RFC 8030): where a client wants to be told of notifications while it does not run.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace graminsta::entities
{

using PushSubscriptionId = Id<struct PushSubscriptionTag>;

// Whose notifications are pushed.
enum class PushPolicy { All = 0, Followed = 1, Follower = 2, None = 3 };

// One a token.
struct PushSubscription {
    PushSubscriptionId id;
    TokenId tokenId;
    AccountId accountId;
    QString endpoint; // of the push service
    QByteArray publicKey; // the client's, P-256, 65 bytes (RFC 8291 section 2)
    QByteArray authSecret; // 16 bytes
    bool standard = true; // RFC 8291; else the draft that came before it
    QStringList alerts; // the types of notifications that are wanted, by their names on the wire
    PushPolicy policy = PushPolicy::All;
    Timestamp createdAt;
};

} // namespace graminsta::entities
