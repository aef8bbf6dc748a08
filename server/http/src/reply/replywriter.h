// SPDX-License-Identifier: GPL-3.0-or-later
// A handler's Response as bytes for the wire. Belongs to one event loop.
#pragma once

#include "transport/receiver.h"

#include <graminsta/http/response.h>

namespace graminsta::http
{

// What of the request decides how its answer is written.
struct ReplyTerms {
    bool head = false; // HEAD: the length of the body, but not the body
    bool close = false;
    QByteArray range;
    QByteArray ifRange;
    QByteArray ifNoneMatch;
};

[[nodiscard]] ReplyTerms replyTerms(const RequestHead &head, bool close);

class ReplyWriter
{
public:
    // A file that cannot be opened is answered with 404. `response.status` becomes what was written.
    [[nodiscard]] Reply write(Response &response, const ReplyTerms &terms);

private:
    [[nodiscard]] const QByteArray &date();
    [[nodiscard]] Reply writeStream(Response &response, const ReplyTerms &terms);
    [[nodiscard]] Reply writeFile(Response &response, const ReplyTerms &terms);
    [[nodiscard]] QByteArray headOf(const Response &response, qint64 length, const ReplyTerms &terms);

    QByteArray m_date;
    qint64 m_dateSecond = 0;
};

[[nodiscard]] QByteArrayView reasonPhrase(int status);

} // namespace graminsta::http
