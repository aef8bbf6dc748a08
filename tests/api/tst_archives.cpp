// SPDX-License-Identifier: GPL-3.0-or-later
// One's account as an archive, out and in.
#include "suites.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

constexpr int kSoonMs = 60'000;
const QByteArray kExports = "/api/graminsta/v1/account/exports";
const QByteArray kImports = "/api/graminsta/v1/account/imports";

// Waits until it is over.
HttpReply overOf(rig::HttpClient &http, const QByteArray &path)
{
    HttpReply reply;
    (void)QTest::qWaitFor(
        [&] {
            reply = http.get(path);
            return reply.status != 200 || reply.text("state") != QLatin1String("working");
        },
        kSoonMs);
    return reply;
}

// The archive of whoever `http` is.
QByteArray archiveOf(rig::HttpClient &http)
{
    const HttpReply asked = http.post(kExports);
    const HttpReply over = overOf(http, kExports + '/' + asked.text("id").toUtf8());
    return http.get(QUrl(over.text("url")).path().toUtf8()).body;
}

HttpBody importBody(const QByteArray &archive, bool dryRun = false)
{
    return HttpBody::multipart({ { "dry_run", dryRun ? "true" : "false" },
                                 { "file", archive, "archive.zip", "application/zip" } });
}

// The report of an import that is over.
QJsonObject imported(rig::HttpClient &http, const QByteArray &archive, bool dryRun = false)
{
    const HttpReply begun = http.post(kImports, importBody(archive, dryRun));
    if (begun.status != 200)
        return begun.object();
    return overOf(http, kImports + '/' + begun.text("id").toUtf8()).object();
}

// "3 0 0": taken in, skipped, failed.
QString countsOf(const QJsonObject &report, const char *part)
{
    for (const QJsonValue &value : report[QLatin1String("counts")].toArray()) {
        const QJsonObject counts = value.toObject();
        if (counts[QLatin1String("part")].toString() == QLatin1String(part))
            return QStringLiteral("%1 %2 %3")
                .arg(counts[QLatin1String("imported")].toInt())
                .arg(counts[QLatin1String("skipped")].toInt())
                .arg(counts[QLatin1String("failed")].toInt());
    }
    return QString::fromUtf8(QJsonDocument(report).toJson(QJsonDocument::Compact));
}

// Unpacked by somebody else's program, so that the archive is held to more than our own reader.
bool unpack(const QByteArray &archive, const QString &folder)
{
    QFile file(folder + QStringLiteral("/archive.zip"));
    if (!file.open(QIODevice::WriteOnly) || file.write(archive) != archive.size())
        return false;
    file.close();
    QProcess python;
    python.start(QStringLiteral("python3"),
                 { QStringLiteral("-m"), QStringLiteral("zipfile"), QStringLiteral("-e"), file.fileName(),
                   folder + QStringLiteral("/files") });
    return python.waitForFinished(kSoonMs) && python.exitCode() == 0;
}

