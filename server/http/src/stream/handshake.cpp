// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/http/stream.h>

#include "stream/handshake.h"

#include <QCryptographicHash>

namespace graminsta::http
{

namespace
{

constexpr char kAcceptSuffix[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
constexpr qsizetype kKeySize = 16;

QByteArray acceptOf(const QByteArray &key)
{
    return QCryptographicHash::hash(key + kAcceptSuffix, QCryptographicHash::Sha1).toBase64();
}

bool isKey(const QByteArray &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == kKeySize;
}

Response upgradeRequired()
{
    return Response::json(R"({"error":"This address speaks WebSocket (RFC 6455), version 13"})", 426)
        .withHeader("Upgrade", "websocket")
        .withHeader("Connection", "Upgrade")
        .withHeader("Sec-WebSocket-Version", "13");
}

} // namespace

QByteArray firstOfList(QByteArrayView list)
{
    const qsizetype comma = list.indexOf(',');
    return (comma < 0 ? list : list.first(comma)).trimmed().toByteArray();
}

bool listHolds(QByteArrayView list, QByteArrayView option)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        if ((comma < 0 ? list : list.first(comma)).trimmed().compare(option, Qt::CaseInsensitive) == 0)
            return true;
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return false;
}

Response openEvents(std::shared_ptr<StreamClient> client)
{
    Response response;
    response.contentType = "text/event-stream";
    // A proxy that gathers or keeps what comes would hold everything back.
    response.headers = { { "Cache-Control", "no-store" }, { "X-Accel-Buffering", "no" } };
    response.stream = std::move(client);
    return response;
}

Result<Response> openWebSocket(const RequestContext &context, std::shared_ptr<StreamClient> client)
{
    if (!listHolds(context.header("upgrade"), "websocket") || context.header("sec-websocket-version") != "13")
        return upgradeRequired();
    const QByteArray key = context.header("sec-websocket-key");
    if (!listHolds(context.header("connection"), "upgrade") || !isKey(key))
        return makeError(Fault::Invalid, QStringLiteral("This is no WebSocket handshake"));
    Response response;
    response.status = 101;
    response.contentType.clear();
    response.headers = { { "Upgrade", "websocket" },
                         { "Connection", "Upgrade" },
                         { "Sec-WebSocket-Accept", acceptOf(key) } };
    const QByteArray protocol = firstOfList(context.header("sec-websocket-protocol"));
    if (!protocol.isEmpty())
        response.headers.emplaceBack("Sec-WebSocket-Protocol", protocol);
    response.stream = std::move(client);
    return response;
}

} // namespace graminsta::http
