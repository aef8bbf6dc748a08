// SPDX-License-Identifier: GPL-3.0-or-later
// Archives that are brought to an account.
#include "archives.h"
#include "suites.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Imports : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void bringsEveryFactToAnotherAccount();
    void bringsPostsToAnotherServer();
    void changesNothingTheSecondTime();
    void bringsNothingTwiceInParallel();
    void bringsBackWhatWasDeleted();
    void keepsWhatIsPrivatePrivate();
    void comesQuietly();
    void standsWhereItsDatesSay();
    void changesNothingInADryRun();
    void bringsHowOneStandsToOthers();
    void refusesWhatIsNoArchive();

private:
    Person m_ann;
    Person m_bob;
    Person m_eve;
};

void tst_Imports::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_eve = w.person();
}

void tst_Imports::bringsEveryFactToAnotherAccount()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    postOfAllKinds(w, ann);
    const QJsonObject report = imported(bob, archiveOf(ann));
    QCOMPARE(countsOf(report, "statuses"), QStringLiteral("7 0 0"));
    QVERIFY(report[QLatin1String("problems")].toArray().isEmpty());
    QCOMPARE(allFacts(bob, m_bob), allFacts(ann, m_ann));
    // Marks on one's own posts go along.
    QCOMPARE(bob.get("/api/v1/bookmarks").array().size(), 1);
    const QJsonObject newest = allOf(bob, m_bob).first().toObject();
    QCOMPARE(bob.get("/api/v1/statuses/" + newest[QLatin1String("id")].toString().toUtf8() + "/history").array().size(),
             2);
    QCOMPARE(w.client().get("/api/v1/accounts/" + m_bob.id.toUtf8()).object()[QLatin1String("statuses_count")].toInt(),
             7);
}

void tst_Imports::bringsPostsToAnotherServer()
{
    rig::HttpClient ann = w.client(m_ann);
    postOfAllKinds(w, ann);
    w.follow(ann, m_bob);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("ann.zip"));
    // By the operator's hand, beside the server.
    const Result<QByteArray> exported =
        w.server().run({ QStringLiteral("user"), QStringLiteral("export"), m_ann.username, QStringLiteral("--to"), file,
                         QStringLiteral("--json") });
    QVERIFY2(exported, exported ? "" : qPrintable(describe(exported.error())));
    QCOMPARE(QJsonDocument::fromJson(*exported)[QLatin1String("statuses_count")].toInt(), 7);
    // Nothing is written over.
    QVERIFY(!w.server().run(
        { QStringLiteral("user"), QStringLiteral("export"), m_ann.username, QStringLiteral("--to"), file }));

    rig::TestServer other;
    const Result<QByteArray> created =
        other.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                    QStringLiteral("ann"), QStringLiteral("--password-stdin") },
                  "correct horse\n");
    QVERIFY2(created, created ? "" : qPrintable(describe(created.error())));
    const Result<QByteArray> report = other.run(
        { QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("ann"), file, QStringLiteral("--json") });
    QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
    const QJsonObject counts = QJsonDocument::fromJson(*report).object();
    QCOMPARE(countsOf(counts, "statuses"), QStringLiteral("7 0 0"));
    // Whoever has the name of a friend there is somebody else.
    QCOMPARE(countsOf(counts, "following"), QStringLiteral("0 1 0"));
    QVERIFY(other.start());
    const rig::HttpClient there(other.url());
    const QJsonObject account = rig::HttpClient(other.url()).get("/api/v1/accounts/lookup?acct=ann").object();
    QCOMPARE(account[QLatin1String("statuses_count")].toInt(), 7);
    QCOMPARE(rig::HttpClient(other.url())
                 .get("/api/v1/accounts/" + account[QLatin1String("id")].toString().toUtf8() + "/statuses")
                 .array()
                 .size(),
             5); // without those that are not for everybody
    QVERIFY(other.stop());
}

void tst_Imports::changesNothingTheSecondTime()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    postOfAllKinds(w, ann);
    const QByteArray archive = archiveOf(ann);
    QCOMPARE(countsOf(imported(bob, archive), "statuses"), QStringLiteral("7 0 0"));
    const QJsonArray before = allOf(bob, m_bob);
    const QJsonObject again = imported(bob, archive);
    QCOMPARE(countsOf(again, "statuses"), QStringLiteral("0 7 0"));
    QCOMPARE(countsOf(again, "bookmarks"), QStringLiteral("0 1 0"));
    QCOMPARE(allOf(bob, m_bob), before);
    // Nor into the account that it is of.
    const QJsonArray own = allOf(ann, m_ann);
    QCOMPARE(countsOf(imported(ann, archive), "statuses"), QStringLiteral("0 7 0"));
    QCOMPARE(allOf(ann, m_ann), own);
}

