// SPDX-License-Identifier: GPL-3.0-or-later
// What each restriction of an account does to the account and to everybody else, and that lifting it undoes all of it.
// https://docs.joinmastodon.org/admin/moderation/
#include "suites.h"

#include <rig/authorization.h>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Restrictions : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void init();
    void hidesASuspendedAccountEverywhere();
    void showsAllAgainAfterwards();
    void refusesTheTokensOfASuspendedAccount();
    void refusesToSignInASuspendedAccount();
    void letsNobodyInToADisabledAccountButShowsItsPosts();
    void showsASilencedAccountToItsFollowersOnly();
    void tellsOfASilencedAccountOnlyWhoFollowsIt();
    void marksAllMediaOfASensitizedAccount();
    void tellsThePersonOfAStrike();

private:
    void act(const QByteArray &type) const
    {
        GI_STATUS(m_mod->post("/api/v1/admin/accounts/" + m_bob.id.toUtf8() + "/action",
                              HttpBody::form({ { "type", type }, { "text", "because" } })),
                  200);
    }
    void lift(const QByteArray &how) const
    {
        GI_STATUS(m_mod->post("/api/v1/admin/accounts/" + m_bob.id.toUtf8() + '/' + how), 200);
    }
    // Whether Ann sees the post in the list at `target`.
    [[nodiscard]] bool sees(const Person &who, const QByteArray &target, const QString &id) const
    {
        return w.client(who).get(target).ids().contains(id);
    }
    [[nodiscard]] QByteArray bobs(const char *what = "") const
    {
        return "/api/v1/accounts/" + m_bob.id.toUtf8() + what;
    }

    std::unique_ptr<rig::HttpClient> m_mod;
    Person m_ann; // follows Bob
    Person m_eve; // does not
    Person m_bob;
    QString m_post; // Bob's
    QString m_tag;
};

void tst_Restrictions::initTestCase()
{
    m_mod = std::make_unique<rig::HttpClient>(w.client(w.staff(QStringLiteral("moderator"))));
}

void tst_Restrictions::init()
{
    m_ann = w.person();
    m_eve = w.person();
    m_bob = w.person();
    m_tag = w.freshName();
    rig::HttpClient ann = w.client(m_ann);
    w.follow(ann, m_bob);
    rig::HttpClient bob = w.client(m_bob);
    m_post = w.postId(bob, QStringLiteral("here #") + m_tag);
}

void tst_Restrictions::hidesASuspendedAccountEverywhere()
{
    rig::HttpClient ann = w.client(m_ann);
    rig::HttpClient bob = w.client(m_bob);
    const QString annsPost = w.postId(ann, QStringLiteral("mine"));
    GI_STATUS(bob.post("/api/v1/statuses/" + annsPost.toUtf8() + "/favourite"), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + m_post.toUtf8() + "/bookmark"), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + m_post.toUtf8() + "/favourite"), 200);
    const QString reblog = ann.post("/api/v1/statuses/" + m_post.toUtf8() + "/reblog").text("id");
    w.follow(bob, m_ann);
    act("suspend");

    for (const Person &viewer : { m_ann, m_eve }) {
        for (const QByteArray &list :
             { QByteArray("/api/v1/timelines/home"), QByteArray("/api/v1/timelines/public"),
               "/api/v1/timelines/tag/" + m_tag.toUtf8(), QByteArray("/api/v1/bookmarks"),
               QByteArray("/api/v1/favourites"), bobs("/statuses"),
               "/api/v1/accounts/" + m_ann.id.toUtf8() + "/statuses", QByteArray("/api/v1/trends/statuses") }) {
            QVERIFY2(!sees(viewer, list, m_post), list);
            QVERIFY2(!sees(viewer, list, reblog), list);
        }
        for (const QByteArray &people :
             { "/api/v1/accounts/" + m_ann.id.toUtf8() + "/followers",
               "/api/v1/accounts/" + m_ann.id.toUtf8() + "/following",
               "/api/v1/statuses/" + annsPost.toUtf8() + "/favourited_by",
               "/api/v1/accounts/search?q=" + m_bob.username.toUtf8(), QByteArray("/api/v1/suggestions") })
            QVERIFY2(!sees(viewer, people, m_bob.id), people);
        GI_STATUS(w.client(viewer).get("/api/v1/statuses/" + m_post.toUtf8()), 404);
        GI_STATUS(w.client(viewer).get("/api/v1/statuses/" + m_post.toUtf8() + "/context"), 404);
        GI_STATUS(w.client(viewer).post("/api/v1/statuses/" + m_post.toUtf8() + "/favourite"), 404);
        QVERIFY(w.client(viewer).get(bobs("/followers")).array().isEmpty());
    }
    QVERIFY(w.client(m_ann).get("/api/v1/notifications").array().isEmpty());
    QVERIFY(!w.client().get("/api/v1/timelines/public").ids().contains(m_post));
    GI_STATUS(w.client().get("/api/v1/statuses/" + m_post.toUtf8()), 404);
    GI_STATUS(w.client(m_eve).post(bobs("/follow")), 404);

    // Mastodon's suspended account: there, and empty.
    const HttpReply shown = w.client(m_ann).get(bobs());
    GI_STATUS(shown, 200);
    QCOMPARE(shown.object()[QLatin1String("suspended")].toBool(), true);
    QCOMPARE(shown.text("username"), m_bob.username);
    QCOMPARE(shown.object()[QLatin1String("statuses_count")].toInt(-1), 0);
    GI_STATUS(w.client().get("/api/v1/accounts/lookup?acct=" + m_bob.username.toUtf8()), 200);
}

