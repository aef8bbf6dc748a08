// SPDX-License-Identifier: GPL-3.0-or-later
// The versions of edited statuses.
#include "statuses.h"

#include "textcolumns.h"

namespace graminsta::sql
{

using entities::StatusEdit;

namespace
{

const QByteArray kAdd = "INSERT INTO status_edits (id, status_id, text, spoiler_text, sensitive, media, created_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const QByteArray kList = "SELECT id, status_id, text, spoiler_text, sensitive, media, created_at FROM status_edits"
                         " WHERE status_id = ?1 ORDER BY id LIMIT ?2";

StatusEdit editOf(const Row &row)
{
    return { row.id<StatusEditId>(0),         row.id<StatusId>(1), row.text(2), row.text(3), row.flag(4),
             unpackDescriptions(row.utf8(5)), row.time(6) };
}

} // namespace

Result<QList<StatusEdit>> SqlStatuses::edits(StatusId id, int limit, const Deadline &deadline) const
{
    return m_executor.list<StatusEdit>(kList, Bindings(id, limit), deadline, editOf);
}

Result<> SqlStatuses::addEdit(const StatusEdit &edit)
{
    GI_TRY(m_executor.change(kAdd,
                             Bindings(edit.id, edit.statusId, edit.text, edit.spoilerText, edit.sensitive,
                                      packDescriptions(edit.media), edit.createdAt)));
    return {};
}

} // namespace graminsta::sql
