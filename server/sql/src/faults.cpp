// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.h"

#include <sqlite3.h>

namespace graminsta::sql
{

namespace
{

// The code that the ports promise for a taken name; `where` names the constraint or the column.
Error takenError(const QByteArray &where, const QString &detail)
{
    QString code;
    QString safe = QStringLiteral("It exists already");
    if (where.contains("username_folded")) {
        code = QStringLiteral("username");
        safe = QStringLiteral("This username is taken");
    } else if (where.contains("email_folded")) {
        code = QStringLiteral("email");
        safe = QStringLiteral("This e-mail address is taken");
    }
    return Error { Fault::Conflict, safe, detail, code };
}

Error missingReferenceError(const QString &detail)
{
    return makeError(Fault::NotFound, QStringLiteral("What this refers to does not exist, or was removed meanwhile"),
                     detail);
}

Error defectError(const QString &detail)
{
    return makeError(Fault::Internal, QStringLiteral("The database has refused what the server asked of it"), detail);
}

} // namespace

DatabaseError sqliteError(int extendedCode, const QByteArray &message)
{
    const QString detail = QStringLiteral("SQLite %1: %2").arg(extendedCode).arg(QString::fromUtf8(message));
    switch (extendedCode) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return { Failure::Statement, takenError(message, detail) };
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return { Failure::Statement, missingReferenceError(detail) };
    default:
        break;
    }
    switch (extendedCode & 0xff) {
    case SQLITE_INTERRUPT:
        return { Failure::Statement, timeoutError() };
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return { Failure::Conflict, unavailableError(detail) };
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
        return { Failure::Statement, unavailableError(detail) };
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return { Failure::Statement,
                 makeError(Fault::Internal, QStringLiteral("The database file is damaged"), detail) };
    default:
        return { Failure::Statement, defectError(detail) };
    }
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html
DatabaseError postgresError(const QByteArray &state, const QByteArray &message, const QByteArray &constraint)
{
    const QString detail =
        QStringLiteral("PostgreSQL %1: %2").arg(QString::fromUtf8(state), QString::fromUtf8(message).trimmed());
    const QByteArray kind = state.left(2);
    if (state.isEmpty() || kind == "08" || (kind == "57" && state.startsWith("57P")))
        return { Failure::Lost, unavailableError(detail) };
    if (state == "23505")
        return { Failure::Statement, takenError(constraint, detail) };
    if (state == "23503")
        return { Failure::Statement, missingReferenceError(detail) };
    if (state == "40001" || state == "40P01")
        return { Failure::Conflict, unavailableError(detail) };
    if (state == "57014")
        return { Failure::Statement, timeoutError() };
    if (kind == "53" || kind == "28" || state == "25006" || state == "55P03")
        return { Failure::Statement, unavailableError(detail) };
    return { Failure::Statement, defectError(detail) };
}

Error timeoutError()
{
    return makeError(Fault::Timeout, QStringLiteral("The database took too long"));
}

Error unavailableError(const QString &detail)
{
    return makeError(Fault::Unavailable, QStringLiteral("The database does not answer now; please try again"), detail);
}

Error unknownOutcomeError(const QString &detail)
{
    return makeError(Fault::Unavailable,
                     QStringLiteral("The connection to the database was lost while saving: it may or may not have "
                                    "happened. Please look before you try again"),
                     detail);
}

} // namespace graminsta::sql