void tst_Restrictions::showsAllAgainAfterwards()
{
    act("suspend");
    lift("unsuspend");
    QVERIFY(sees(m_ann, "/api/v1/timelines/home", m_post));
    QVERIFY(sees(m_eve, bobs("/statuses"), m_post));
    GI_STATUS(w.client().get("/api/v1/statuses/" + m_post.toUtf8()), 200);
    QVERIFY(sees(m_eve, bobs("/followers"), m_ann.id));
    const HttpReply shown = w.client(m_ann).get(bobs());
    QVERIFY(!shown.object().contains(QLatin1String("suspended")));
    QCOMPARE(shown.object()[QLatin1String("statuses_count")].toInt(), 1);
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 200);
}

void tst_Restrictions::refusesTheTokensOfASuspendedAccount()
{
    GI_STATUS(w.client(m_bob).get("/api/v1/accounts/verify_credentials"), 200);
    act("suspend");
    // At once: what a server remembers of tokens must not keep the account alive.
    const HttpReply refused = w.client(m_bob).get("/api/v1/accounts/verify_credentials");
    GI_STATUS(refused, 403);
    QCOMPARE(refused.text("error"), QStringLiteral("Your login is currently disabled"));
    rig::HttpClient bob = w.client(m_bob);
    GI_STATUS(bob.post("/api/v1/statuses", HttpBody::form({ { "status", "again" } })), 403);
    GI_STATUS(bob.get("/api/v1/timelines/public"), 403);
}

void tst_Restrictions::refusesToSignInASuspendedAccount()
{
    GI_STATUS(w.signIn(m_bob), 200);
    act("suspend");
    const HttpReply refused = w.signIn(m_bob);
    GI_STATUS(refused, 400);
    QCOMPARE(refused.text("error"), QStringLiteral("invalid_grant"));
    QCOMPARE(refused.text("error_description"), QStringLiteral("Your login is currently disabled"));
    // Whoever does not know the password learns nothing.
    Person guesser = m_bob;
    guesser.password = QStringLiteral("wrong password");
    QVERIFY(w.signIn(guesser).text("error_description") != QStringLiteral("Your login is currently disabled"));

    rig::HttpClient browser = w.client();
    const HttpReply page = rig::visitAuthorizePage(
        browser,
        "/oauth/authorize?"
            + HttpBody::form(
                  { { "response_type", "code" }, { "client_id", w.app().id }, { "redirect_uri", kOutOfBand } })
                  .bytes,
        { m_bob.username, m_bob.password, {} });
    GI_STATUS(page, 403);
    QVERIFY(rig::shownCode(page).isEmpty());
}

