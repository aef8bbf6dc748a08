// SPDX-License-Identifier: GPL-3.0-or-later
// Applications and tokens as the wire has them (OAuth 2.0 as Mastodon does it).
// https://docs.joinmastodon.org/entities/Application/ https://docs.joinmastodon.org/entities/Token/
#pragma once

#include <graminsta/core/clock.h>

#include <QString>
#include <QStringList>

#include <optional>

namespace graminsta::model
{

// CredentialApplication when it holds the secret (only in the answer to its registration), Application otherwise.
struct Application {
    QString id;
    QString name;
    QString website;
    QStringList scopes;
    QStringList redirectUris;
    QString clientId;
    QString clientSecret;
    QString vapidKey;
};

struct Token {
    QString accessToken;
    QString tokenType;
    QString scope;
    Timestamp createdAt; // seconds on the wire
};

} // namespace graminsta::model
