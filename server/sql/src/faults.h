// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that knows the databases' error codes: no code of a driver goes further up. Thread-safe.
#pragma once

#include <graminsta/core/error.h>

#include <QByteArray>

namespace graminsta::sql
{

// What a failure means for the transaction and the connection.
enum class Failure {
    None,
    Statement, // this statement is wrong or not allowed: again would fail again
    Conflict, // another transaction was in the way: the transaction may be tried again
    Lost, // the connection is gone
};

struct DatabaseError {
    Failure failure = Failure::Statement;
    Error error;
};

// `extendedCode` as of sqlite3_extended_errcode().
[[nodiscard]] DatabaseError sqliteError(int extendedCode, const QByteArray &message);
// `constraint`: the name of the violated one, if any. An empty `state` means that no answer came.
[[nodiscard]] DatabaseError postgresError(const QByteArray &state, const QByteArray &message,
                                          const QByteArray &constraint);

[[nodiscard]] Error timeoutError();
[[nodiscard]] Error unavailableError(const QString &detail);
// After COMMIT was sent and no answer came.
[[nodiscard]] Error unknownOutcomeError(const QString &detail);

} // namespace graminsta::sql
