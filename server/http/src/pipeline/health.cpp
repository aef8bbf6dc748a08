// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/health.h"

namespace graminsta::http
{

namespace
{

constexpr QByteArrayView kLive("health.live");
constexpr QByteArrayView kMastodon("health.mastodon");

Handler fixedAnswer(const QByteArray &json)
{
    return [json](const RequestContext &) -> Result<Response> {
        return Response::json(json).withHeader("Cache-Control", "no-store");
    };
}

void addMissing(HandlerTable &handlers, QByteArrayView name, const QByteArray &json)
{
    if (!handlers.contains(name.toByteArray()))
        handlers.insert(name.toByteArray(), fixedAnswer(json));
}

} // namespace

HandlerTable withHealthHandlers(HandlerTable handlers)
{
    addMissing(handlers, kLive, R"({"status":"alive"})");
    addMissing(handlers, kMastodon, R"({"status":"UP"})");
    return handlers;
}

bool isLivenessCheck(const api::Endpoint &endpoint)
{
    return kLive == QByteArrayView(endpoint.name);
}

} // namespace graminsta::http
