// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of TransferReader and TransferWriter, and of statuses from the past, on both databases.
#include "testdatabase.h"

using namespace graminsta;
using namespace graminsta::test;
using entities::AccountExport;
using entities::AccountImport;
using entities::ArchiveState;

class tst_SqlTransfers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAnExport_data() { addDatabaseRows(); }
    void keepsAnExport();
    void keepsAnImport_data() { addDatabaseRows(); }
    void keepsAnImport();
    void keepsTheFirstProblems_data() { addDatabaseRows(); }
    void keepsTheFirstProblems();
    void knowsAnArchivedStatusOnce_data() { addDatabaseRows(); }
    void knowsAnArchivedStatusOnce();
    void restoresQuietly_data() { addDatabaseRows(); }
    void restoresQuietly();
    void listsNotes_data() { addDatabaseRows(); }
    void listsNotes();
};

namespace
{

AccountImport addImport(TestDatabase &database, AccountId account)
{
    AccountImport import;
    import.id = database.newId<ImportId>();
    import.accountId = account;
    import.createdAt = fromUnixMs(5);
    database.write([&](ports::WriteSet &writers) { return writers.transfers.insert(import); });
    return import;
}

} // namespace

void tst_SqlTransfers::keepsAnExport()
{
    TestDatabase database;
    if (!database.open())
        return;
    AccountExport row;
    row.id = database.newId<ExportId>();
    row.accountId = database.addAccount(QStringLiteral("ann")).id;
    row.createdAt = fromUnixMs(5);
    database.write([&](ports::WriteSet &writers) { return writers.transfers.insert(row); });
    QVERIFY(must(database->transfers().expired(fromUnixMs(1000), 5, kSoon)).isEmpty());
    row.state = ArchiveState::Done;
    row.archiveKey = QStringLiteral("a.zip");
    row.bytes = qint64 { 1 } << 40;
    row.statuses = 3;
    row.media = 4;
    row.finishedAt = fromUnixMs(6);
    row.expiresAt = fromUnixMs(100);
    database.write([&](ports::WriteSet &writers) { return writers.transfers.update(row); });
    const AccountExport read = must(database->transfers().exportById(row.id, kSoon));
    QVERIFY(read.state == ArchiveState::Done);
    QCOMPARE(read.archiveKey, row.archiveKey);
    QCOMPARE(read.bytes, row.bytes);
    QCOMPARE(read.statuses, 3);
    QCOMPARE(read.media, 4);
    QVERIFY(read.createdAt == row.createdAt && read.finishedAt == row.finishedAt && read.expiresAt == row.expiresAt);
    QCOMPARE(must(database->transfers().exports(row.accountId, {}, kSoon)).rows.size(), 1);
    QVERIFY(must(database->transfers().expired(fromUnixMs(100), 5, kSoon)).isEmpty());
    QCOMPARE(must(database->transfers().expired(fromUnixMs(101), 5, kSoon)).size(), 1);
    database.write([&](ports::WriteSet &writers) { return writers.transfers.remove(row.id); });
    QCOMPARE(database->transfers().exportById(row.id, kSoon).error().fault, Fault::NotFound);
    const Result<> late =
        database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) { return writers.transfers.update(row); });
    QCOMPARE(late.error().fault, Fault::NotFound);
}

void tst_SqlTransfers::keepsAnImport()
{
    TestDatabase database;
    if (!database.open())
        return;
    AccountImport import = addImport(database, database.addAccount(QStringLiteral("ann")).id);
    import.state = ArchiveState::Failed;
    import.verified = true;
    import.part = 6;
    import.position = 77;
    import.lastStatus = StatusId { 99 };
    import.counts[6] = { 70, 5, 2 };
    import.counts[10] = { 0, 0, 1 };
    import.error = QStringLiteral("torn");
    database.write([&](ports::WriteSet &writers) { return writers.transfers.update(import); });
    const AccountImport read = must(database->transfers().importById(import.id, kSoon));
    QVERIFY(read.state == ArchiveState::Failed && read.verified && !read.dryRun);
    QCOMPARE(read.part, 6);
    QCOMPARE(read.position, 77);
    QCOMPARE(read.lastStatus, StatusId { 99 });
    QVERIFY(read.counts == import.counts);
    QCOMPARE(read.error, QStringLiteral("torn"));
    QVERIFY(!read.finishedAt);
}

