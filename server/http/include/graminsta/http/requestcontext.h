// SPDX-License-Identifier: GPL-3.0-or-later
// One request as a handler sees it: a self-contained value that may go to another thread. Knows nothing of sockets.
#pragma once

#include <graminsta/api/endpoint.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/http/parameters.h>
#include <graminsta/http/response.h>

#include <QHostAddress>

#include <functional>

namespace graminsta::http
{

struct RequestContext {
    QString requestId; // in the log and in X-Request-Id
    const api::Endpoint *endpoint = nullptr; // never null in a handler
    QString baseUrl; // of this server as clients reach it, without a slash at its end: "https://photos.example"
    QByteArray rawTarget; // path and query as sent, for Link headers
    QStringList pathParameters; // percent-decoded values of ":name" segments, in order
    QList<QPair<QByteArray, QByteArray>> headers; // names in lower case
    Parameters parameters;
    entities::Viewer viewer;
    QHostAddress clientAddress; // the true one behind trusted proxies
    Deadline deadline = Deadline::after(std::chrono::seconds { 10 });

    // The first header of that (lower case) name; empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    // The path parameter as an id. Fault::NotFound if it is not one: clients take ids as opaque.
    template<typename AnyId> [[nodiscard]] Result<AnyId> pathId(int index = 0) const
    {
        if (const std::optional<AnyId> id = AnyId::fromString(pathParameters.value(index)))
            return *id;
        return makeError(Fault::NotFound, QStringLiteral("Record not found"));
    }
};

using Handler = std::function<Result<Response>(const RequestContext &)>;

// Handlers by endpoint name (api::Endpoint::name).
using HandlerTable = QHash<QByteArray, Handler>;

} // namespace graminsta::http
