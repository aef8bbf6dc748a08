// SPDX-License-Identifier: GPL-3.0-or-later
#include "transfers.h"

#include "paging.h"

namespace graminsta::sql
{

using entities::AccountExport;
using entities::AccountImport;
using entities::ImportProblem;
using entities::ItemCounts;
using entities::Page;
using entities::PageRequest;
using ports::ImportedStatus;

namespace
{

const QByteArray kExports = "SELECT id, account_id, state, archive_key, bytes, statuses, media, error, created_at,"
                            " finished_at, expires_at FROM account_exports ";
const QByteArray kExportById = kExports + "WHERE id = ?1";
const PagedSql kExportPage(kExports + "WHERE account_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");
const QByteArray kExpired = kExports + "WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
const QByteArray kInsertExport =
    "INSERT INTO account_exports (id, account_id, state, archive_key, bytes, statuses, media, error, created_at,"
    " finished_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const QByteArray kUpdateExport = "UPDATE account_exports SET state = ?2, archive_key = ?3, bytes = ?4, statuses = ?5,"
                                 " media = ?6, error = ?7, finished_at = ?8, expires_at = ?9 WHERE id = ?1";
const QByteArray kExportKey = "SELECT archive_key FROM account_exports WHERE id = ?1";
const QByteArray kRemoveExport = "DELETE FROM account_exports WHERE id = ?1";

const QByteArray kImports = "SELECT id, account_id, state, dry_run, archive_key, verified, part, position,"
                            " last_status_id, counts, error, created_at, finished_at FROM account_imports ";
const QByteArray kImportById = kImports + "WHERE id = ?1";
const PagedSql kImportPage(kImports + "WHERE account_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id {order} LIMIT ?4");
const QByteArray kInsertImport =
    "INSERT INTO account_imports (id, account_id, state, dry_run, archive_key, verified, part, position,"
    " last_status_id, counts, error, created_at, finished_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
const QByteArray kUpdateImport = "UPDATE account_imports SET state = ?2, archive_key = ?3, verified = ?4, part = ?5,"
                                 " position = ?6, last_status_id = ?7, counts = ?8, error = ?9, finished_at = ?10"
                                 " WHERE id = ?1";
const QByteArray kImportKey = "SELECT archive_key FROM account_imports WHERE id = ?1";
const QByteArray kRemoveImport = "DELETE FROM account_imports WHERE id = ?1";
const QByteArray kProblems = "SELECT entry, reason FROM import_problems WHERE import_id = ?1 ORDER BY number LIMIT ?2";
const QByteArray kAddProblem =
    "INSERT INTO import_problems (import_id, number, entry, reason)"
    " SELECT CAST(?1 AS bigint), coalesce(max(number), 0) + 1, CAST(?2 AS text), CAST(?3 AS text)"
    " FROM import_problems WHERE import_id = ?1 HAVING coalesce(max(number), 0) < ?4";

const QByteArray kImported = "SELECT archived_id, status_id FROM imported_statuses WHERE account_id = ?1"
                             " AND origin = ?2 AND archived_id {in ?3}";
const QByteArray kRemember = "INSERT INTO imported_statuses (account_id, origin, archived_id, status_id)"
                             " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
const QByteArray kNotes = "SELECT n.target_id, a.username, n.note FROM account_notes n JOIN accounts a"
                          " ON a.id = n.target_id WHERE n.account_id = ?1 AND n.target_id > ?2"
                          " ORDER BY n.target_id LIMIT ?3";
const QByteArray kLock = "SELECT account_id FROM users WHERE account_id = ?1 {for update}";

std::optional<Timestamp> timeIn(const Row &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.time(column));
}

AccountExport exportOf(const Row &row)
{
    AccountExport made;
    made.id = row.id<ExportId>(0);
    made.accountId = row.id<AccountId>(1);
    made.state = row.enumerator<entities::ArchiveState>(2);
    made.archiveKey = row.text(3);
    made.bytes = row.integer(4);
    made.statuses = row.integer(5);
    made.media = row.integer(6);
    made.error = row.text(7);
    made.createdAt = row.time(8);
    made.finishedAt = timeIn(row, 9);
    made.expiresAt = timeIn(row, 10);
    return made;
}

QString packCounts(const AccountImport &import)
{
    QStringList lines;
    for (const ItemCounts &counts : import.counts)
        lines.append(QStringLiteral("%1 %2 %3").arg(counts.imported).arg(counts.skipped).arg(counts.failed));
    return lines.join(QLatin1Char('\n'));
}

void unpackCounts(const QString &text, AccountImport &import)
{
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (size_t part = 0; part < import.counts.size(); ++part) {
        const QStringList numbers = lines.value(int(part)).split(QLatin1Char(' '));
        import.counts[part] = { numbers.value(0).toLongLong(), numbers.value(1).toLongLong(),
                                numbers.value(2).toLongLong() };
    }
}

AccountImport importOf(const Row &row)
{
    AccountImport import;
    import.id = row.id<ImportId>(0);
    import.accountId = row.id<AccountId>(1);
    import.state = row.enumerator<entities::ArchiveState>(2);
    import.dryRun = row.flag(3);
    import.archiveKey = row.text(4);
    import.verified = row.flag(5);
    import.part = int(row.integer(6));
    import.position = row.integer(7);
    import.lastStatus = row.id<StatusId>(8);
    unpackCounts(row.text(9), import);
    import.error = row.text(10);
    import.createdAt = row.time(11);
    import.finishedAt = timeIn(row, 12);
    return import;
}

Error notThere()
{
    return makeError(Fault::NotFound, QStringLiteral("Record not found"));
}

} // namespace

