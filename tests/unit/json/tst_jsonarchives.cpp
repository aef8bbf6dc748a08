// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/archives.h>
#include <graminsta/json/decode.h>

#include <QJsonDocument>
#include <QTest>

using namespace graminsta;

namespace
{

QJsonObject objectOf(const QByteArray &document)
{
    return QJsonDocument::fromJson(document).object();
}

QJsonArray arrayOf(const QByteArray &document)
{
    return QJsonDocument::fromJson(document).array();
}

model::AccountExport madeExport()
{
    model::AccountExport made;
    made.id = QStringLiteral("115000000000000001");
    made.state = QStringLiteral("done");
    made.bytes = 5'368'709'120;
    made.statusesCount = 1200;
    made.mediaCount = 1534;
    made.url = QStringLiteral("https://photos.example/api/graminsta/v1/account/exports/115000000000000001/file");
    made.createdAt = fromUnixMs(1'764'537'484'120);
    made.finishedAt = fromUnixMs(1'764'537'500'000);
    made.expiresAt = fromUnixMs(1'765'142'300'000);
    return made;
}

model::AccountImport shownImport()
{
    model::AccountImport import;
    import.id = QStringLiteral("115000000000000002");
    import.state = QStringLiteral("working");
    import.dryRun = true;
    import.step = QStringLiteral("statuses");
    import.position = 20;
    import.counts = { { QStringLiteral("blocks"), 2, 1, 0 }, { QStringLiteral("statuses"), 18, 0, 2 } };
    import.problems = { { QStringLiteral("statuses.jsonl line 12"), QStringLiteral("It is dated 2090") } };
    import.createdAt = fromUnixMs(1'764'537'484'120);
    return import;
}

} // namespace

class TestJsonArchives : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsBackWhatIsWritten();
    void tellsNoProblemsFromProblemsNotSaid();
    void namesWhatIsMissing();
    void leavesOutTheEntryThatCannotBeRead();
};

void TestJsonArchives::readsBackWhatIsWritten()
{
    QCOMPARE(*json::decodeAccountExport(objectOf(json::encode(madeExport()))), madeExport());
    QCOMPARE(*json::decodeAccountImport(objectOf(json::encode(shownImport()))), shownImport());
    const QList<model::AccountExport> exports { madeExport(), madeExport() };
    QCOMPARE(json::decodeAccountExports(arrayOf(json::encode(exports))), exports);
    const QList<model::AccountImport> imports { shownImport() };
    QCOMPARE(json::decodeAccountImports(arrayOf(json::encode(imports))), imports);
}

void TestJsonArchives::tellsNoProblemsFromProblemsNotSaid()
{
    model::AccountImport import = shownImport();
    import.problems = QList<model::ImportProblem> {};
    QCOMPARE(json::decodeAccountImport(objectOf(json::encode(import)))->problems, import.problems);
    import.problems.reset();
    QCOMPARE(json::decodeAccountImport(objectOf(json::encode(import)))->problems, import.problems);
}

void TestJsonArchives::namesWhatIsMissing()
{
    const Result<model::AccountExport> made = json::decodeAccountExport(objectOf(R"({"id":"1"})"));
    QVERIFY(!made);
    QVERIFY(made.error().detail.contains(QLatin1String("state")));
    QVERIFY(!json::decodeAccountImport(objectOf(R"({"state":"done"})")));
}

void TestJsonArchives::leavesOutTheEntryThatCannotBeRead()
{
    const QList<model::AccountExport> read = json::decodeAccountExports(arrayOf(
        R"([{"id":"1","state":"done","bytes":null},{"state":"done"},7,{"id":3,"state":"failed","error":"x"}])"));
    QCOMPARE(read.size(), 2);
    QCOMPARE(read.first().bytes, 0);
    QCOMPARE(read.last().id, QStringLiteral("3"));
    QCOMPARE(read.last().error, QStringLiteral("x"));
}

QTEST_APPLESS_MAIN(TestJsonArchives)
#include "tst_jsonarchives.moc"