void tst_SqlTransfers::keepsTheFirstProblems()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountImport import = addImport(database, database.addAccount(QStringLiteral("ann")).id);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int i = 1; i <= 4; ++i)
            GI_TRY(writers.transfers.addProblem(import.id, { QStringLiteral("line %1").arg(i), QStringLiteral("why") },
                                                3));
        return {};
    });
    const QList<entities::ImportProblem> problems = must(database->transfers().problems(import.id, 10, kSoon));
    QCOMPARE(problems.size(), 3);
    QCOMPARE(problems.first().entry, QStringLiteral("line 1"));
    QCOMPARE(problems.last().entry, QStringLiteral("line 3"));
}

void tst_SqlTransfers::knowsAnArchivedStatusOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const QString origin = QStringLiteral("7 bob");
    const StatusId first = database.post(database.draft(ann)).id;
    const StatusId second = database.post(database.draft(ann)).id;
    const auto remember = [&](StatusId status) {
        return database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) {
            return writers.transfers.remember(ann, origin, { 1234, status });
        });
    };
    QVERIFY(remember(first));
    QCOMPARE(remember(second).error().fault, Fault::Conflict);
    const QList<ports::ImportedStatus> known = must(database->transfers().imported(ann, origin, { 1234, 5 }, kSoon));
    QCOMPARE(known.size(), 1);
    QCOMPARE(known.first().statusId, first);
    QVERIFY(must(database->transfers().imported(ann, QStringLiteral("8 bob"), { 1234 }, kSoon)).isEmpty());
    // One that is deleted may come again.
    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(first); });
    QVERIFY(remember(second));
}

void tst_SqlTransfers::restoresQuietly()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    entities::Status old = database.draft(ann, QStringLiteral("old #sea"));
    old.id = StatusId { 4711 };
    old.tags = { QStringLiteral("sea") };
    old.createdAt = fromUnixMs(1000);
    old.editedAt = fromUnixMs(2000);
    (void)database.takeEvents();
    database.write([&](ports::WriteSet &writers) { return writers.statuses.restore(old); });
    QVERIFY(database.takeEvents().isEmpty());
    const entities::Status read = must(database->statuses().byId(old.id, kSoon));
    QVERIFY(read.createdAt == old.createdAt && read.editedAt == old.editedAt);
    QCOMPARE(read.tags, old.tags);
    const Result<> again =
        database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) { return writers.statuses.restore(old); });
    QCOMPARE(again.error().fault, Fault::Conflict);
}

void tst_SqlTransfers::listsNotes()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const AccountId bob = database.addAccount(QStringLiteral("bob")).id;
    const AccountId eve = database.addAccount(QStringLiteral("eve")).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.relations.setNote(ann, bob, QStringLiteral("a friend")));
        GI_TRY(writers.relations.setNote(ann, eve, QStringLiteral("a pest")));
        return writers.relations.setNote(bob, ann, QStringLiteral("not hers"));
    });
    const QList<entities::ArchivedRelation> notes = must(database->transfers().notes(ann, {}, 10, kSoon));
    QCOMPARE(notes.size(), 2);
    QCOMPARE(notes.first().person.username, QStringLiteral("bob"));
    QCOMPARE(notes.first().note, QStringLiteral("a friend"));
    QCOMPARE(must(database->transfers().notes(ann, bob, 10, kSoon)).size(), 1);
}

QTEST_GUILESS_MAIN(tst_SqlTransfers)

#include "tst_sqltransfers.moc"
