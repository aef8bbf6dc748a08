// SPDX-License-Identifier: GPL-3.0-or-later
#include "call.h"

#include "pause.h"
#include "replyfault.h"

#include <graminsta/api/linkheader.h>

#include <QRandomGenerator>

namespace graminsta::client
{

namespace
{

using std::chrono::milliseconds;

// RFC 3986 unreserved characters stay; all else is encoded, '+' and '[' too.
QByteArray encoded(const Parameters &parameters)
{
    QByteArray text;
    for (const auto &[name, value] : parameters) {
        if (!text.isEmpty())
            text.append('&');
        text.append(QUrl::toPercentEncoding(name)).append('=').append(QUrl::toPercentEncoding(value));
    }
    return text;
}

QPair<QByteArray, QByteArray> headerOf(const char *name, const QByteArray &value)
{
    return { QByteArray(name), value };
}

HttpRequest requestOf(const Session &session, const ApiCall &call)
{
    HttpRequest request;
    request.verb = call.verb;
    request.url = urlOf(session, call);
    request.headers.append(headerOf("Accept", "application/json"));
    if (!session.token.isEmpty())
        request.headers.append(headerOf("Authorization", "Bearer " + session.token));
    if (!call.idempotencyKey.isEmpty())
        request.headers.append(headerOf("Idempotency-Key", call.idempotencyKey));
    if (call.openBody) {
        request.openBody = call.openBody;
        request.headers.append(headerOf("Content-Type", call.contentType));
    } else if (call.verb != api::Verb::Get) {
        request.body = encoded(call.form);
        request.headers.append(headerOf("Content-Type", "application/x-www-form-urlencoded"));
    }
    request.idleTime = call.idleTime.value_or(session.options.idleTime);
    request.deadline = Deadline::after(call.time.value_or(session.options.requestTime));
    request.progress = call.progress;
    request.cancel = call.cancel;
    return request;
}

bool isTransient(Fault fault)
{
    return fault == Fault::Unavailable || fault == Fault::Timeout || fault == Fault::RateLimited;
}

bool mayRepeat(const ApiCall &call, const Error &error)
{
    // Whoever was told to wait has not been served.
    return call.verb == api::Verb::Get || call.repeat == Repeat::Always || !call.idempotencyKey.isEmpty()
        || error.code == QLatin1String(kNotSentCode) || error.fault == Fault::RateLimited;
}

milliseconds pauseBefore(int attempt, const RetryPolicy &policy)
{
    const milliseconds longest = std::min(policy.firstPause * (1 << std::min(attempt - 1, 16)), policy.longestPause);
    // Half of it is random, so that clients that failed together do not come back together.
    const int half = static_cast<int>(longest.count() / 2);
    return milliseconds { half + QRandomGenerator::global()->bounded(half + 1) };
}

} // namespace

ApiCall get(QByteArray path, CancelToken cancel, Parameters query)
{
    ApiCall call;
    call.path = std::move(path);
    call.query = std::move(query);
    call.cancel = std::move(cancel);
    return call;
}

ApiCall post(QByteArray path, CancelToken cancel, Parameters form)
{
    ApiCall call;
    call.verb = api::Verb::Post;
    call.path = std::move(path);
    call.form = std::move(form);
    call.cancel = std::move(cancel);
    return call;
}

QByteArray pathOf(const char *before, const QString &id, const char *after)
{
    return before + QUrl::toPercentEncoding(id) + after;
}

ApiCall getPage(const QByteArray &path, const PageRequest &page, CancelToken cancel, Parameters query)
{
    if (!page.link.isEmpty()) {
        // Behind a proxy a server may name another host or scheme than the one we speak to, where the token must not
        // go.
        return get(page.link.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority), std::move(cancel));
    }
    query.append({ QStringLiteral("limit"), QString::number(page.limit) });
    return get(path, std::move(cancel), std::move(query));
}

QUrl urlOf(const Session &session, const ApiCall &call)
{
    QByteArray text = session.baseUrl.toEncoded() + call.path;
    if (!call.query.isEmpty())
        text.append('?').append(encoded(call.query));
    return QUrl::fromEncoded(text);
}

QCoro::Task<Result<HttpReply>> perform(SessionPtr session, ApiCall call)
{
    const RetryPolicy policy = session->options.retry;
    const HttpRequest request = requestOf(*session, call);
    for (int attempt = 1;; ++attempt) {
        Result<HttpReply> reply = co_await session->transport->send(request);
        std::optional<milliseconds> wait;
        std::optional<Error> error;
        if (reply) {
            error = faultOf(*reply, *session);
            wait = requestedPause(*reply, SystemClock().now());
        } else {
            error = reply.error();
        }
        if (!error)
            co_return reply;
        if (!isTransient(error->fault) || !mayRepeat(call, *error) || attempt >= policy.attempts)
            co_return *error;
        const milliseconds pauseTime = std::max(pauseBefore(attempt, policy), wait.value_or(milliseconds { 0 }));
        // An answer now is worth more than none at the deadline.
        if (pauseTime >= request.deadline.remaining() || pauseTime > call.longestWait.value_or(pauseTime))
            co_return *error;
        const Result<> waited = co_await pause(pauseTime, call.cancel);
        if (!waited)
            co_return waited.error();
    }
}

PageAround linksOf(const HttpReply &reply, const QUrl &requestUrl)
{
    const api::PageLinks links = api::parseLinkHeader(reply.header("link"), requestUrl);
    return { links.next, links.prev };
}

} // namespace graminsta::client
