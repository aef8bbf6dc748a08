// SPDX-License-Identifier: GPL-3.0-or-later
// One call of the API: the request, its retries, its answer or its fault. Internal to the library.
#pragma once

#include <graminsta/client/page.h>
#include <graminsta/client/session.h>
#include <graminsta/json/decode.h>

#include <optional>

namespace graminsta::client
{

using Parameters = QList<QPair<QString, QString>>;

enum class Repeat {
    IfNotSent, // a lost answer leaves open whether it was done: only repeated if it never left
    Always, // doing it twice does no harm
};

struct ApiCall {
    api::Verb verb = api::Verb::Get;
    QByteArray path; // percent-encoded
    Parameters query;
    Parameters form; // sent as application/x-www-form-urlencoded, which every server of this API reads
    BodyOpener openBody; // instead of form
    QByteArray contentType; // of openBody
    QByteArray idempotencyKey;
    Repeat repeat = Repeat::IfNotSent; // GET, and what has a key, is always repeated
    std::optional<std::chrono::milliseconds> time; // ClientOptions::requestTime if it is not said
    std::optional<std::chrono::milliseconds> idleTime; // likewise ClientOptions::idleTime
    // Of the waits that a server may ask for; longer ones end the call, as a person should hear of them. As long as
    // the time allows if it is not said.
    std::optional<std::chrono::milliseconds> longestWait;
    Progress progress;
    CancelToken cancel;
};

[[nodiscard]] ApiCall get(QByteArray path, CancelToken cancel, Parameters query = {});
[[nodiscard]] ApiCall post(QByteArray path, CancelToken cancel, Parameters form = {});
// "/api/v1/accounts/" + id + "/follow", with whatever is in the id.
[[nodiscard]] QByteArray pathOf(const char *before, const QString &id, const char *after = "");
// The page's own link, on this server whatever host it names; else `path` with the query and the limit.
[[nodiscard]] ApiCall getPage(const QByteArray &path, const PageRequest &page, CancelToken cancel,
                              Parameters query = {});

[[nodiscard]] QUrl urlOf(const Session &session, const ApiCall &call);

// Waits and repeats as the policy of the session says, within the call's time.
[[nodiscard]] QCoro::Task<Result<HttpReply>> perform(SessionPtr session, ApiCall call);

template<typename T>
QCoro::Task<Result<T>> performFor(SessionPtr session, ApiCall call, Result<T> (*decode)(const QJsonObject &))
{
    const Result<HttpReply> reply = co_await perform(std::move(session), std::move(call));
    if (!reply)
        co_return reply.error();
    const Result<QJsonObject> object = json::parseObject(reply->body);
    if (!object)
        co_return object.error();
    co_return decode(*object);
}

// The links of an answer's page.
struct PageAround {
    QUrl next;
    QUrl prev;
};
[[nodiscard]] PageAround linksOf(const HttpReply &reply, const QUrl &requestUrl);

template<typename T>
QCoro::Task<Result<Page<T>>> performForPage(SessionPtr session, ApiCall call, QList<T> (*decode)(const QJsonArray &))
{
    const QUrl url = urlOf(*session, call);
    const Result<HttpReply> reply = co_await perform(std::move(session), std::move(call));
    if (!reply)
        co_return reply.error();
    const Result<QJsonArray> array = json::parseArray(reply->body);
    if (!array)
        co_return array.error();
    const PageAround around = linksOf(*reply, url);
    Page<T> page;
    page.items = decode(*array);
    page.next = around.next;
    page.prev = around.prev;
    page.preparing = reply->status == 206;
    co_return page;
}

} // namespace graminsta::client
