// SPDX-License-Identifier: GPL-3.0-or-later
#include "tus.h"

#include <QCryptographicHash>
#include <QTest>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpClient;
using rig::HttpHeaders;
using rig::HttpReply;

HttpHeaders tus(const HttpHeaders &more)
{
    return HttpHeaders { { "Tus-Resumable", "1.0.0" } } + more;
}

HttpBody bytes(const QByteArray &content)
{
    return { kBytes, content };
}

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

QByteArray sha256(const QByteArray &content)
{
    return "sha256 " + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toBase64();
}

QByteArray begin(HttpClient &http, qint64 length, const HttpHeaders &more, const HttpBody &body)
{
    const HttpReply created =
        http.post("/files/", body, tus(HttpHeaders { { "Upload-Length", number(length) } } + more));
    if (created.status != 201)
        QTest::qFail(created.summary().constData(), __FILE__, __LINE__);
    return QUrl::fromEncoded(created.header("location")).path().toUtf8();
}

HttpReply append(HttpClient &http, const QByteArray &path, qint64 offset, const QByteArray &content,
                 const HttpHeaders &more)
{
    return http.send("PATCH", path, bytes(content), tus(HttpHeaders { { "Upload-Offset", number(offset) } } + more));
}

qint64 offsetOf(HttpClient &http, const QByteArray &path)
{
    return http.send("HEAD", path, HttpBody::none(), tus()).header("upload-offset").toLongLong();
}

} // namespace graminsta::api_test
