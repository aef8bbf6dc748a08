// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/signin/connectaccount.h>

#include <desktop/core/credentials.h>
#include <desktop/core/localbackend.h>
#include <desktop/signin/kepttoken.h>

namespace graminsta
{

QCoro::Task<Result<ConnectedAccount>> connectHere(LocalBackend &backend, std::shared_ptr<client::Transport> transport,
                                                  client::CancelToken cancel)
{
    const Result<RunningServer> running = co_await backend.ensureRunning();
    if (!running) {
        co_return running.error();
    }
    const client::Client stranger(running->url, {}, transport);
    const Result<model::Token> token = co_await stranger.oauth().localSession(running->secret, cancel);
    if (!token) {
        co_return token.error();
    }
    co_return co_await openSession(stranger.withToken(token->accessToken.toLatin1()), cancel, thisComputerId());
}

QCoro::Task<Result<ConnectedAccount>> connectElsewhere(AccountEntry entry, Credentials &credentials,
                                                       std::shared_ptr<client::Transport> transport,
                                                       client::CancelToken cancel)
{
    const Result<QString> kept = co_await credentials.read(entry.id);
    if (!kept) {
        co_return makeError(Fault::Unauthorized, kept.error().safe, kept.error().detail);
    }
    const QByteArray token = keptTokenFrom(*kept).token.toLatin1();
    co_return co_await openSession(client::Client(entry.baseUrl, token, transport), cancel);
}

QCoro::Task<Result<ConnectedAccount>> openSession(client::Client client, client::CancelToken cancel, QString server)
{
    const Result<model::Account> account = co_await client.accounts().verifyCredentials(cancel);
    if (!account) {
        co_return account.error();
    }
    const Result<model::Instance> instance = co_await client.instance().show(cancel);
    if (!instance) {
        co_return instance.error();
    }
    co_return std::make_shared<AccountSession>(client, *account, *instance, server);
}

} // namespace graminsta
