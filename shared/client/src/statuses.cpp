// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/statuses.h>

#include "call.h"

#include <graminsta/core/secrets.h>

namespace graminsta::client
{

namespace
{

// Liking twice is liking.
QCoro::Task<Result<model::Status>> act(SessionPtr session, QByteArray path, CancelToken cancel)
{
    ApiCall call = post(std::move(path), std::move(cancel));
    call.repeat = Repeat::Always;
    return performFor<model::Status>(std::move(session), std::move(call), json::decodeStatus);
}

Parameters formOf(const NewStatus &status)
{
    Parameters form { { QStringLiteral("status"), status.text }, { QStringLiteral("visibility"), status.visibility } };
    for (const QString &id : status.mediaIds)
        form.append({ QStringLiteral("media_ids[]"), id });
    if (status.sensitive)
        form.append({ QStringLiteral("sensitive"), QStringLiteral("true") });
    const auto addUnlessEmpty = [&form](const char *name, const QString &value) {
        if (!value.isEmpty())
            form.append({ QLatin1String(name), value });
    };
    addUnlessEmpty("spoiler_text", status.spoilerText);
    addUnlessEmpty("in_reply_to_id", status.inReplyToId);
    addUnlessEmpty("language", status.language);
    return form;
}

} // namespace

QCoro::Task<Result<model::Status>> Statuses::create(NewStatus status, CancelToken cancel) const
{
    ApiCall call = post("/api/v1/statuses", std::move(cancel), formOf(status));
    call.idempotencyKey = status.idempotencyKey.isEmpty() ? randomToken(16) : status.idempotencyKey;
    return performFor<model::Status>(m_session, std::move(call), json::decodeStatus);
}

QCoro::Task<Result<model::Status>> Statuses::show(QString id, CancelToken cancel) const
{
    return performFor<model::Status>(m_session, get(pathOf("/api/v1/statuses/", id), std::move(cancel)),
                                     json::decodeStatus);
}

QCoro::Task<Result<model::Status>> Statuses::remove(QString id, CancelToken cancel) const
{
    ApiCall call = post(pathOf("/api/v1/statuses/", id), std::move(cancel));
    call.verb = api::Verb::Delete;
    return performFor<model::Status>(m_session, std::move(call), json::decodeStatus);
}

QCoro::Task<Result<model::Context>> Statuses::context(QString id, CancelToken cancel) const
{
    return performFor<model::Context>(m_session, get(pathOf("/api/v1/statuses/", id, "/context"), std::move(cancel)),
                                      json::decodeContext);
}

QCoro::Task<Result<model::Status>> Statuses::favourite(QString id, CancelToken cancel) const
{
    return act(m_session, pathOf("/api/v1/statuses/", id, "/favourite"), std::move(cancel));
}

QCoro::Task<Result<model::Status>> Statuses::unfavourite(QString id, CancelToken cancel) const
{
    return act(m_session, pathOf("/api/v1/statuses/", id, "/unfavourite"), std::move(cancel));
}

} // namespace graminsta::client