QByteArray fileOf(const QString &folder, const char *name)
{
    QFile file(folder + QStringLiteral("/files/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

QList<QJsonObject> linesOf(const QString &folder, const char *name)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : fileOf(folder, name).split('\n')) {
        if (!line.isEmpty())
            lines.append(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

// What of a post must be the same here as there.
QJsonObject factsOf(rig::HttpClient &http, const QJsonObject &status)
{
    QJsonObject facts;
    for (const char *field : { "created_at", "edited_at", "visibility", "sensitive", "spoiler_text", "language",
                               "content", "pinned", "comments_disabled", "replies_count" })
        facts.insert(QLatin1String(field), status[QLatin1String(field)]);
    facts.insert(QStringLiteral("tags"), status[QLatin1String("tags")].toArray().size());
    facts.insert(QStringLiteral("is_comment"), !status[QLatin1String("in_reply_to_id")].isNull());
    QJsonArray media;
    for (const QJsonValue &one : status[QLatin1String("media_attachments")].toArray()) {
        const QByteArray original =
            http.get("/api/graminsta/v1/media/" + one[QLatin1String("id")].toString().toUtf8() + "/original").body;
        media.append(QJsonArray {
            one[QLatin1String("description")], one[QLatin1String("meta")][QLatin1String("focus")],
            QLatin1String(QCryptographicHash::hash(original, QCryptographicHash::Sha256).toHex()) });
    }
    facts.insert(QStringLiteral("media"), media);
    return facts;
}

QJsonArray allOf(rig::HttpClient &http, const Person &person)
{
    return http.get("/api/v1/accounts/" + person.id.toUtf8() + "/statuses?limit=40").array();
}

QJsonArray allFacts(rig::HttpClient &http, const Person &person)
{
    QJsonArray facts;
    for (const QJsonValue &status : allOf(http, person))
        facts.append(factsOf(http, status.toObject()));
    return facts;
}

} // namespace

class tst_Archives : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void holdsAllThatAnAccountHas();
    void holdsNoSecrets();
    void isForItsOwnerAlone();
    void isGivenInRanges();
    void isMadeOneAtATime();
    void isGoneWhenItIsDeleted();
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
    void leavesWithTheAccount();

private:
    // Posts of all kinds, by m_ann.
    void fill(rig::HttpClient &ann);

    Person m_ann;
    Person m_bob;
    Person m_eve;
};

void tst_Archives::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_eve = w.person();
}

void tst_Archives::fill(rig::HttpClient &ann)
{
    const QString first = w.upload(ann, "a red wall");
    const QString second = w.upload(ann, "a blue door");
    GI_STATUS(ann.put("/api/v1/media/" + second.toUtf8(), HttpBody::form({ { "focus", "0.5,-0.25" } })), 200);
    const QJsonObject album =
        w.post(ann, QStringLiteral("At the #sea\nwith two photos"),
               { { QStringLiteral("media_ids"), QJsonArray { second, first } }, { QStringLiteral("language"), QStringLiteral("de") } });
    const QByteArray albumId = album[QLatin1String("id")].toString().toUtf8();
    (void)w.post(ann, QStringLiteral("only for friends"),
                 { { QStringLiteral("visibility"), QStringLiteral("private") },
                   { QStringLiteral("media_ids"), QJsonArray { w.upload(ann) } } });
    (void)w.post(ann, QStringLiteral("hidden"),
                 { { QStringLiteral("spoiler_text"), QStringLiteral("beware") },
                   { QStringLiteral("visibility"), QStringLiteral("unlisted") } });
    (void)w.post(ann, QStringLiteral("to nobody"), { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    (void)w.post(ann, QStringLiteral("quiet please"), { { QStringLiteral("comments_disabled"), true } });
    (void)w.post(ann, QStringLiteral("and one more thing"),
                 { { QStringLiteral("in_reply_to_id"), album[QLatin1String("id")] } });
    const QString edited = w.postId(ann, QStringLiteral("teh first version"));
    GI_STATUS(ann.put("/api/v1/statuses/" + edited.toUtf8(), HttpBody::form({ { "status", "the second version" } })),
              200);
    GI_STATUS(ann.post("/api/v1/statuses/" + albumId + "/pin"), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + albumId + "/bookmark"), 200);
}

void tst_Archives::holdsAllThatAnAccountHas()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    fill(ann);
    GI_STATUS(ann.patch("/api/v1/accounts/update_credentials",
                        HttpBody::multipart({ { "display_name", "Ann" },
                                              { "note", "I like walls" },
                                              { "fields_attributes[0][name]", "web" },
                                              { "fields_attributes[0][value]", "ann.example" },
                                              { "avatar", w.photo(), "a.jpg", "image/jpeg" } })),
              200);
    w.follow(ann, m_bob);
    w.follow(bob, m_ann);
    GI_STATUS(ann.post("/api/v1/accounts/" + m_eve.id.toUtf8() + "/block"), 200);
    GI_STATUS(ann.post("/api/v1/accounts/" + m_bob.id.toUtf8() + "/note", HttpBody::form({ { "comment", "a friend" } })),
              200);
    GI_STATUS(ann.post("/api/v1/tags/sea/follow"), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + w.postId(bob, QStringLiteral("nice")).toUtf8() + "/favourite"), 200);
    GI_STATUS(ann.post("/api/v1/statuses",
                       HttpBody::form({ { "status", "later" }, { "scheduled_at", "2090-02-02T00:00:00Z" } })),
              200);
    GI_STATUS(ann.post("/api/v2/filters",
                       HttpBody::form({ { "title", "cats" },
                                        { "context[]", "home" },
                                        { "keywords_attributes[0][keyword]", "cat" } })),
              200);
    const QTemporaryDir folder;
    QVERIFY(unpack(archiveOf(ann), folder.path()));

    const QJsonObject manifest = QJsonDocument::fromJson(fileOf(folder.path(), "manifest.json")).object();
    QCOMPARE(manifest[QLatin1String("format")].toString(), QStringLiteral("graminsta-archive"));
    QCOMPARE(manifest[QLatin1String("counts")][QLatin1String("statuses")].toInt(), 7);
    QCOMPARE(manifest[QLatin1String("counts")][QLatin1String("media")].toInt(), 3);
    QCOMPARE(manifest[QLatin1String("missing")].toArray().size(), 0);
    // Every file is what the list says, for whoever has no program but sha256sum.
    QProcess sums;
    sums.setWorkingDirectory(folder.path() + QStringLiteral("/files"));
    sums.start(QStringLiteral("sha256sum"),
               { QStringLiteral("--check"), QStringLiteral("--strict"), QStringLiteral("SHA256SUMS") });
    QVERIFY(sums.waitForFinished(kSoonMs));
    QVERIFY2(sums.exitCode() == 0, sums.readAllStandardError().constData());

    const QJsonObject account = QJsonDocument::fromJson(fileOf(folder.path(), "account.json")).object();
    QCOMPARE(account[QLatin1String("display_name")].toString(), QStringLiteral("Ann"));
    QCOMPARE(account[QLatin1String("source")][QLatin1String("note")].toString(), QStringLiteral("I like walls"));
    QVERIFY(fileOf(folder.path(), "avatar.jpg").startsWith("\xff\xd8"));

    const QList<QJsonObject> statuses = linesOf(folder.path(), "statuses.jsonl");
    QCOMPARE(statuses.size(), 7);
    const QJsonObject &album = statuses.first();
    QCOMPARE(album[QLatin1String("text")].toString(), QStringLiteral("At the #sea\nwith two photos"));
    QCOMPARE(album[QLatin1String("pinned")].toBool(), true);
    QCOMPARE(album[QLatin1String("media_attachments")][0][QLatin1String("description")].toString(),
             QStringLiteral("a blue door"));
    QCOMPARE(album[QLatin1String("media_attachments")][0][QLatin1String("meta")][QLatin1String("focus")]
                  [QLatin1String("y")].toDouble(),
             -0.25);
    QCOMPARE(statuses.last()[QLatin1String("edits")].toArray().size(), 2);
    QCOMPARE(statuses.last()[QLatin1String("edits")][0][QLatin1String("text")].toString(),
             QStringLiteral("teh first version"));

    QCOMPARE(linesOf(folder.path(), "following.jsonl").value(0)[QLatin1String("username")].toString(), m_bob.username);
    QCOMPARE(linesOf(folder.path(), "followers.jsonl").value(0)[QLatin1String("id")].toString(), m_bob.id);
    QCOMPARE(linesOf(folder.path(), "blocks.jsonl").value(0)[QLatin1String("id")].toString(), m_eve.id);
    QCOMPARE(linesOf(folder.path(), "notes.jsonl").value(0)[QLatin1String("note")].toString(),
             QStringLiteral("a friend"));
    QCOMPARE(linesOf(folder.path(), "followed_tags.jsonl").value(0)[QLatin1String("name")].toString(),
             QStringLiteral("sea"));
    QCOMPARE(linesOf(folder.path(), "bookmarks.jsonl").size(), 1);
    QCOMPARE(linesOf(folder.path(), "favourites.jsonl").size(), 1);
    QCOMPARE(linesOf(folder.path(), "filters.jsonl").value(0)[QLatin1String("title")].toString(),
             QStringLiteral("cats"));
    QCOMPARE(linesOf(folder.path(), "scheduled_statuses.jsonl").size(), 1);
}

