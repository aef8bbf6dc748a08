// SPDX-License-Identifier: GPL-3.0-or-later
// Applications, grants and tokens (OAuth 2.0, RFC 6749). Secrets are kept as SHA-256 only.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace graminsta::entities
{

struct Application {
    ApplicationId id;
    QString name;
    QString website;
    QStringList redirectUris;
    QString scopes; // separated by spaces
    QString clientId;
    QByteArray clientSecretHash;
    Timestamp createdAt;
};

// An authorization code that waits to be exchanged, once.
struct AccessGrant {
    QByteArray codeHash;
    ApplicationId applicationId;
    AccountId accountId;
    QString redirectUri;
    QString scopes;
    QString codeChallenge; // PKCE S256 (RFC 7636), empty if the client began without
    Timestamp expiresAt;
};

struct AccessToken {
    TokenId id;
    QByteArray tokenHash;
    ApplicationId applicationId;
    AccountId accountId; // null: the application's own token (client_credentials)
    QString scopes;
    Timestamp createdAt;
    // Of its account as it is now; only read.
    Role role = Role::User;
    Restrictions restrictions {};
};

} // namespace graminsta::entities
