// SPDX-License-Identifier: GPL-3.0-or-later
// What can go wrong, said without the words of any protocol: one place (server/http) maps a Fault to an HTTP status.
#pragma once

#include <QString>

namespace graminsta
{

enum class Fault {
    NotFound, // there is no such thing, or the viewer may not know of it
    Conflict, // it exists already, or changed meanwhile
    Invalid, // the request cannot be understood (a parameter is missing or malformed)
    Unprocessable, // understood, but the content breaks a rule (validation)
    Unauthorized, // nobody is signed in, or the token is not valid
    Forbidden, // known, but not allowed
    Gone, // was there and has been removed for good
    TooLarge, // over a limit of size
    UnsupportedType, // a kind of content that is not accepted
    RateLimited, // too often
    Unavailable, // a part that is needed does not answer now; trying again may help
    Timeout, // the deadline passed
    Cancelled, // whoever asked has withdrawn
    Internal, // a defect of ours
};

// std::source_location, which clang 14 lacks the built-in for. current() as a default argument is the caller's place.
class SourceLocation
{
public:
    [[nodiscard]] static constexpr SourceLocation current(const char *file = __builtin_FILE(),
                                                          int line = __builtin_LINE())
    {
        return SourceLocation { file, line };
    }

    [[nodiscard]] constexpr const char *file_name() const { return m_file; }
    [[nodiscard]] constexpr int line() const { return m_line; }

private:
    constexpr SourceLocation(const char *file, int line)
        : m_file(file)
        , m_line(line)
    {
    }

    const char *m_file;
    int m_line;
};

// An error with three faces: `safe` may be shown to whoever asked, `detail` is only logged, `code` is the stable
// machine-readable word that a protocol asks for (OAuth's "invalid_grant"), empty where there is none.
struct Error {
    Fault fault = Fault::Internal;
    QString safe;
    QString detail;
    QString code;
    SourceLocation where = SourceLocation::current();
};

[[nodiscard]] inline Error makeError(Fault fault, QString safe, QString detail = {},
                                     SourceLocation where = SourceLocation::current())
{
    return Error { fault, std::move(safe), std::move(detail), {}, where };
}

// As makeError(), with the protocol's own word for the error (RFC 6749 section 5.2 for OAuth).
[[nodiscard]] inline Error makeCodedError(Fault fault, QString code, QString safe,
                                          SourceLocation where = SourceLocation::current())
{
    return Error { fault, std::move(safe), {}, std::move(code), where };
}

// The name of the fault in lower case words, for logs.
[[nodiscard]] QString faultName(Fault fault);

// One line with everything, for the log only: it may hold what users must not see.
[[nodiscard]] QString describe(const Error &error);

} // namespace graminsta
