// SPDX-License-Identifier: GPL-3.0-or-later
// Deleting accounts for good.
#include "suites.h"

#include <QCryptographicHash>
#include <QDirIterator>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Deletion : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void wantsThePassword();
    void hidesAndSignsOutAtOnce();
    void removesAllThatTheAccountHas();
    void putsTheCountersOfOthersRight();
    void keepsTheOwner();
    void isForAdminsOnceAnAccountIsSuspended();
    void goesOnAfterTheServerWasKilled();
    void removesOriginalsThatNobodyElseHas();
    void leavesNothingToRepair();

private:
    [[nodiscard]] HttpReply leave(const Person &person, const QByteArray &password) const
    {
        return w.client(person).post("/api/graminsta/v1/account/delete", HttpBody::form({ { "password", password } }));
    }
    // Waits until nothing is left of the account: its name can be taken again.
    [[nodiscard]] static bool isGone(const rig::TestServer &server, const QString &username)
    {
        return !server.run({ QStringLiteral("user"), QStringLiteral("show"), username });
    }
    [[nodiscard]] int counter(const Person &person, const char *name) const
    {
        return w.client().get("/api/v1/accounts/" + person.id.toUtf8()).object()[QLatin1String(name)].toInt(-1);
    }

    Person m_ann;
    Person m_bob;
};

void tst_Deletion::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Deletion::wantsThePassword()
{
    GI_STATUS(leave(m_bob, "wrong"), 403);
    GI_STATUS(leave(m_bob, {}), 403);
    GI_STATUS(w.client(m_bob).get("/api/v1/accounts/verify_credentials"), 200);
}

void tst_Deletion::hidesAndSignsOutAtOnce()
{
    rig::HttpClient bob = w.client(m_bob);
    const QString post = w.postId(bob, QStringLiteral("soon gone"));
    const QByteArray other = w.signIn(m_bob).text("access_token").toUtf8();
    GI_STATUS(leave(m_bob, m_bob.password.toUtf8()), 200);
    GI_STATUS(bob.get("/api/v1/accounts/verify_credentials"), 401);
    GI_STATUS(w.client().as(other).get("/api/v1/accounts/verify_credentials"), 401);
    GI_STATUS(w.client().get("/api/v1/statuses/" + post.toUtf8()), 404);
    GI_STATUS(w.client().get("/api/v1/accounts/" + m_bob.id.toUtf8()), 404);
    GI_STATUS(w.signIn(m_bob), 400);
}

void tst_Deletion::removesAllThatTheAccountHas()
{
    rig::HttpClient bob = w.client(m_bob);
    for (int index = 0; index < 45; ++index)
        (void)w.postId(bob, QStringLiteral("post %1").arg(index));
    GI_STATUS(leave(m_bob, m_bob.password.toUtf8()), 200);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(w.server(), m_bob.username), 60'000);
    // The name is free.
    const HttpReply again = w.client()
                                .as(w.app().token)
                                .post("/api/v1/accounts",
                                      HttpBody::form({ { "username", m_bob.username.toUtf8() },
                                                       { "email", m_bob.email.toUtf8() },
                                                       { "password", "another one" },
                                                       { "agreement", "true" } }));
    GI_STATUS(again, 200);
}

void tst_Deletion::putsTheCountersOfOthersRight()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    w.follow(ann, m_bob);
    w.follow(bob, m_ann);
    const QString annsPost = w.postId(ann, QStringLiteral("hello"));
    const QString bobsPost = w.postId(bob, QStringLiteral("hello"));
    const QByteArray path = "/api/v1/statuses/" + annsPost.toUtf8();
    GI_STATUS(bob.post(path + "/favourite"), 200);
    GI_STATUS(bob.post(path + "/reblog"), 200);
    (void)w.postId(bob, QStringLiteral("nice"), { { QStringLiteral("in_reply_to_id"), annsPost } });
    GI_STATUS(ann.post("/api/v1/statuses/" + bobsPost.toUtf8() + "/reblog"), 200);
    QCOMPARE(counter(m_ann, "statuses_count"), 2);
    GI_STATUS(leave(m_bob, m_bob.password.toUtf8()), 200);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(w.server(), m_bob.username), 60'000);
    const QJsonObject status = w.client().get(path).object();
    QCOMPARE(status[QLatin1String("favourites_count")].toInt(-1), 0);
    QCOMPARE(status[QLatin1String("reblogs_count")].toInt(-1), 0);
    QCOMPARE(status[QLatin1String("replies_count")].toInt(-1), 0);
    QCOMPARE(counter(m_ann, "followers_count"), 0);
    QCOMPARE(counter(m_ann, "following_count"), 0);
    QCOMPARE(counter(m_ann, "statuses_count"), 1);
    const Result<QByteArray> doctor = w.server().run({ QStringLiteral("doctor") });
    QVERIFY2(doctor, doctor ? "" : qPrintable(describe(doctor.error())));
}

