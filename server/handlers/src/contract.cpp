// SPDX-License-Identifier: GPL-3.0-or-later
// The API's own description: the OpenAPI document and the page made from it, both compiled in.
#include "resources.h"

#include "pages/pages.h"

#include <QCryptographicHash>
#include <QFile>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

// The same bytes as long as the process lives: read and hashed once.
struct Document {
    QByteArray bytes;
    QByteArray etag;
};

Document readDocument(const QString &name)
{
    QFile file(QStringLiteral(":/graminsta/contract/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    return { bytes, '"' + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().first(32) + '"' };
}

Result<Response> answer(const Document &document, const QByteArray &contentType)
{
    if (document.bytes.isEmpty())
        return makeError(Fault::Internal, QStringLiteral("The contract is missing."));
    Response response;
    response.contentType = contentType;
    response.body = document.bytes;
    return std::move(response).withHeader("ETag", document.etag).withHeader("Cache-Control", "public, no-cache");
}

} // namespace

void addContractHandlers(http::HandlerTable &table)
{
    const Document openApi = readDocument(QStringLiteral("openapi.yaml"));
    table.insert("contract.openapi",
                 [openApi](const RequestContext &) { return answer(openApi, "application/yaml; charset=utf-8"); });
    const Document page = readDocument(QStringLiteral("api-docs.html"));
    table.insert("contract.page", [page](const RequestContext &) -> Result<Response> {
        return GI_TRY(answer(page, "text/html; charset=utf-8"))
            .withHeader("Content-Security-Policy", kPagePolicy)
            .withHeader("X-Content-Type-Options", "nosniff");
    });
}

} // namespace graminsta::handlers
