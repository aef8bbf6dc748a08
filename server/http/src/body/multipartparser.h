// SPDX-License-Identifier: GPL-3.0-or-later
// multipart/form-data (RFC 7578) as it arrives: any split of the input gives the same parts, and never more than a
// part's headers or one boundary is held back. Not thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QByteArrayMatcher>

#include <optional>

namespace graminsta::http
{

struct PartHead {
    QByteArray name;
    std::optional<QByteArray> fileName; // there is one: a file, even if it is empty
    QByteArray contentType;
};

// Who gets the parts. An error stops the parser and is handed on.
class PartReceiver
{
public:
    virtual ~PartReceiver() = default;
    virtual Result<> beginPart(const PartHead &head) = 0;
    virtual Result<> partData(QByteArrayView piece) = 0;
    virtual Result<> endPart() = 0;
};

class MultipartParser
{
public:
    // The boundary of a Content-Type header; nothing if it is no multipart/form-data or has none that is allowed.
    [[nodiscard]] static std::optional<QByteArray> boundaryOf(const QByteArray &contentType);

    MultipartParser(const QByteArray &boundary, PartReceiver &receiver);

    // Fault::Invalid for what is no multipart; the receiver's error as it is. Not to be called again after an error.
    [[nodiscard]] Result<> feed(QByteArrayView piece);
    // The input has ended: Fault::Invalid if the closing boundary has not come.
    [[nodiscard]] Result<> finish() const;

private:
    enum class State { Preamble, AfterBoundary, Head, Data, Epilogue };
    enum class Step { GoOn, NeedMore };

    [[nodiscard]] Result<Step> preamble();
    [[nodiscard]] Result<Step> afterBoundary();
    [[nodiscard]] Result<Step> head();
    [[nodiscard]] Result<Step> data();
    [[nodiscard]] Result<> handOn(qsizetype size);

    PartReceiver &m_receiver;
    const QByteArray m_delimiter; // CRLF, two dashes, the boundary
    const QByteArrayMatcher m_matcher;
    QByteArray m_buffer;
    State m_state = State::Preamble;
    int m_parts = 0;
    bool m_atHeadEnd = false; // m_buffer still begins with the CRLF of the blank line
};

// A parameter of a header value, as in `form-data; name="a"`; nothing if it has none.
[[nodiscard]] std::optional<QByteArray> headerParameter(QByteArrayView value, QByteArrayView name);

} // namespace graminsta::http