void tst_Deletion::keepsTheOwner()
{
    const Person owner = w.staff(QStringLiteral("owner"));
    GI_STATUS(leave(owner, owner.password.toUtf8()), 403);
    QVERIFY(
        !w.server().run({ QStringLiteral("user"), QStringLiteral("delete"), owner.username, QStringLiteral("--yes") }));
    GI_STATUS(w.client(owner).get("/api/v1/accounts/verify_credentials"), 200);
}

void tst_Deletion::isForAdminsOnceAnAccountIsSuspended()
{
    rig::HttpClient admin = w.client(w.staff(QStringLiteral("admin")));
    rig::HttpClient mod = w.client(w.staff(QStringLiteral("moderator")));
    const QByteArray path = "/api/v1/admin/accounts/" + m_bob.id.toUtf8();
    GI_STATUS(admin.del(path), 403);
    GI_STATUS(mod.post(path + "/action", HttpBody::form({ { "type", "suspend" } })), 200);
    GI_STATUS(mod.del(path), 403);
    GI_STATUS(admin.del(path), 200);
    GI_STATUS(admin.del(path), 404);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(w.server(), m_bob.username), 60'000);

    QVERIFY(!w.server().run({ QStringLiteral("user"), QStringLiteral("delete"), m_ann.username }));
    QVERIFY(
        w.server().run({ QStringLiteral("user"), QStringLiteral("delete"), m_ann.username, QStringLiteral("--yes") }));
    QTRY_VERIFY_WITH_TIMEOUT(isGone(w.server(), m_ann.username), 60'000);
}

void tst_Deletion::goesOnAfterTheServerWasKilled()
{
    rig::TestServer server;
    QVERIFY(server.start());
    QVERIFY(server.run(
        { QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"), QStringLiteral("leaver") }));
    server.kill();
    QVERIFY(server.run(
        { QStringLiteral("user"), QStringLiteral("delete"), QStringLiteral("leaver"), QStringLiteral("--yes") }));
    const Result<QByteArray> shown =
        server.run({ QStringLiteral("user"), QStringLiteral("list"), QStringLiteral("--json") });
    QVERIFY(shown && !shown->contains("leaver"));
    QVERIFY(server.start());
    QTRY_VERIFY_WITH_TIMEOUT(server.run({ QStringLiteral("user"), QStringLiteral("create"),
                                          QStringLiteral("--username"), QStringLiteral("leaver") }),
                             60'000);
    QCOMPARE(*server.stop(), 0);
}

void tst_Deletion::removesOriginalsThatNobodyElseHas()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QByteArray shared = w.photo();
    const QByteArray own = w.photo();
    const auto upload = [](rig::HttpClient &who, const QByteArray &photo) {
        return who.post("/api/v2/media", HttpBody::multipart({ { "file", photo, "photo.jpg", "image/jpeg" } }))
            .text("id");
    };
    // Originals are named by their content.
    const auto isKept = [&](const QByteArray &photo) {
        const QString name = QString::fromLatin1(QCryptographicHash::hash(photo, QCryptographicHash::Sha256).toHex()
                                                 + QByteArray(".jpg"));
        QDirIterator files(w.server().dataFolder() + QStringLiteral("/media"), { name }, QDir::Files,
                           QDirIterator::Subdirectories);
        return files.hasNext();
    };
    const QString annsPhoto = upload(ann, shared);
    (void)upload(bob, shared);
    (void)upload(bob, own);
    QVERIFY(isKept(shared) && isKept(own));
    GI_STATUS(leave(m_bob, m_bob.password.toUtf8()), 200);
    QTRY_VERIFY_WITH_TIMEOUT(isGone(w.server(), m_bob.username), 60'000);
    QVERIFY(isKept(shared) && !isKept(own));
    GI_STATUS(ann.get("/api/graminsta/v1/media/" + annsPhoto.toUtf8() + "/original"), 200);
}

void tst_Deletion::leavesNothingToRepair()
{
    const Result<QByteArray> repaired = w.server().run({ QStringLiteral("doctor"), QStringLiteral("--repair") });
    QVERIFY2(repaired, repaired ? "" : qPrintable(describe(repaired.error())));
    QVERIFY2(!repaired->contains("repaired: "), *repaired);
}

SuitePointer makeDeletionSuite(World &world)
{
    return std::make_unique<tst_Deletion>(world);
}

} // namespace graminsta::api_test

#include "tst_deletion.moc"