void tst_Imports::bringsNothingTwiceInParallel()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    for (int i = 0; i < 6; ++i)
        (void)w.post(ann, QStringLiteral("post %1").arg(i),
                     { { QStringLiteral("media_ids"), QJsonArray { w.upload(ann) } } });
    const QByteArray archive = archiveOf(ann);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("ann.zip")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(archive) == archive.size());
    file.close();
    const HttpReply begun = bob.post(kImports, importBody(archive));
    GI_STATUS(begun, 200);
    // The same at the same time by another process.
    const Result<QByteArray> byHand = w.server().run({ QStringLiteral("user"), QStringLiteral("import"), m_bob.username,
                                                       file.fileName(), QStringLiteral("--json") });
    QVERIFY2(byHand, byHand ? "" : qPrintable(describe(byHand.error())));
    const QJsonObject byJob = overOf(bob, kImports + '/' + begun.text("id").toUtf8()).object();
    QCOMPARE(byJob[QLatin1String("state")].toString(), QStringLiteral("done"));
    QCOMPARE(allOf(bob, m_bob).size(), 6);
    const int together = countsOf(byJob, "statuses").section(QLatin1Char(' '), 0, 0).toInt()
        + countsOf(QJsonDocument::fromJson(*byHand).object(), "statuses").section(QLatin1Char(' '), 0, 0).toInt();
    QCOMPARE(together, 6);
}

void tst_Imports::bringsBackWhatWasDeleted()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString gone = w.postId(ann, QStringLiteral("gone, and back"));
    const QByteArray archive = archiveOf(ann);
    GI_STATUS(ann.del("/api/v1/statuses/" + gone.toUtf8()), 200);
    QCOMPARE(countsOf(imported(ann, archive), "statuses"), QStringLiteral("1 0 0"));
    const QJsonArray statuses = allOf(ann, m_ann);
    QCOMPARE(statuses.size(), 1);
    // Its old id could have been somebody's to choose.
    QVERIFY(statuses[0][QLatin1String("id")].toString() != gone);
}

void tst_Imports::keepsWhatIsPrivatePrivate()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    postOfAllKinds(w, ann);
    QCOMPARE(countsOf(imported(bob, archiveOf(ann)), "statuses"), QStringLiteral("7 0 0"));
    rig::HttpClient eve = w.client(m_eve);
    for (const auto &status : allOf(bob, m_bob)) {
        const QString visibility = status[QLatin1String("visibility")].toString();
        const bool isOpen = visibility == QLatin1String("public") || visibility == QLatin1String("unlisted");
        GI_STATUS(eve.get("/api/v1/statuses/" + status[QLatin1String("id")].toString().toUtf8()), isOpen ? 200 : 404);
    }
}

void tst_Imports::comesQuietly()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    rig::HttpClient eve = w.client(m_eve);
    w.follow(eve, m_bob);
    (void)w.postId(ann, QStringLiteral("hello @") + m_eve.username);
    const QByteArray archive = archiveOf(ann);
    GI_STATUS(eve.post("/api/v1/notifications/clear"), 200);
    const QString mark = w.postId(bob, QStringLiteral("the newest"));
    QCOMPARE(countsOf(imported(bob, archive), "statuses"), QStringLiteral("1 0 0"));
    QVERIFY(eve.get("/api/v1/notifications").array().isEmpty());
    // Who has read the timeline so far finds nothing new in it.
    QVERIFY(eve.get("/api/v1/timelines/home?since_id=" + mark.toUtf8()).array().isEmpty());
    QCOMPARE(eve.get("/api/v1/timelines/home").ids().size(), 2);
    // The name still means whom it meant.
    QCOMPARE(allOf(bob, m_bob).last()[QLatin1String("mentions")][0][QLatin1String("id")].toString(), m_eve.id);
}

