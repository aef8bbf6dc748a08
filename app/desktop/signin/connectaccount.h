// SPDX-License-Identifier: GPL-3.0-or-later
// From an account of the store to a session: who it is and what its server can do. For the thread with the event loop.
#pragma once

#include <desktop/core/accountsession.h>
#include <desktop/core/accountstore.h>

namespace graminsta
{

class Credentials;
class LocalBackend;

using ConnectedAccount = std::shared_ptr<AccountSession>;

// At the bundled server, which is started if need be. No password: the server knows the secret that it was started
// with.
[[nodiscard]] QCoro::Task<Result<ConnectedAccount>>
connectHere(LocalBackend &backend, std::shared_ptr<client::Transport> transport, client::CancelToken cancel);

// At another server, with the token that was kept. Fault::Unauthorized if there is none, or it is not valid any more.
[[nodiscard]] QCoro::Task<Result<ConnectedAccount>> connectElsewhere(AccountEntry entry, Credentials &credentials,
                                                                     std::shared_ptr<client::Transport> transport,
                                                                     client::CancelToken cancel);

// With a client that has a token already. `server` as AccountSession has it.
[[nodiscard]] QCoro::Task<Result<ConnectedAccount>> openSession(client::Client client, client::CancelToken cancel,
                                                                QString server = {});

} // namespace graminsta
