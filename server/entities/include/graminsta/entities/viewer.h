// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever looks: nobody, an application, or an account through an application. A value, made once per request.
#pragma once

#include <graminsta/api/scopes.h>
#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>

namespace graminsta::entities
{

struct Viewer {
    TokenId token; // null: nobody is signed in
    ApplicationId application;
    AccountId account; // null: an application by itself, or nobody
    api::Scopes scopes;
    Role role = Role::User;

    [[nodiscard]] bool isAnonymous() const { return token.isNull(); }
    [[nodiscard]] bool hasAccount() const { return !account.isNull(); }
};

} // namespace graminsta::entities