void tst_Archives::holdsNoSecrets()
{
    rig::HttpClient ann = w.client(m_ann);
    (void)w.postId(ann, QStringLiteral("hello"));
    w.follow(ann, m_bob);
    const QTemporaryDir folder;
    QVERIFY(unpack(archiveOf(ann), folder.path()));
    QDirIterator files(folder.path() + QStringLiteral("/files"), QDir::Files, QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const QByteArray &secret : { m_ann.token, m_ann.password.toUtf8(), QByteArray("argon2"),
                                          m_bob.email.toUtf8(), m_ann.email.toUtf8() })
            QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
        ++seen;
    }
    QVERIFY(seen >= 4);
}

void tst_Archives::isForItsOwnerAlone()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QByteArray path = kExports + '/' + ann.post(kExports).text("id").toUtf8();
    QCOMPARE(overOf(ann, path).text("state"), QStringLiteral("done"));
    GI_STATUS(ann.get(path + "/file"), 200);
    for (const QByteArray &target : { path, path + "/file" })
        GI_STATUS(bob.get(target), 404);
    GI_STATUS(bob.del(path), 404);
    GI_STATUS(w.client().get(path + "/file"), 401);
    QVERIFY(bob.get(kExports).array().isEmpty());
    QCOMPARE(ann.get(kExports).ids().size(), 1);
}

