// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/cors.h"

#include "pipeline/faultresponse.h"

namespace graminsta::http
{

namespace
{

bool isCrossOrigin(QByteArrayView path)
{
    return path.startsWith("/media/") || path == QByteArrayView("/openapi.yaml")
        || errorStyle(path) == ErrorStyle::Json;
}

} // namespace

Response preflightResponse(const RequestHead &head, const QByteArray &allow)
{
    Response response;
    response.status = 204;
    if (!allow.isEmpty())
        response.headers.emplaceBack("Allow", allow);
    if (head.header("access-control-request-method").isEmpty() || !isCrossOrigin(head.path()))
        return response;
    response.headers.emplaceBack("Access-Control-Allow-Methods", allow);
    const QByteArray wanted = head.header("access-control-request-headers");
    if (!wanted.isEmpty())
        response.headers.emplaceBack("Access-Control-Allow-Headers", wanted);
    response.headers.emplaceBack("Access-Control-Max-Age", "86400");
    return response;
}

void addCorsHeaders(QByteArrayView path, Response &response)
{
    if (!isCrossOrigin(path))
        return;
    response.headers.emplaceBack(QByteArrayLiteral("Access-Control-Allow-Origin"), QByteArrayLiteral("*"));
    response.headers.emplaceBack(
        QByteArrayLiteral("Access-Control-Expose-Headers"),
        QByteArrayLiteral("Link, Location, ETag, Retry-After, X-Request-Id, X-RateLimit-Limit, "
                          "X-RateLimit-Remaining, X-RateLimit-Reset, Upload-Offset, "
                          "Upload-Length, Upload-Defer-Length, Upload-Metadata, Upload-Expires, "
                          "Upload-Concat, Tus-Resumable, Tus-Version, Tus-Extension, "
                          "Tus-Max-Size, Tus-Checksum-Algorithm"));
}

} // namespace graminsta::http
