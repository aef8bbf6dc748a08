// SPDX-License-Identifier: GPL-3.0-or-later
// How somebody reads: markers, preferences, dismissing, and what clients ask for at their start.
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Reading : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void remembersHowFarOneHasRead();
    void takesMarkersInAnyForm_data();
    void takesMarkersInAnyForm();
    void refusesAMarkerOfAnOldVersion();
    void refusesAMarkerThatIsNoId();
    void keepsMarkersApart();
    void countsWhatIsUnread();
    void dismissesOne();
    void clearsAll();
    void showsPreferences();
    void answersWithNothingWhereItHasNothing_data();
    void answersWithNothingWhereItHasNothing();

private:
    [[nodiscard]] static QJsonValue marker(const HttpReply &reply, const char *timeline)
    {
        return reply.object().value(QLatin1String(timeline));
    }
    [[nodiscard]] int unread(const QByteArray &query = {}) const
    {
        return w.client(m_ann)
            .get("/api/v1/notifications/unread_count" + query)
            .object()[QLatin1String("count")]
            .toInt(-1);
    }
    // Tells Ann of a follow and of `likes` likes.
    void tell(int likes) const
    {
        rig::HttpClient ann = w.client(m_ann);
        rig::HttpClient bob = w.client(m_bob);
        w.follow(bob, m_ann);
        for (int i = 0; i < likes; ++i) {
            const QString status = w.postId(ann, QStringLiteral("look"));
            GI_STATUS(bob.post("/api/v1/statuses/" + status.toUtf8() + "/favourite"), 200);
        }
    }

    Person m_ann;
    Person m_bob;
};

void tst_Reading::init()
{
    m_ann = w.person();
    m_bob = w.person();
}

void tst_Reading::remembersHowFarOneHasRead()
{
    rig::HttpClient ann = w.client(m_ann);
    const QByteArray both = "/api/v1/markers?timeline[]=home&timeline[]=notifications";
    QCOMPARE(ann.get(both).body, QByteArray("{}"));
    const HttpReply set = ann.post("/api/v1/markers", HttpBody::form({ { "home[last_read_id]", "103" } }));
    GI_STATUS(set, 200);
    QCOMPARE(marker(set, "home")[QLatin1String("last_read_id")].toString(), QStringLiteral("103"));
    QVERIFY(marker(set, "notifications").isUndefined());
    const HttpReply again = ann.post("/api/v1/markers", HttpBody::form({ { "home[last_read_id]", "104" } }));
    QCOMPARE(marker(again, "home")[QLatin1String("version")].toInt(-1),
             marker(set, "home")[QLatin1String("version")].toInt(-1) + 1);
    const HttpReply shown = ann.get(both);
    QCOMPARE(marker(shown, "home")[QLatin1String("last_read_id")].toString(), QStringLiteral("104"));
    QCOMPARE(ann.get("/api/v1/markers?timeline[]=notifications").body, QByteArray("{}"));
    QCOMPARE(ann.get("/api/v1/markers").body, QByteArray("{}"));
}

void tst_Reading::takesMarkersInAnyForm_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded")
                          << QByteArray("home%5Blast_read_id%5D=5&notifications%5Blast_read_id%5D=6");
    QTest::newRow("JSON") << QByteArray("application/json")
                          << QByteArray(R"({"home":{"last_read_id":"5"},"notifications":{"last_read_id":"6"}})");
}

void tst_Reading::takesMarkersInAnyForm()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const HttpReply set = w.client(m_ann).post("/api/v1/markers", HttpBody { type, body });
    GI_STATUS(set, 200);
    QCOMPARE(marker(set, "home")[QLatin1String("last_read_id")].toString(), QStringLiteral("5"));
    QCOMPARE(marker(set, "notifications")[QLatin1String("last_read_id")].toString(), QStringLiteral("6"));
}

void tst_Reading::refusesAMarkerOfAnOldVersion()
{
    rig::HttpClient ann = w.client(m_ann);
    const auto set = [&](const QByteArray &id, const QByteArray &version) {
        return ann.post(
            "/api/v1/markers",
            HttpBody::form(
                { { "home[last_read_id]", id }, { "home[version]", version }, { "notifications[last_read_id]", id } }));
    };
    GI_STATUS(ann.post("/api/v1/markers", HttpBody::form({ { "home[last_read_id]", "1" } })), 200);
    GI_STATUS(set("2", "0"), 200);
    const HttpReply refused = set("3", "0");
    GI_STATUS(refused, 409);
    QCOMPARE(refused.text("error"), QStringLiteral("Conflict during update, please try again"));
    // All or none.
    const HttpReply shown = ann.get("/api/v1/markers?timeline[]=home&timeline[]=notifications");
    QCOMPARE(marker(shown, "home")[QLatin1String("last_read_id")].toString(), QStringLiteral("2"));
    QCOMPARE(marker(shown, "notifications")[QLatin1String("last_read_id")].toString(), QStringLiteral("2"));
}

