// SPDX-License-Identifier: GPL-3.0-or-later
// What a handler gives back. A value; made on any thread, written by the event loop.
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

#include <memory>
#include <optional>

namespace graminsta::http
{

class BodySink;
class StreamClient;

// A file to send: Range (RFC 9110 section 14), ETag and 304 are the writer's work.
struct FileBody {
    QString path;
    QByteArray etag; // with its quotes
};

struct Response {
    int status = 200;
    QByteArray contentType = QByteArrayLiteral("application/json; charset=utf-8");
    QByteArray body;
    std::optional<FileBody> file; // instead of body
    std::shared_ptr<StreamClient> stream; // instead of both: the connection stays open (http/stream.h)
    std::shared_ptr<BodySink> sink; // instead of all: it takes the body, and then answers (http/bodysink.h)
    QList<QPair<QByteArray, QByteArray>> headers; // without Content-Type, Content-Length, Connection, Date

    [[nodiscard]] static Response json(QByteArray body, int status = 200)
    {
        Response response;
        response.status = status;
        response.body = std::move(body);
        return response;
    }
    [[nodiscard]] static Response html(QByteArray body, int status = 200)
    {
        Response response = json(std::move(body), status);
        response.contentType = "text/html; charset=utf-8";
        return response;
    }
    [[nodiscard]] static Response redirect(const QByteArray &location, int status = 302)
    {
        Response response = html({}, status);
        response.headers.append({ "Location", location });
        return response;
    }
    Response &&withHeader(const QByteArray &name, const QByteArray &value) &&
    {
        headers.append({ name, value });
        return std::move(*this);
    }
};

} // namespace graminsta::http
