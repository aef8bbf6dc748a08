// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in at any server with the user's browser: register, ask, come back, redeem, look who it is.
#pragma once

#include <graminsta/client/session.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/oauth.h>

namespace graminsta::client
{

struct SignedIn {
    model::Application application; // needed to revoke the token
    model::Token token;
    model::Account account;
};

// Gives the page to the browser; false if no browser could be started.
using OpenBrowser = std::function<bool(const QUrl &)>;

// `session` need not have a token. The wait for the user ends with Fault::Timeout after `patience`.
[[nodiscard]] QCoro::Task<Result<SignedIn>> signInWithBrowser(SessionPtr session, OpenBrowser openBrowser,
                                                              std::chrono::milliseconds patience, CancelToken cancel);

} // namespace graminsta::client