void tst_Archives::isGivenInRanges()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray path = kExports + '/' + ann.post(kExports).text("id").toUtf8();
    const HttpReply over = overOf(ann, path);
    const HttpReply whole = ann.get(path + "/file");
    GI_STATUS(whole, 200);
    QCOMPARE(whole.header("content-type"), QByteArray("application/zip"));
    QVERIFY(whole.header("content-disposition").contains(m_ann.username.toUtf8()));
    QCOMPARE(qint64(whole.body.size()), over.object()[QLatin1String("bytes")].toInteger());
    const HttpReply part = ann.get(path + "/file", { { "Range", "bytes=100-199" } });
    GI_STATUS(part, 206);
    QCOMPARE(part.body, whole.body.mid(100, 100));
}

void tst_Archives::isMadeOneAtATime()
{
    rig::HttpClient ann = w.client(m_ann);
    int made = 0;
    for (int i = 0; i < 5; ++i) {
        const HttpReply asked = ann.post(kExports);
        if (asked.status == 422)
            continue;
        GI_STATUS(asked, 200);
        ++made;
        QCOMPARE(overOf(ann, kExports + '/' + asked.text("id").toUtf8()).text("state"), QStringLiteral("done"));
    }
    QCOMPARE(made, 3);
}

void tst_Archives::isGoneWhenItIsDeleted()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray path = kExports + '/' + ann.post(kExports).text("id").toUtf8();
    QCOMPARE(overOf(ann, path).text("state"), QStringLiteral("done"));
    GI_STATUS(ann.del(path), 200);
    GI_STATUS(ann.get(path), 404);
    GI_STATUS(ann.get(path + "/file"), 404);
}

void tst_Archives::bringsEveryFactToAnotherAccount()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    fill(ann);
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

void tst_Archives::bringsPostsToAnotherServer()
{
    rig::HttpClient ann = w.client(m_ann);
    fill(ann);
    w.follow(ann, m_bob);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("ann.zip"));
    // By the operator's hand, beside the server.
    const Result<QByteArray> exported = w.server().run({ QStringLiteral("user"), QStringLiteral("export"),
                                                         m_ann.username, QStringLiteral("--to"), file,
                                                         QStringLiteral("--json") });
    QVERIFY2(exported, exported ? "" : qPrintable(describe(exported.error())));
    QCOMPARE(QJsonDocument::fromJson(*exported)[QLatin1String("statuses_count")].toInt(), 7);
    // Nothing is written over.
    QVERIFY(!w.server().run({ QStringLiteral("user"), QStringLiteral("export"), m_ann.username, QStringLiteral("--to"),
                              file }));

    rig::TestServer other;
    const Result<QByteArray> created =
        other.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"), QStringLiteral("ann"),
                    QStringLiteral("--password-stdin") },
                  "correct horse\n");
    QVERIFY2(created, created ? "" : qPrintable(describe(created.error())));
    const Result<QByteArray> report = other.run({ QStringLiteral("user"), QStringLiteral("import"),
                                                  QStringLiteral("ann"), file, QStringLiteral("--json") });
    QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
    const QJsonObject counts = QJsonDocument::fromJson(*report).object();
    QCOMPARE(countsOf(counts, "statuses"), QStringLiteral("7 0 0"));
    // Whoever has the name of a friend there is somebody else.
    QCOMPARE(countsOf(counts, "following"), QStringLiteral("0 1 0"));
    QVERIFY(other.start());
    const rig::HttpClient there(other.url());
    const QJsonObject account =
        rig::HttpClient(other.url()).get("/api/v1/accounts/lookup?acct=ann").object();
    QCOMPARE(account[QLatin1String("statuses_count")].toInt(), 7);
    QCOMPARE(rig::HttpClient(other.url())
                 .get("/api/v1/accounts/" + account[QLatin1String("id")].toString().toUtf8() + "/statuses")
                 .array()
                 .size(),
             5); // without those that are not for everybody
    QVERIFY(other.stop());
}

void tst_Archives::changesNothingTheSecondTime()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    fill(ann);
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

