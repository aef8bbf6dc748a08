// SPDX-License-Identifier: GPL-3.0-or-later
#include "reply/replywriter.h"

#include "bytewriter.h"
#include "reply/byterange.h"

#include <QDateTime>
#include <QLocale>

namespace graminsta::http
{

namespace
{

constexpr qint64 kNoLength = -1;

QByteArray headerOf(const Response &response, QByteArrayView name)
{
    for (const auto &[key, value] : response.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

// A header may never end its line by what somebody put into it.
void writeField(ByteWriter &out, QByteArrayView name, QByteArrayView value)
{
    out << name << ": ";
    if (value.contains('\n') || value.contains('\r') || value.contains('\0')) {
        for (const char c : value) {
            if (c != '\r' && c != '\n' && c != '\0')
                out << c;
        }
    } else {
        out << value;
    }
    out << "\r\n";
}

void becomeNotModified(Response &response)
{
    response.status = 304;
    response.body.clear();
    response.file.reset();
}

} // namespace

QByteArrayView reasonPhrase(int status)
{
    switch (status) {
    case 101:
        return "Switching Protocols";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 423:
        return "Locked";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 460:
        return "Checksum Mismatch";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Status";
    }
}

ReplyTerms replyTerms(const RequestHead &head, bool close)
{
    ReplyTerms terms;
    terms.head = head.isHead();
    terms.close = close;
    for (const auto &[name, value] : head.headers) {
        if (name == "range")
            terms.range = value;
        else if (name == "if-range")
            terms.ifRange = value;
        else if (name == "if-none-match")
            terms.ifNoneMatch = terms.ifNoneMatch.isEmpty() ? value : terms.ifNoneMatch + ',' + value;
    }
    return terms;
}

const QByteArray &ReplyWriter::date()
{
    const qint64 second = QDateTime::currentSecsSinceEpoch();
    if (second != m_dateSecond) {
        m_dateSecond = second;
        m_date = QLocale::c()
                     .toString(QDateTime::fromSecsSinceEpoch(second, Qt::UTC),
                               QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                     .toLatin1();
    }
    return m_date;
}

QByteArray ReplyWriter::headOf(const Response &response, qint64 length, const ReplyTerms &terms)
{
    ByteWriter head(768 + response.body.size()); // the body is appended before it is sent
    head << "HTTP/1.1 " << qint64(response.status) << ' ' << reasonPhrase(response.status) << "\r\nDate: " << date()
         << "\r\n";
    if (!response.contentType.isEmpty() && (length != kNoLength || response.stream))
        writeField(head, "Content-Type", response.contentType);
    if (length != kNoLength)
        head << "Content-Length: " << length << "\r\n";
    for (const auto &[name, value] : response.headers)
        writeField(head, name, value);
    if (terms.close)
        head << "Connection: close\r\n";
    head << "\r\n";
    return head.take();
}

Reply ReplyWriter::writeStream(Response &response, const ReplyTerms &terms)
{
    Reply reply;
    reply.streamKind = response.status == 101 ? StreamKind::WebSocket : StreamKind::Events;
    // Events have no length: they end with the connection.
    ReplyTerms streamTerms = terms;
    streamTerms.close = reply.streamKind == StreamKind::Events;
    reply.head = headOf(response, kNoLength, streamTerms);
    reply.stream = response.stream;
    return reply;
}

Reply ReplyWriter::write(Response &response, const ReplyTerms &terms)
{
    if (response.file)
        return writeFile(response, terms);
    if (response.stream && !terms.head)
        return writeStream(response, terms);
    if (response.status == 200 && !terms.ifNoneMatch.isEmpty()
        && matchesAny(terms.ifNoneMatch, headerOf(response, "ETag")))
        becomeNotModified(response);
    Reply reply;
    reply.close = terms.close;
    const bool withoutBody = response.status == 204 || response.status == 304;
    reply.head = headOf(response, withoutBody ? kNoLength : response.body.size(), terms);
    if (!withoutBody && !terms.head)
        reply.body = response.body;
    return reply;
}

Reply ReplyWriter::writeFile(Response &response, const ReplyTerms &terms)
{
    const FileBody body = *std::exchange(response.file, std::nullopt);
    auto file = std::make_unique<QFile>(body.path);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        response = Response::json(R"({"error":"Record not found"})", 404);
        return write(response, terms);
    }
    response.headers.emplaceBack("ETag", body.etag);
    response.headers.emplaceBack("Accept-Ranges", "bytes");
    if (matchesAny(terms.ifNoneMatch, body.etag)) {
        becomeNotModified(response);
        return write(response, terms);
    }
    const qint64 total = file->size();
    // A range of another version would not fit what the client has; a date is never strong enough for us to tell.
    const bool ranged =
        !terms.head && response.status == 200 && (terms.ifRange.isEmpty() || terms.ifRange == body.etag);
    const ByteRange range = ranged ? parseRange(terms.range, total) : ByteRange { RangeOutcome::Whole, 0, total };
    if (range.outcome == RangeOutcome::Unsatisfiable) {
        response.status = 416;
        response.body.clear();
        response.headers.emplaceBack("Content-Range", "bytes */" + QByteArray::number(total));
        return write(response, terms);
    }
    if (range.outcome == RangeOutcome::Part) {
        response.status = 206;
        response.headers.emplaceBack("Content-Range",
                                     "bytes " + QByteArray::number(range.begin) + '-'
                                         + QByteArray::number(range.begin + range.size - 1) + '/'
                                         + QByteArray::number(total));
    }
    Reply reply;
    reply.close = terms.close;
    reply.head = headOf(response, range.size, terms);
    if (!terms.head && file->seek(range.begin)) {
        reply.file = std::move(file);
        reply.fileBytes = range.size;
    }
    return reply;
}

} // namespace graminsta::http
