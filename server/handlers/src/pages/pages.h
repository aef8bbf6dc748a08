// SPDX-License-Identifier: GPL-3.0-or-later
// The few pages that a browser sees of the server: signing in for an application, and the code for it. Self-contained
// HTML without scripts; everything from outside is escaped. Pure functions.
#pragma once

#include <graminsta/domain/oauth/authorize.h>

#include <QByteArray>

namespace graminsta::handlers
{

// Sent with every page: nothing is loaded from elsewhere, nobody may frame it, and the form goes only to us and on to
// the application's redirect URI (which browsers check as well, so form-action cannot be narrower than that).
inline constexpr char kPagePolicy[] =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

struct SignInPage {
    QString instanceTitle;
    domain::AuthorizationRequest request;
    domain::CheckedClient client;
    QString scopes;
    QString login; // as it was typed before
    QString problem; // empty at first
};

[[nodiscard]] QByteArray signInHtml(const SignInPage &page);
// After the password was right; `step` comes back with the code.
[[nodiscard]] QByteArray secondFactorHtml(const SignInPage &page, const QByteArray &step);
[[nodiscard]] QByteArray codeHtml(const QString &instanceTitle, const QByteArray &code);
[[nodiscard]] QByteArray problemHtml(const QString &instanceTitle, const QString &problem);

} // namespace graminsta::handlers
