// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include <graminsta/api/endpoint.h>
#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

// For every row whose name says so: what this server has none of.
void addEmptyHandlers(http::HandlerTable &table)
{
    for (const api::Endpoint &endpoint : api::endpoints()) {
        const QByteArray name(endpoint.name);
        if (name.startsWith("empty."))
            table.insert(name, [](const http::RequestContext &) -> Result<http::Response> {
                return http::Response::json(json::encodeEmptyList());
            });
    }
}

} // namespace graminsta::handlers