void tst_Reading::refusesAMarkerThatIsNoId()
{
    GI_STATUS(w.client(m_ann).post("/api/v1/markers", HttpBody::form({ { "home[last_read_id]", "yesterday" } })), 422);
}

void tst_Reading::keepsMarkersApart()
{
    GI_STATUS(w.client(m_ann).post("/api/v1/markers", HttpBody::form({ { "home[last_read_id]", "9" } })), 200);
    QCOMPARE(w.client(m_bob).get("/api/v1/markers?timeline[]=home").body, QByteArray("{}"));
}

void tst_Reading::countsWhatIsUnread()
{
    QCOMPARE(unread(), 0);
    tell(3);
    QCOMPARE(unread(), 4);
    QCOMPARE(unread("?limit=2"), 2);
    QCOMPARE(unread("?types[]=favourite"), 3);
    QCOMPARE(unread("?exclude_types[]=favourite"), 1);
    rig::HttpClient ann = w.client(m_ann);
    const QStringList ids = ann.get("/api/v1/notifications").ids();
    GI_STATUS(ann.post("/api/v1/markers", HttpBody::form({ { "notifications[last_read_id]", ids[2].toUtf8() } })), 200);
    QCOMPARE(unread(), 2);
    QCOMPARE(ann.get("/api/v1/notifications").ids(), ids);
}

void tst_Reading::dismissesOne()
{
    tell(2);
    rig::HttpClient ann = w.client(m_ann);
    const QStringList ids = ann.get("/api/v1/notifications").ids();
    const QByteArray path = "/api/v1/notifications/" + ids[1].toUtf8();
    GI_STATUS(w.client(m_bob).post(path + "/dismiss"), 404);
    GI_STATUS(ann.post(path + "/dismiss"), 200);
    QCOMPARE(ann.get("/api/v1/notifications").ids(), QStringList({ ids[0], ids[2] }));
    GI_STATUS(ann.get(path), 404);
    GI_STATUS(ann.post(path + "/dismiss"), 404);
}

void tst_Reading::clearsAll()
{
    tell(2);
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(w.client(m_bob).post("/api/v1/notifications/clear"), 200);
    QCOMPARE(ann.get("/api/v1/notifications").array().size(), 3);
    for (int twice = 0; twice < 2; ++twice)
        GI_STATUS(ann.post("/api/v1/notifications/clear"), 200);
    QCOMPARE(ann.get("/api/v1/notifications").body, QByteArray("[]"));
}

void tst_Reading::showsPreferences()
{
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(ann.patch("/api/v1/accounts/update_credentials",
                        HttpBody::form({ { "source[privacy]", "unlisted" },
                                         { "source[sensitive]", "true" },
                                         { "source[language]", "pt" } })),
              200);
    const HttpReply shown = ann.get("/api/v1/preferences");
    GI_STATUS(shown, 200);
    const QJsonObject expected { { QStringLiteral("posting:default:visibility"), QStringLiteral("unlisted") },
                                 { QStringLiteral("posting:default:sensitive"), true },
                                 { QStringLiteral("posting:default:language"), QStringLiteral("pt") },
                                 { QStringLiteral("reading:expand:media"), QStringLiteral("default") },
                                 { QStringLiteral("reading:expand:spoilers"), false },
                                 { QStringLiteral("reading:autoplay:gifs"), false } };
    QCOMPARE(shown.object(), expected);
}

void tst_Reading::answersWithNothingWhereItHasNothing_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("forNobody");
    for (const char *path : { "/api/v1/custom_emojis", "/api/v1/trends/links" })
        QTest::newRow(path) << QByteArray(path) << 200;
    for (const char *path :
         { "/api/v1/lists", "/api/v1/announcements", "/api/v1/conversations", "/api/v2/filters", "/api/v1/filters",
           "/api/v1/scheduled_statuses", "/api/v1/domain_blocks", "/api/v1/endorsements", "/api/v1/followed_tags",
           "/api/v1/blocks", "/api/v1/mutes", "/api/v1/follow_requests", "/api/v2/suggestions" })
        QTest::newRow(path) << QByteArray(path) << 401;
}

void tst_Reading::answersWithNothingWhereItHasNothing()
{
    QFETCH(QByteArray, path);
    QFETCH(int, forNobody);
    const HttpReply reply = w.client(m_ann).get(path);
    GI_STATUS(reply, 200);
    QCOMPARE(reply.body, QByteArray("[]"));
    QVERIFY(reply.header("content-type").startsWith("application/json"));
    GI_STATUS(w.client().get(path), forNobody);
}

SuitePointer makeReadingSuite(World &world)
{
    return std::make_unique<tst_Reading>(world);
}

} // namespace graminsta::api_test

#include "tst_reading.moc"
