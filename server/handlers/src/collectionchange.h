// SPDX-License-Identifier: GPL-3.0-or-later
// What a request changes of a collection, in our own API and in Pixelfed's.
#pragma once

#include <graminsta/domain/collections/editcollections.h>
#include <graminsta/http/requestcontext.h>

namespace graminsta::handlers
{

// "title", "description", "visibility". Fault::Unprocessable if the latter is none.
[[nodiscard]] Result<domain::CollectionChange> collectionChange(const http::RequestContext &context);

} // namespace graminsta::handlers
