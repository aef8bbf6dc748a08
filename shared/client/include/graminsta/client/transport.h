// SPDX-License-Identifier: GPL-3.0-or-later
// How requests leave this program. The client speaks to this interface only, so that the app runs without a network.
#pragma once

#include <graminsta/api/endpoint.h>
#include <graminsta/client/cancellation.h>
#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <QByteArray>
#include <QCoroTask>
#include <QIODevice>
#include <QList>
#include <QPair>
#include <QUrl>

#include <functional>
#include <memory>

namespace graminsta::client
{

using Headers = QList<QPair<QByteArray, QByteArray>>;

// Opens the body anew for each attempt: a device of known size, open for reading.
using BodyOpener = std::function<Result<std::unique_ptr<QIODevice>>()>;

using Progress = std::function<void(qint64 sent, qint64 total)>;

// Takes the body of an answer piece by piece, as it comes. A failure of it ends the request with that error.
using BodySink = std::function<Result<>(int status, QByteArrayView piece)>;

struct HttpRequest {
    api::Verb verb = api::Verb::Get;
    QUrl url;
    Headers headers;
    QByteArray body;
    BodyOpener openBody; // instead of body, for what is too large for memory
    std::chrono::milliseconds idleTime { 20'000 }; // with no byte moving in either direction
    Deadline deadline = Deadline::after(std::chrono::seconds { 60 });
    qint64 maxReplyBytes = 8 << 20;
    Progress progress; // of the body sent
    BodySink sink; // for the body of a 200 or 206, which HttpReply then lacks and maxReplyBytes does not count
    CancelToken cancel;

    [[nodiscard]] bool isForSink(int status) const { return sink && (status == 200 || status == 206); }
};

struct HttpReply {
    int status = 0;
    Headers headers; // names in lower case
    QByteArray body;

    // The first header of that (lower case) name; empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

// Code in an Error of a transport: the request has not reached the server, so that anything may be sent again.
inline constexpr char kNotSentCode[] = "not_sent";

// For one thread, the one with the event loop. Callers keep it alive until their requests have ended.
class Transport
{
public:
    virtual ~Transport() = default;

    // Any answer with a status is a success here, redirections too (they are not followed). Fails with
    // Fault::Unavailable (no connection, or lost), Timeout, Cancelled, TooLarge (the reply). The error's `safe` text
    // is for a person. Never completes before it returns.
    [[nodiscard]] virtual QCoro::Task<Result<HttpReply>> send(HttpRequest request) = 0;
};

} // namespace graminsta::client
