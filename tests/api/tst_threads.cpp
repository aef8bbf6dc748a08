// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that somebody has muted, and posts that take no comments.
// https://docs.joinmastodon.org/methods/statuses/#mute
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Threads : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void mutesAndUnmutes();
    void tellsNothingOfAMutedThread();
    void tellsOfOtherThreads();
    void staysMutedWhenTheFirstPostGoes();
    void mutesOnlyWhatMayBeSeen();
    void takesNoCommentsWhereTheyAreOff();
    void turnsCommentsOffAndOn();
    void closesTheThreadBelow();
    void announcesThatCommentsAreOff();

private:
    [[nodiscard]] static QByteArray path(const QString &id, const char *rest = "")
    {
        return "/api/v1/statuses/" + id.toUtf8() + rest;
    }
    [[nodiscard]] QString comment(const Person &who, const QString &on,
                                  const QString &text = QStringLiteral("hm")) const
    {
        rig::HttpClient http = w.client(who);
        return w.postId(http, text, { { QStringLiteral("in_reply_to_id"), on } });
    }
    [[nodiscard]] HttpReply tryComment(const Person &who, const QString &on) const
    {
        return w.client(who).post("/api/v1/statuses",
                                  HttpBody::json({ { "status", QStringLiteral("hm") }, { "in_reply_to_id", on } }));
    }
    [[nodiscard]] bool muted(const Person &who, const QString &id) const
    {
        return w.client(who).get(path(id)).object()[QLatin1String("muted")].toBool();
    }
    [[nodiscard]] qsizetype told(const Person &who) const
    {
        return w.client(who).get("/api/v1/notifications").ids().size();
    }

    Person m_ann;
    Person m_bob;
};

void tst_Threads::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Threads::mutesAndUnmutes()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString root = w.postId(ann, QStringLiteral("root"));
    const QString first = comment(m_bob, root);
    const QString below = comment(m_ann, first);
    const QString other = w.postId(ann, QStringLiteral("other"));
    for (int i = 0; i < 2; ++i) {
        const HttpReply reply = ann.post(path(first, "/mute"));
        GI_STATUS(reply, 200);
        QCOMPARE(reply.text("id"), first);
        QCOMPARE(reply.object()[QLatin1String("muted")].toBool(), true);
        for (const QString &id : { root, first, below, comment(m_bob, below) })
            QVERIFY(muted(m_ann, id));
        QVERIFY(!muted(m_bob, root));
        QVERIFY(!muted(m_ann, other));
    }
    for (int i = 0; i < 2; ++i) {
        const HttpReply reply = ann.post(path(below, "/unmute"));
        GI_STATUS(reply, 200);
        QCOMPARE(reply.object()[QLatin1String("muted")].toBool(true), false);
        QVERIFY(!muted(m_ann, root));
    }
}

void tst_Threads::tellsNothingOfAMutedThread()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString root = w.postId(ann, QStringLiteral("root"));
    const QString first = comment(m_bob, root);
    QCOMPARE(told(m_ann), 1);
    GI_STATUS(ann.post(path(root, "/mute")), 200);
    (void)comment(m_bob, root);
    (void)comment(m_bob, first, QStringLiteral("@%1 look").arg(m_ann.username));
    GI_STATUS(bob.post(path(root, "/favourite")), 200);
    GI_STATUS(bob.post(path(root, "/reblog")), 200);
    QCOMPARE(told(m_ann), 1);
    GI_STATUS(ann.post(path(root, "/unmute")), 200);
    (void)comment(m_bob, root);
    QCOMPARE(told(m_ann), 2);
}

void tst_Threads::tellsOfOtherThreads()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString muted = w.postId(ann, QStringLiteral("muted"));
    const QString other = w.postId(ann, QStringLiteral("other"));
    GI_STATUS(ann.post(path(muted, "/mute")), 200);
    (void)comment(m_bob, other);
    GI_STATUS(bob.post(path(other, "/favourite")), 200);
    w.follow(bob, m_ann);
    QCOMPARE(told(m_ann), 3);
    // It is Ann who has muted it.
    (void)comment(m_ann, comment(m_bob, muted));
    QCOMPARE(told(m_bob), 1);
}