Result<AccountExport> SqlTransfers::exportById(ExportId id, const Deadline &deadline) const
{
    return m_executor.one<AccountExport>(kExportById, Bindings(id), deadline, exportOf, notThere().safe);
}

Result<AccountImport> SqlTransfers::importById(ImportId id, const Deadline &deadline) const
{
    return m_executor.one<AccountImport>(kImportById, Bindings(id), deadline, importOf, notThere().safe);
}

Result<Page<AccountExport>> SqlTransfers::exports(AccountId account, const PageRequest &page,
                                                  const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<AccountExport>(m_executor, kExportPage, window,
                                   Bindings(account, window.low, window.high, window.limit), deadline, exportOf,
                                   [](const AccountExport &row) { return row.id.number(); });
}

Result<Page<AccountImport>> SqlTransfers::imports(AccountId account, const PageRequest &page,
                                                  const Deadline &deadline) const
{
    const PageWindow window(page);
    return readPage<AccountImport>(m_executor, kImportPage, window,
                                   Bindings(account, window.low, window.high, window.limit), deadline, importOf,
                                   [](const AccountImport &row) { return row.id.number(); });
}

Result<QList<ImportProblem>> SqlTransfers::problems(ImportId id, int limit, const Deadline &deadline) const
{
    return m_executor.list<ImportProblem>(kProblems, Bindings(id, limit), deadline, [](const Row &row) {
        return ImportProblem { row.text(0), row.text(1) };
    });
}

Result<QList<ImportedStatus>> SqlTransfers::imported(AccountId account, const QString &origin,
                                                     const QList<qint64> &archivedIds, const Deadline &deadline) const
{
    return m_executor.list<ImportedStatus>(kImported, Bindings(account, origin, archivedIds), deadline,
                                           [](const Row &row) {
                                               return ImportedStatus { row.integer(0), row.id<StatusId>(1) };
                                           });
}

Result<QList<entities::ArchivedRelation>> SqlTransfers::notes(AccountId account, AccountId after, int limit,
                                                              const Deadline &deadline) const
{
    return m_executor.list<entities::ArchivedRelation>(kNotes, Bindings(account, after.number(), limit), deadline,
                                                       [](const Row &row) {
                                                           entities::ArchivedRelation note;
                                                           note.person = { row.id<AccountId>(0), row.text(1) };
                                                           note.note = row.text(2);
                                                           return note;
                                                       });
}