void tst_Restrictions::letsNobodyInToADisabledAccountButShowsItsPosts()
{
    act("disable");
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 403);
    GI_STATUS(w.signIn(m_bob), 400);
    QVERIFY(sees(m_ann, "/api/v1/timelines/home", m_post));
    GI_STATUS(w.client(m_eve).get("/api/v1/statuses/" + m_post.toUtf8()), 200);
    lift("enable");
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 200);
}

void tst_Restrictions::showsASilencedAccountToItsFollowersOnly()
{
    act("silence");
    const QByteArray tag = "/api/v1/timelines/tag/" + m_tag.toUtf8();
    QVERIFY(!sees(m_eve, "/api/v1/timelines/public", m_post));
    QVERIFY(!sees(m_eve, tag, m_post));
    QVERIFY(!w.client().get(tag).ids().contains(m_post));
    QVERIFY(!sees(m_eve, "/api/v1/accounts/search?q=" + m_bob.username.toUtf8(), m_bob.id));
    QVERIFY(sees(m_ann, "/api/v1/timelines/public", m_post));
    QVERIFY(sees(m_ann, tag, m_post));
    QVERIFY(sees(m_ann, "/api/v1/timelines/home", m_post));
    // Whoever goes there finds all of it.
    QVERIFY(sees(m_eve, bobs("/statuses"), m_post));
    GI_STATUS(w.client(m_eve).get("/api/v1/statuses/" + m_post.toUtf8()), 200);
    QCOMPARE(w.client(m_eve).get(bobs()).object()[QLatin1String("limited")].toBool(), true);
    lift("unsilence");
    QVERIFY(sees(m_eve, tag, m_post));
    QVERIFY(!w.client(m_eve).get(bobs()).object().contains(QLatin1String("limited")));
}

void tst_Restrictions::tellsOfASilencedAccountOnlyWhoFollowsIt()
{
    act("silence");
    rig::HttpClient bob = w.client(m_bob);
    const QJsonObject both { { QStringLiteral("visibility"), QStringLiteral("public") } };
    (void)w.post(bob, QStringLiteral("hello @%1 and @%2").arg(m_ann.username, m_eve.username), both);
    QCOMPARE(w.client(m_ann).get("/api/v1/notifications?types[]=mention").array().size(), 1);
    QVERIFY(w.client(m_eve).get("/api/v1/notifications").array().isEmpty());
}

void tst_Restrictions::marksAllMediaOfASensitizedAccount()
{
    rig::HttpClient bob = w.client(m_bob);
    const QString photo = w.upload(bob);
    const QString withPhoto =
        w.postId(bob, QStringLiteral("a photo"), { { QStringLiteral("media_ids"), QJsonArray { photo } } });
    const auto isSensitive = [&](const QString &id) {
        return w.client(m_ann).get("/api/v1/statuses/" + id.toUtf8()).object()[QLatin1String("sensitive")].toBool();
    };
    QVERIFY(!isSensitive(withPhoto));
    act("sensitive");
    QVERIFY(isSensitive(withPhoto));
    QVERIFY(!isSensitive(m_post));
    lift("unsensitive");
    QVERIFY(!isSensitive(withPhoto));
}

void tst_Restrictions::tellsThePersonOfAStrike()
{
    act("none");
    const HttpReply strikes = w.client(m_bob).get("/api/graminsta/v1/account/strikes");
    GI_STATUS(strikes, 200);
    QCOMPARE(strikes.array().size(), 1);
    QCOMPARE(strikes.array().first()[QLatin1String("action")].toString(), QStringLiteral("none"));
    QCOMPARE(strikes.array().first()[QLatin1String("text")].toString(), QStringLiteral("because"));
    QVERIFY(w.client(m_eve).get("/api/graminsta/v1/account/strikes").array().isEmpty());
    GI_STATUS(w.client(m_bob).get("/api/v1/timelines/home"), 200);
}

SuitePointer makeRestrictionsSuite(World &world)
{
    return std::make_unique<tst_Restrictions>(world);
}

} // namespace graminsta::api_test

#include "tst_restrictions.moc"
