// SPDX-License-Identifier: GPL-3.0-or-later
// OAuth 2.0 scopes of the Mastodon API: a hierarchy in which "read" holds "read:statuses". A value.
// https://docs.joinmastodon.org/api/oauth-scopes/
#pragma once

#include <graminsta/core/result.h>

#include <QString>
#include <QStringList>

namespace graminsta::api
{

class Scopes
{
public:
    Scopes() = default;

    // Separated by spaces or plus signs, as the wire has them. Fault::Invalid with the code "invalid_scope" names the
    // first one that we do not know. The legacy "follow" is kept as it is.
    [[nodiscard]] static Result<Scopes> parse(QStringView text);
    // From what we stored ourselves: unknown ones are dropped.
    [[nodiscard]] static Scopes fromStored(QStringView text);

    // Whether these grant `scope`: by itself, by its parent ("write" grants "write:media"), or, for what "follow" stood
    // for before there were granular scopes, by "follow".
    [[nodiscard]] bool grant(QLatin1String scope) const;
    // Whether each of `others` is granted by these.
    [[nodiscard]] bool grantAll(const Scopes &others) const;

    [[nodiscard]] bool isEmpty() const { return m_names.isEmpty(); }
    [[nodiscard]] const QStringList &names() const { return m_names; }
    // Separated by spaces, in the order asked for.
    [[nodiscard]] QString toString() const { return m_names.join(QLatin1Char(' ')); }

    friend bool operator==(const Scopes &, const Scopes &) = default;

private:
    QStringList m_names;
};

// Every scope that a client may ask for, for the OAuth metadata (RFC 8414).
[[nodiscard]] const QStringList &knownScopes();

} // namespace graminsta::api