Result<QList<AccountExport>> SqlTransfers::expired(Timestamp now, int limit, const Deadline &deadline) const
{
    return m_executor.list<AccountExport>(kExpired, Bindings(now, limit), deadline, exportOf);
}

Result<> SqlTransfers::changeKey(const QByteArray &select, qint64 row, const QString &key)
{
    const QString before =
        GI_TRY(m_executor.first<QString>(select, Bindings(row), m_executor.deadline(), [](const Row &found) {
            return found.text(0);
        })).value_or(key);
    if (before == key)
        return {};
    if (!key.isEmpty())
        GI_TRY(m_blobs->countUp(ports::MediaArea::Private, { key }));
    return before.isEmpty() ? Result<>() : m_blobs->countDown(ports::MediaArea::Private, { before }, row);
}

Result<> SqlTransfers::lock(AccountId account)
{
    GI_TRY(m_executor.query(kLock, Bindings(account), m_executor.deadline(), {}));
    return {};
}

Result<> SqlTransfers::insert(const AccountExport &row)
{
    GI_TRY(m_executor.change(kInsertExport,
                             Bindings(row.id, row.accountId, row.state, row.archiveKey, row.bytes, row.statuses,
                                      row.media, row.error, row.createdAt, row.finishedAt, row.expiresAt)));
    return row.archiveKey.isEmpty() ? Result<>() : m_blobs->countUp(ports::MediaArea::Private, { row.archiveKey });
}

Result<> SqlTransfers::update(const AccountExport &row)
{
    GI_TRY(changeKey(kExportKey, row.id.number(), row.archiveKey));
    const qint64 changed = GI_TRY(m_executor.change(kUpdateExport,
                                                    Bindings(row.id, row.state, row.archiveKey, row.bytes, row.statuses,
                                                             row.media, row.error, row.finishedAt, row.expiresAt)));
    return changed == 0 ? Result<>(notThere()) : Result<>();
}

Result<> SqlTransfers::remove(ExportId id)
{
    GI_TRY(changeKey(kExportKey, id.number(), {}));
    GI_TRY(m_executor.change(kRemoveExport, Bindings(id)));
    return {};
}

Result<> SqlTransfers::insert(const AccountImport &row)
{
    GI_TRY(m_executor.change(kInsertImport,
                             Bindings(row.id, row.accountId, row.state, row.dryRun, row.archiveKey, row.verified,
                                      row.part, row.position, row.lastStatus, packCounts(row), row.error, row.createdAt,
                                      row.finishedAt)));
    return row.archiveKey.isEmpty() ? Result<>() : m_blobs->countUp(ports::MediaArea::Private, { row.archiveKey });
}

Result<> SqlTransfers::update(const AccountImport &row)
{
    GI_TRY(changeKey(kImportKey, row.id.number(), row.archiveKey));
    const qint64 changed =
        GI_TRY(m_executor.change(kUpdateImport,
                                 Bindings(row.id, row.state, row.archiveKey, row.verified, row.part, row.position,
                                          row.lastStatus, packCounts(row), row.error, row.finishedAt)));
    return changed == 0 ? Result<>(notThere()) : Result<>();
}

Result<> SqlTransfers::remove(ImportId id)
{
    GI_TRY(changeKey(kImportKey, id.number(), {}));
    GI_TRY(m_executor.change(kRemoveImport, Bindings(id)));
    return {};
}

Result<> SqlTransfers::addProblem(ImportId id, const ImportProblem &problem, int most)
{
    GI_TRY(m_executor.change(kAddProblem, Bindings(id, problem.entry, problem.reason, most)));
    return {};
}

Result<> SqlTransfers::remember(AccountId account, const QString &origin, const ImportedStatus &imported)
{
    const qint64 added =
        GI_TRY(m_executor.change(kRemember, Bindings(account, origin, imported.archivedId, imported.statusId)));
    if (added == 0)
        return makeError(Fault::Conflict, QStringLiteral("This post of the archive is here already"));
    return {};
}

} // namespace graminsta::sql