void tst_Threads::staysMutedWhenTheFirstPostGoes()
{
    rig::HttpClient bob = w.client(m_bob);
    const QString root = w.postId(bob, QStringLiteral("root"));
    const QString anns = comment(m_ann, root);
    GI_STATUS(w.client(m_ann).post(path(root, "/mute")), 200);
    GI_STATUS(bob.del(path(root)), 200);
    QVERIFY(muted(m_ann, anns));
    const QString below = comment(m_bob, anns);
    QVERIFY(muted(m_ann, below));
    QCOMPARE(told(m_ann), 0);
}

void tst_Threads::mutesOnlyWhatMayBeSeen()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id =
        w.postId(ann, QStringLiteral("friends"), { { QStringLiteral("visibility"), QStringLiteral("private") } });
    GI_STATUS(w.client(m_bob).post(path(id, "/mute")), 404);
    GI_STATUS(w.client(m_bob).post(path(id, "/unmute")), 404);
}

void tst_Threads::takesNoCommentsWhereTheyAreOff()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("quiet"), { { QStringLiteral("comments_disabled"), true } });
    for (const Person &person : { m_bob, m_ann }) {
        const HttpReply refused = tryComment(person, id);
        GI_STATUS(refused, 422);
        QVERIFY(refused.text("error").startsWith(QStringLiteral("Validation failed: ")));
    }
    const QString reblogId = w.client(m_bob).post(path(id, "/reblog")).text("id");
    GI_STATUS(tryComment(m_bob, reblogId), 422);
    QCOMPARE(ann.get(path(id)).object()[QLatin1String("replies_count")].toInt(-1), 0);
    GI_STATUS(w.client(m_bob).post(path(id, "/favourite")), 200);
}

void tst_Threads::turnsCommentsOffAndOn()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("quiet"));
    GI_STATUS(tryComment(m_bob, id), 200);
    const HttpReply off = ann.put(path(id), HttpBody::form({ { "comments_disabled", "1" } }));
    GI_STATUS(off, 200);
    QVERIFY(off.object()[QLatin1String("edited_at")].isNull());
    QCOMPARE(off.text("content"), QStringLiteral("<p>quiet</p>"));
    GI_STATUS(tryComment(m_bob, id), 422);
    GI_STATUS(ann.put(path(id), HttpBody::form({ { "status", "still quiet" } })), 200);
    GI_STATUS(tryComment(m_bob, id), 422);
    GI_STATUS(ann.put(path(id), HttpBody::form({ { "comments_disabled", "0" } })), 200);
    GI_STATUS(tryComment(m_bob, id), 200);
}

void tst_Threads::closesTheThreadBelow()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString id = w.postId(ann, QStringLiteral("quiet"));
    const QString first = comment(m_bob, id);
    const QString second = comment(m_ann, first);
    GI_STATUS(ann.put(path(id), HttpBody::form({ { "comments_disabled", "true" } })), 200);
    GI_STATUS(tryComment(m_bob, first), 422);
    GI_STATUS(tryComment(m_bob, second), 422);
}

void tst_Threads::announcesThatCommentsAreOff()
{
    rig::HttpClient ann = w.client(m_ann);
    const QString quiet = w.postId(ann, QStringLiteral("quiet"), { { QStringLiteral("comments_disabled"), true } });
    const QString open = w.postId(ann, QStringLiteral("open"));
    QCOMPARE(w.client().get(path(quiet)).object()[QLatin1String("comments_disabled")].toBool(), true);
    QVERIFY(!w.client().get(path(open)).object().contains(QLatin1String("comments_disabled")));
}

SuitePointer makeThreadsSuite(World &world)
{
    return std::make_unique<tst_Threads>(world);
}

} // namespace graminsta::api_test

#include "tst_threads.moc"
