// SPDX-License-Identifier: GPL-3.0-or-later
// In which dialect a request is answered: the one place that decides it. Pure functions.
#pragma once

#include <graminsta/http/requestcontext.h>
#include <graminsta/json/encode.h>
#include <graminsta/json/pixelfed.h>

namespace graminsta::handlers
{

enum class Dialect {
    Mastodon,
    Pixelfed, // where "_pe" is given, and on the routes that only Pixelfed has
};

[[nodiscard]] Dialect dialectOf(const http::RequestContext &context);

// The entity as the request wants to read it.
template<typename Entity> [[nodiscard]] QByteArray encoded(const http::RequestContext &context, const Entity &entity)
{
    return dialectOf(context) == Dialect::Pixelfed ? json::pixelfed::encode(entity) : json::encode(entity);
}

} // namespace graminsta::handlers
