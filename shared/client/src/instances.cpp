// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/instances.h>

#include "call.h"

namespace graminsta::client
{

namespace
{

QCoro::Task<Result<model::Instance>> showEither(SessionPtr session, CancelToken cancel)
{
    Result<model::Instance> second =
        co_await performFor<model::Instance>(session, get("/api/v2/instance", cancel), json::decodeInstanceV2);
    if (second)
        co_return second;
    const Fault fault = second.error().fault;
    // Only what might be an older server is asked again; one that is down or slow is so for version 1 too.
    if (fault != Fault::NotFound && fault != Fault::Gone && fault != Fault::Internal && fault != Fault::Invalid
        && fault != Fault::Forbidden && fault != Fault::Unauthorized)
        co_return second;
    Result<model::Instance> first =
        co_await performFor<model::Instance>(session, get("/api/v1/instance", cancel), json::decodeInstanceV1);
    if (first || first.error().fault != Fault::NotFound)
        co_return first;
    co_return makeError(Fault::NotFound,
                        QStringLiteral("%1 is not a server that Graminsta can talk to.").arg(session->baseUrl.host()));
}

} // namespace

QCoro::Task<Result<model::Instance>> Instances::show(CancelToken cancel) const
{
    return showEither(m_session, std::move(cancel));
}

} // namespace graminsta::client
