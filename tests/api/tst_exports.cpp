// SPDX-License-Identifier: GPL-3.0-or-later
// One's account as an archive.
#include "archives.h"
#include "suites.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Exports : public Suite
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
    void leavesWithTheAccount();

private:
    Person m_ann;
    Person m_bob;
    Person m_eve;
};

void tst_Exports::init()
{
    m_ann = w.person();
    m_bob = w.person();
    m_eve = w.person();
}

void tst_Exports::holdsAllThatAnAccountHas()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    postOfAllKinds(w, ann);
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
    GI_STATUS(
        ann.post("/api/v1/accounts/" + m_bob.id.toUtf8() + "/note", HttpBody::form({ { "comment", "a friend" } })),
        200);
    GI_STATUS(ann.post("/api/v1/tags/sea/follow"), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + w.postId(bob, QStringLiteral("nice")).toUtf8() + "/favourite"), 200);
    GI_STATUS(ann.post("/api/v1/statuses",
                       HttpBody::form({ { "status", "later" }, { "scheduled_at", "2090-02-02T00:00:00Z" } })),
              200);
    GI_STATUS(
        ann.post("/api/v2/filters",
                 HttpBody::form(
                     { { "title", "cats" }, { "context[]", "home" }, { "keywords_attributes[0][keyword]", "cat" } })),
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
    QVERIFY(sums.waitForFinished(kArchiveMs));
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
    QCOMPARE(
        album[QLatin1String("media_attachments")][0][QLatin1String("meta")][QLatin1String("focus")][QLatin1String("y")]
            .toDouble(),
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

void tst_Exports::holdsNoSecrets()
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
        for (const QByteArray &secret :
             { m_ann.token, m_ann.password.toUtf8(), QByteArray("argon2"), m_bob.email.toUtf8(), m_ann.email.toUtf8() })
            QVERIFY2(!bytes.contains(secret), qPrintable(file.fileName()));
        ++seen;
    }
    QVERIFY(seen >= 4);
}

void tst_Exports::isForItsOwnerAlone()
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

void tst_Exports::isGivenInRanges()
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

void tst_Exports::isMadeOneAtATime()
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

void tst_Exports::isGoneWhenItIsDeleted()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray path = kExports + '/' + ann.post(kExports).text("id").toUtf8();
    QCOMPARE(overOf(ann, path).text("state"), QStringLiteral("done"));
    GI_STATUS(ann.del(path), 200);
    GI_STATUS(ann.get(path), 404);
    GI_STATUS(ann.get(path + "/file"), 404);
}

void tst_Exports::leavesWithTheAccount()
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
    QTRY_COMPARE_WITH_TIMEOUT(holders(), 0, kArchiveMs);
}

SuitePointer makeExportsSuite(World &world)
{
    return std::make_unique<tst_Exports>(world);
}

} // namespace graminsta::api_test

#include "tst_exports.moc"
