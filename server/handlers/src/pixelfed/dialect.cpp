// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixelfed/dialect.h"

namespace graminsta::handlers
{

Dialect dialectOf(const http::RequestContext &context)
{
    const QByteArrayView path(context.endpoint->path);
    if (path.startsWith("/api/v1.1/") || path.startsWith("/api/pixelfed/"))
        return Dialect::Pixelfed;
    // Pixelfed itself asks only whether it is there.
    const std::optional<QString> asked = context.parameters.text(QStringLiteral("_pe"));
    return asked && *asked != QLatin1String("0") ? Dialect::Pixelfed : Dialect::Mastodon;
}

} // namespace graminsta::handlers
