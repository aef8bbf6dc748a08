// SPDX-License-Identifier: GPL-3.0-or-later
#include "connection.h"

#include <graminsta/sql/querycounter.h>

#include <algorithm>

namespace graminsta::sql
{

namespace
{

thread_local qint64 queries = 0;

bool holdsNul(const Binding &binding)
{
    if (const Text *text = std::get_if<Text>(&binding))
        return text->utf8.contains('\0');
    if (const QStringList *texts = std::get_if<QStringList>(&binding))
        return std::any_of(texts->begin(), texts->end(), [](const QString &text) { return text.contains(QChar()); });
    return false;
}

} // namespace

qint64 queriesByThisThread()
{
    return queries;
}

Result<qint64> Connection::run(const QByteArray &sql, const Bindings &bindings, const Deadline &deadline,
                               const RowVisitor &visitor)
{
    m_lastFailure = Failure::None;
    if (deadline.expired())
        return failed({ Failure::Statement, timeoutError() });
    if (std::any_of(bindings.begin(), bindings.end(), holdsNul)) {
        return failed({ Failure::Statement,
                        makeError(Fault::Invalid, QStringLiteral("Text must not hold the character U+0000")) });
    }
    ++queries;
    return doRun(sql, bindings, deadline, visitor);
}

Result<> Connection::runScript(const QByteArray &sql, const Deadline &deadline)
{
    m_lastFailure = Failure::None;
    return doRunScript(sql, deadline);
}

Error Connection::failed(DatabaseError error)
{
    m_lastFailure = error.failure;
    m_isLost = m_isLost || error.failure == Failure::Lost;
    return std::move(error.error);
}

} // namespace graminsta::sql
