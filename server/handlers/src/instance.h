// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says of itself, for each of the documents that say it.
#pragma once

#include <graminsta/handlers/handlers.h>
#include <graminsta/model/instance.h>

namespace graminsta::handlers
{

[[nodiscard]] Result<model::Instance> describeInstance(const http::RequestContext &context, const Services &services);

} // namespace graminsta::handlers
