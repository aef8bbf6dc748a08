// SPDX-License-Identifier: GPL-3.0-or-later
// Where the body of a request goes while it comes, at endpoints that take it so (api::BodyClass::Stream). There the
// handler is called before the body: it answers, and the body is not wanted, or gives a Response with a sink.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/http/response.h>

#include <QByteArrayView>

namespace graminsta::http
{

// Used by one thread at a time, as the request is.
class BodySink
{
public:
    // The request has ended, perhaps in the middle of its body: what was taken is the sink's to keep or to forget.
    virtual ~BodySink() = default;

    // The next piece, on the event loop: it may write to a file, and waits for nothing else. After an error the rest is
    // refused.
    [[nodiscard]] virtual Result<> take(QByteArrayView piece) = 0;
    // All of the body has come. Once, on a worker: the answer to the request.
    [[nodiscard]] virtual Result<Response> finish(const Deadline &deadline) = 0;

    BodySink(const BodySink &) = delete;
    BodySink &operator=(const BodySink &) = delete;

protected:
    BodySink() = default;
};

} // namespace graminsta::http