void tst_Imports::standsWhereItsDatesSay()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString before = w.postId(bob, QStringLiteral("before"));
    for (int i = 0; i < 5; ++i)
        (void)w.postId(ann, QStringLiteral("between %1").arg(i));
    const QString after = w.postId(bob, QStringLiteral("after"));
    QCOMPARE(countsOf(imported(bob, archiveOf(ann)), "statuses"), QStringLiteral("5 0 0"));
    QStringList texts;
    QStringList ids;
    for (const auto &status : allOf(bob, m_bob)) {
        texts.append(
            status[QLatin1String("content")].toString().remove(QStringLiteral("<p>")).remove(QStringLiteral("</p>")));
        ids.append(status[QLatin1String("id")].toString());
    }
    QCOMPARE(texts,
             QStringList({ QStringLiteral("after"), QStringLiteral("between 4"), QStringLiteral("between 3"),
                           QStringLiteral("between 2"), QStringLiteral("between 1"), QStringLiteral("between 0"),
                           QStringLiteral("before") }));
    QCOMPARE(ids.first(), after);
    QCOMPARE(ids.last(), before);
    // Pages lead through them by their ids.
    QCOMPARE(bob.get("/api/v1/accounts/" + m_bob.id.toUtf8() + "/statuses?max_id=" + after.toUtf8() + "&limit=2").ids(),
             ids.mid(1, 2));
}

void tst_Imports::changesNothingInADryRun()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    postOfAllKinds(w, ann);
    const QByteArray archive = archiveOf(ann);
    const QJsonObject report = imported(bob, archive, true);
    QCOMPARE(report[QLatin1String("dry_run")].toBool(), true);
    QCOMPARE(countsOf(report, "statuses"), QStringLiteral("7 0 0"));
    QVERIFY(allOf(bob, m_bob).isEmpty());
    QCOMPARE(countsOf(imported(bob, archive), "statuses"), QStringLiteral("7 0 0"));
}

void tst_Imports::bringsHowOneStandsToOthers()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient eve = w.client(m_eve);
    rig::HttpClient bob = w.client(m_bob);
    const Person pest = w.person();
    w.follow(ann, m_eve);
    GI_STATUS(ann.post("/api/v1/accounts/" + pest.id.toUtf8() + "/block"), 200);
    GI_STATUS(ann.post("/api/v1/accounts/" + m_eve.id.toUtf8() + "/note", HttpBody::form({ { "comment", "kind" } })),
              200);
    const QByteArray liked = "/api/v1/statuses/" + w.postId(eve, QStringLiteral("nice")).toUtf8();
    GI_STATUS(ann.post(liked + "/favourite"), 200);
    GI_STATUS(eve.post("/api/v1/notifications/clear"), 200);
    GI_STATUS(ann.post("/api/v1/tags/sea/follow"), 200);
    GI_STATUS(
        ann.post("/api/v2/filters",
                 HttpBody::form(
                     { { "title", "cats" }, { "context[]", "home" }, { "keywords_attributes[0][keyword]", "cat" } })),
        200);
    const QByteArray archive = archiveOf(ann);
    for (const char *expected : { "1 0 0", "0 1 0" }) {
        const QJsonObject report = imported(bob, archive);
        for (const char *part : { "following", "blocks", "notes", "favourites", "followed_tags", "filters" })
            QCOMPARE(countsOf(report, part), QString::fromLatin1(expected));
    }
    const QJsonArray standings =
        bob.get("/api/v1/accounts/relationships?id[]=" + m_eve.id.toUtf8() + "&id[]=" + pest.id.toUtf8()).array();
    QCOMPARE(standings[0][QLatin1String("following")].toBool(), true);
    QCOMPARE(standings[0][QLatin1String("note")].toString(), QStringLiteral("kind"));
    QCOMPARE(standings[1][QLatin1String("blocking")].toBool(), true);
    QCOMPARE(bob.get("/api/v2/filters").array().size(), 1);
    QCOMPARE(bob.get(liked).object()[QLatin1String("favourites_count")].toInt(), 2);
    // A like that was given long ago is no news.
    for (const auto &told : eve.get("/api/v1/notifications").array())
        QCOMPARE(told[QLatin1String("type")].toString(), QStringLiteral("follow"));
}

void tst_Imports::refusesWhatIsNoArchive()
{
    rig::HttpClient bob = w.client(m_bob);
    GI_STATUS(bob.post(kImports), 422);
    for (const QByteArray &bytes : { QByteArray("hello"), w.photo(), QByteArray("PK\x05\x06").append(18, '\0') }) {
        const HttpReply refused = bob.post(kImports, importBody(bytes));
        GI_STATUS(refused, 422);
        QVERIFY(refused.text("error").startsWith(QStringLiteral("Validation failed: ")));
    }
    QVERIFY(bob.get(kImports).array().isEmpty());
}

SuitePointer makeImportsSuite(World &world)
{
    return std::make_unique<tst_Imports>(world);
}

} // namespace graminsta::api_test

#include "tst_imports.moc"
