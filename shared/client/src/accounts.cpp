// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/accounts.h>

#include "call.h"
#include "multipart.h"

#include <QFileInfo>
#include <QMimeDatabase>

namespace graminsta::client
{

namespace
{

QString word(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}

QList<FormFile> filesOf(const ProfileChange &change)
{
    QList<FormFile> files;
    const auto add = [&files](const char *name, const QString &path) {
        if (!path.isEmpty())
            files.append({ QLatin1String(name), path, QFileInfo(path).fileName(),
                           QMimeDatabase().mimeTypeForFile(path).name().toLatin1() });
    };
    add("avatar", change.avatarPath);
    add("header", change.headerPath);
    return files;
}

Parameters fieldsOf(const ProfileChange &change)
{
    Parameters fields;
    if (change.displayName)
        fields.append({ QStringLiteral("display_name"), *change.displayName });
    if (change.note)
        fields.append({ QStringLiteral("note"), *change.note });
    if (change.locked)
        fields.append({ QStringLiteral("locked"), word(*change.locked) });
    if (change.discoverable)
        fields.append({ QStringLiteral("discoverable"), word(*change.discoverable) });
    return fields;
}

QCoro::Task<Result<model::Account>> lookUp(SessionPtr session, QString acct, CancelToken cancel)
{
    const Parameters query { { QStringLiteral("acct"), acct } };
    Result<model::Account> found = co_await performFor<model::Account>(
        session, get("/api/v1/accounts/lookup", cancel, query), json::decodeAccount);
    if (found || found.error().fault != Fault::NotFound)
        co_return found;
    const Parameters search { { QStringLiteral("q"), acct }, { QStringLiteral("limit"), QStringLiteral("5") } };
    const Result<HttpReply> reply =
        co_await perform(session, get("/api/v1/accounts/search", std::move(cancel), search));
    const Result<QJsonArray> array = reply ? json::parseArray(reply->body) : Result<QJsonArray>(reply.error());
    if (array) {
        for (const model::Account &account : json::decodeAccounts(*array)) {
            if (account.acct.compare(acct, Qt::CaseInsensitive) == 0)
                co_return account;
        }
    }
    co_return found;
}

QCoro::Task<Result<QList<model::Relationship>>> relate(SessionPtr session, Parameters query, CancelToken cancel)
{
    const Result<HttpReply> reply =
        co_await perform(std::move(session), get("/api/v1/accounts/relationships", std::move(cancel), query));
    if (!reply)
        co_return reply.error();
    const Result<QJsonArray> array = json::parseArray(reply->body);
    if (!array)
        co_return array.error();
    co_return json::decodeRelationships(*array);
}

} // namespace

QCoro::Task<Result<model::Account>> Accounts::verifyCredentials(CancelToken cancel) const
{
    return performFor<model::Account>(m_session, get("/api/v1/accounts/verify_credentials", std::move(cancel)),
                                      json::decodeAccount);
}

QCoro::Task<Result<model::Account>> Accounts::update(ProfileChange change, CancelToken cancel) const
{
    // Pixelfed takes POST as well as PATCH; ours and Mastodon PATCH.
    ApiCall call = post("/api/v1/accounts/update_credentials", std::move(cancel));
    call.verb = api::Verb::Patch;
    call.repeat = Repeat::Always;
    setMultipart(call, fieldsOf(change), filesOf(change));
    return performFor<model::Account>(m_session, std::move(call), json::decodeAccount);
}

QCoro::Task<Result<model::Account>> Accounts::show(QString id, CancelToken cancel) const
{
    return performFor<model::Account>(m_session, get(pathOf("/api/v1/accounts/", id), std::move(cancel)),
                                      json::decodeAccount);
}

QCoro::Task<Result<model::Account>> Accounts::lookup(QString acct, CancelToken cancel) const
{
    return lookUp(m_session, std::move(acct), std::move(cancel));
}

QCoro::Task<Result<Page<model::Status>>> Accounts::statuses(QString id, PageRequest page, AccountStatuses which,
                                                            CancelToken cancel) const
{
    Parameters query;
    if (which == AccountStatuses::OnlyMedia)
        query.append({ QStringLiteral("only_media"), QStringLiteral("true") });
    return performForPage<model::Status>(
        m_session, getPage(pathOf("/api/v1/accounts/", id, "/statuses"), page, std::move(cancel), std::move(query)),
        json::decodeStatuses);
}

QCoro::Task<Result<Page<model::Account>>> Accounts::followers(QString id, PageRequest page, CancelToken cancel) const
{
    return performForPage<model::Account>(
        m_session, getPage(pathOf("/api/v1/accounts/", id, "/followers"), page, std::move(cancel)),
        json::decodeAccounts);
}

QCoro::Task<Result<Page<model::Account>>> Accounts::following(QString id, PageRequest page, CancelToken cancel) const
{
    return performForPage<model::Account>(
        m_session, getPage(pathOf("/api/v1/accounts/", id, "/following"), page, std::move(cancel)),
        json::decodeAccounts);
}

QCoro::Task<Result<QList<model::Relationship>>> Accounts::relationships(QStringList ids, CancelToken cancel) const
{
    Parameters query;
    for (const QString &id : ids)
        query.append({ QStringLiteral("id[]"), id });
    return relate(m_session, std::move(query), std::move(cancel));
}

// Following twice is following: these are safe to repeat.
QCoro::Task<Result<model::Relationship>> Accounts::follow(QString id, CancelToken cancel) const
{
    ApiCall call = post(pathOf("/api/v1/accounts/", id, "/follow"), std::move(cancel));
    call.repeat = Repeat::Always;
    return performFor<model::Relationship>(m_session, std::move(call), json::decodeRelationship);
}

QCoro::Task<Result<model::Relationship>> Accounts::unfollow(QString id, CancelToken cancel) const
{
    ApiCall call = post(pathOf("/api/v1/accounts/", id, "/unfollow"), std::move(cancel));
    call.repeat = Repeat::Always;
    return performFor<model::Relationship>(m_session, std::move(call), json::decodeRelationship);
}

} // namespace graminsta::client
