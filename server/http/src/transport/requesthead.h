// SPDX-License-Identifier: GPL-3.0-or-later
// The head of a request, read strictly (RFC 9112): whatever two readers could understand in two ways is refused, which
// is what request smuggling lives on. Plain functions; thread-safe.
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

#include <optional>

namespace graminsta::http
{

// Why a request is refused before anybody has handled it.
enum class Refusal {
    BadRequest, // 400
    RequestTimeout, // 408
    LengthRequired, // 411
    UriTooLong, // 414
    ExpectationFailed, // 417
    HeadersTooLarge, // 431
    VersionNotSupported, // 505
};

[[nodiscard]] int refusalStatus(Refusal refusal);

struct RequestHead {
    QByteArray method;
    QByteArray target; // as sent; begins with one slash, or is "*"
    QList<QPair<QByteArray, QByteArray>> headers; // names in lower case, in order, repeated ones kept
    qint64 contentLength = 0;
    bool closeAfter = false; // HTTP/1.0 without keep-alive, or Connection: close
    bool expectsContinue = false;

    // The first of that (lower case) name; empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] bool isHead() const { return method == "HEAD"; }
    // The target up to the question mark, and what follows it.
    [[nodiscard]] QByteArrayView path() const;
    [[nodiscard]] QByteArrayView query() const;
};

struct HeadLimits {
    int maxRequestLine = 8 * 1024;
    int maxHeaderBytes = 32 * 1024;
    int maxHeaderCount = 100;
};

// Where a head ends in `input` (one past its blank line): nothing as long as more must come, or why it never will be
// one. `scanned` is how much of `input` an earlier call has seen already.
struct HeadEnd {
    qsizetype begin = 0; // after the empty lines that RFC 9112 section 2.2 tolerates
    qsizetype end = 0;
};
struct HeadSearch {
    std::optional<HeadEnd> found;
    std::optional<Refusal> refusal;
};
[[nodiscard]] HeadSearch findHead(QByteArrayView input, qsizetype scanned, const HeadLimits &limits);

// Reads what findHead() has found. `head` holds what was understood until a refusal, so that it can be answered and
// logged by its path.
[[nodiscard]] std::optional<Refusal> parseHead(QByteArrayView text, const HeadLimits &limits, RequestHead &head);

} // namespace graminsta::http