void tst_Archives::bringsNothingTwiceInParallel()
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
    const Result<QByteArray> byHand = w.server().run({ QStringLiteral("user"), QStringLiteral("import"),
                                                       m_bob.username, file.fileName(), QStringLiteral("--json") });
    QVERIFY2(byHand, byHand ? "" : qPrintable(describe(byHand.error())));
    const QJsonObject byJob = overOf(bob, kImports + '/' + begun.text("id").toUtf8()).object();
    QCOMPARE(byJob[QLatin1String("state")].toString(), QStringLiteral("done"));
    QCOMPARE(allOf(bob, m_bob).size(), 6);
    const int together = countsOf(byJob, "statuses").section(QLatin1Char(' '), 0, 0).toInt()
        + countsOf(QJsonDocument::fromJson(*byHand).object(), "statuses").section(QLatin1Char(' '), 0, 0).toInt();
    QCOMPARE(together, 6);
}

void tst_Archives::bringsBackWhatWasDeleted()
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

void tst_Archives::keepsWhatIsPrivatePrivate()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    fill(ann);
    QCOMPARE(countsOf(imported(bob, archiveOf(ann)), "statuses"), QStringLiteral("7 0 0"));
    rig::HttpClient eve = w.client(m_eve);
    for (const QJsonValue &status : allOf(bob, m_bob)) {
        const QString visibility = status[QLatin1String("visibility")].toString();
        const bool isOpen = visibility == QLatin1String("public") || visibility == QLatin1String("unlisted");
        GI_STATUS(eve.get("/api/v1/statuses/" + status[QLatin1String("id")].toString().toUtf8()), isOpen ? 200 : 404);
    }
}

void tst_Archives::comesQuietly()
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

void tst_Archives::standsWhereItsDatesSay()
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
    for (const QJsonValue &status : allOf(bob, m_bob)) {
        texts.append(status[QLatin1String("content")].toString().remove(QStringLiteral("<p>")).remove(
            QStringLiteral("</p>")));
        ids.append(status[QLatin1String("id")].toString());
    }
    QCOMPARE(texts, QStringList({ QStringLiteral("after"), QStringLiteral("between 4"), QStringLiteral("between 3"),
                                  QStringLiteral("between 2"), QStringLiteral("between 1"),
                                  QStringLiteral("between 0"), QStringLiteral("before") }));
    QCOMPARE(ids.first(), after);
    QCOMPARE(ids.last(), before);
    // Pages lead through them by their ids.
    QCOMPARE(bob.get("/api/v1/accounts/" + m_bob.id.toUtf8() + "/statuses?max_id=" + after.toUtf8() + "&limit=2").ids(),
             ids.mid(1, 2));
}

void tst_Archives::changesNothingInADryRun()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    fill(ann);
    const QByteArray archive = archiveOf(ann);
    const QJsonObject report = imported(bob, archive, true);
    QCOMPARE(report[QLatin1String("dry_run")].toBool(), true);
    QCOMPARE(countsOf(report, "statuses"), QStringLiteral("7 0 0"));
    QVERIFY(allOf(bob, m_bob).isEmpty());
    QCOMPARE(countsOf(imported(bob, archive), "statuses"), QStringLiteral("7 0 0"));
}

void tst_Archives::bringsHowOneStandsToOthers()
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
    GI_STATUS(ann.post("/api/v2/filters",
                       HttpBody::form({ { "title", "cats" },
                                        { "context[]", "home" },
                                        { "keywords_attributes[0][keyword]", "cat" } })),
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
    for (const QJsonValue &told : eve.get("/api/v1/notifications").array())
        QCOMPARE(told[QLatin1String("type")].toString(), QStringLiteral("follow"));
}

void tst_Archives::refusesWhatIsNoArchive()
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

void tst_Archives::leavesWithTheAccount()
{
    rig::HttpClient ann = w.client(m_ann);
    (void)w.postId(ann, QStringLiteral("hello"));
    const QByteArray archive = archiveOf(ann);
    const auto holders = [&] {
        int found = 0;
        QDirIterator files(w.server().dataFolder() + QStringLiteral("/media/private"), { QStringLiteral("*.zip") },
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            found += file.open(QIODevice::ReadOnly) && file.readAll() == archive ? 1 : 0;
        }
        return found;
    };
    QCOMPARE(holders(), 1);
    GI_STATUS(ann.post("/api/graminsta/v1/account/delete", HttpBody::form({ { "password", m_ann.password.toUtf8() } })),
              200);
    QTRY_COMPARE_WITH_TIMEOUT(holders(), 0, kSoonMs);
}

SuitePointer makeArchivesSuite(World &world)
{
    return std::make_unique<tst_Archives>(world);
}

} // namespace graminsta::api_test

#include "tst_archives.moc"
