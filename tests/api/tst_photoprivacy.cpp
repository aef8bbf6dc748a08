// SPDX-License-Identifier: GPL-3.0-or-later
// Whose bytes a photo's URLs give away: public ones to anybody for ever, all others to whoever was shown them, for some
// days; and none of a photo that is gone. How what nobody needs is removed stands in tests/contract/media.
#include "suites.h"

#include <QJsonDocument>
#include <QUrlQuery>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

// Until a job has run, also where the machine is busy.
constexpr int kJobTime = 30'000;

class tst_PhotoPrivacy : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void givesLooseOnesToTheirOwnerOnly();
    void givesPostedOnesToThoseWhoMaySeeThem_data();
    void givesPostedOnesToThoseWhoMaySeeThem();
    void believesNoOtherSignature_data();
    void believesNoOtherSignature();
    void tellsNobodyThatTheSamePhotoIsHere();
    void endsWithThePost();
    void endsWithTheEdit();
    void staysAsLongAsAnybodyHasIt();
    void countsEachAccountsOwn();
    void endsWhileTheAccountIsSuspended();
    void signsInStreamsAndSchedules();
    void leavesWhatDoctorFindsWell();

private:
    struct Photo {
        QString id;
        QByteArray url; // as the attachment says
        [[nodiscard]] QByteArray plain() const { return url.split('?').first(); }
        [[nodiscard]] QByteArray webp() const { return plain().replace(".jpg", ".webp"); }
    };

    [[nodiscard]] static Photo photoOf(const QJsonValue &attachment)
    {
        return { attachment[QLatin1String("id")].toString(), attachment[QLatin1String("url")].toString().toUtf8() };
    }
    [[nodiscard]] static Photo firstOf(const QJsonObject &status)
    {
        return photoOf(status[QLatin1String("media_attachments")][0]);
    }
    [[nodiscard]] Photo upload(const Person &person, const QByteArray &bytes)
    {
        const HttpReply reply = w.client(person).post(
            "/api/v1/media", HttpBody::multipart({ { "file", bytes, "photo.jpg", "image/jpeg" } }));
        return reply.status == 200 ? photoOf(reply.object()) : Photo {};
    }
    [[nodiscard]] QJsonObject postWith(const Person &person, const QStringList &photos, const char *visibility)
    {
        rig::HttpClient http = w.client(person);
        return w.post(http, QStringLiteral("with photos"),
                      { { QStringLiteral("media_ids"), QJsonArray::fromStringList(photos) },
                        { QStringLiteral("visibility"), QLatin1String(visibility) } });
    }
    // Whatever way it is asked for, as if there were none.
    void compareGone(const QByteArray &url)
    {
        rig::HttpClient http = w.client();
        GI_STATUS(http.get(url), 404);
        GI_STATUS(http.get(url, { { "Accept", "image/webp" } }), 404);
        GI_STATUS(http.get(url, { { "Range", "bytes=0-3" } }), 404);
        GI_STATUS(http.get(url, { { "If-None-Match", "*" } }), 404);
        GI_STATUS(http.send("HEAD", url), 404);
        const QByteArray name = url.mid(url.lastIndexOf('/') + 1);
        GI_STATUS(http.get(url, { { "If-None-Match", '"' + name.split('?').first() + '"' } }), 404);
    }

    Person m_ann;
    Person m_bob; // follows ann
    Person m_eve;
};

void tst_PhotoPrivacy::initTestCase()
{
    m_ann = w.person();
    m_bob = w.person();
    m_eve = w.person();
    rig::HttpClient bob = w.client(m_bob);
    w.follow(bob, m_ann);
}

void tst_PhotoPrivacy::givesLooseOnesToTheirOwnerOnly()
{
    const Photo photo = upload(m_ann, w.photo());
    QVERIFY(photo.url.contains("?e="));
    const HttpReply file = w.client().get(photo.url);
    GI_STATUS(file, 200);
    QVERIFY2(file.header("cache-control").startsWith("private, max-age="), file.header("cache-control"));
    const int age = file.header("cache-control").mid(17).split(',').first().toInt();
    QVERIFY2(age > 2 * 86'400 - 60 && age <= 3 * 86'400, file.header("cache-control"));
    QCOMPARE(w.client(m_ann).get("/api/v1/media/" + photo.id.toUtf8()).text("url").toUtf8(), photo.url);
    compareGone(photo.plain());
    compareGone(photo.webp());
}

void tst_PhotoPrivacy::givesPostedOnesToThoseWhoMaySeeThem_data()
{
    QTest::addColumn<bool>("isPublic");
    QTest::newRow("public") << true;
    QTest::newRow("unlisted") << true;
    QTest::newRow("private") << false;
    QTest::newRow("direct") << false;
}

void tst_PhotoPrivacy::givesPostedOnesToThoseWhoMaySeeThem()
{
    QFETCH(bool, isPublic);
    const QJsonObject status = postWith(m_ann, { upload(m_ann, w.photo()).id }, QTest::currentDataTag());
    const Photo photo = firstOf(status);
    const HttpReply file = w.client().get(photo.url);
    GI_STATUS(file, 200);
    const HttpReply webp =
        w.client().get(status[QLatin1String("media_attachments")][0][QLatin1String("preview_url")].toString().toUtf8(),
                       { { "Accept", "image/webp" } });
    GI_STATUS(webp, 200);
    QCOMPARE(webp.header("content-type"), QByteArray("image/webp"));
    QCOMPARE(webp.header("vary"), QByteArray("Accept"));
    if (isPublic) {
        QCOMPARE(photo.url, photo.plain());
        QCOMPARE(file.header("cache-control"), QByteArray("public, max-age=31536000, immutable"));
        return;
    }
    QVERIFY(file.header("cache-control").startsWith("private, "));
    compareGone(photo.plain());
    compareGone(photo.webp());
    const QByteArray path = "/api/v1/statuses/" + status[QLatin1String("id")].toString().toUtf8();
    GI_STATUS(w.client(m_eve).get(path), 404);
    const HttpReply seen = w.client(m_bob).get(path);
    if (qstrcmp(QTest::currentDataTag(), "direct") == 0) {
        GI_STATUS(seen, 404);
        return;
    }
    QCOMPARE(firstOf(seen.object()).url, photo.url);
    // The timeline says the same as the post by itself.
    const QJsonArray home = w.client(m_bob).get("/api/v1/timelines/home?limit=1").array();
    QCOMPARE(firstOf(home[0].toObject()).url, photo.url);
}

void tst_PhotoPrivacy::believesNoOtherSignature_data()
{
    QTest::addColumn<QByteArray>("change");
    for (const char *change : { "later", "earlier", "other signature", "of another photo", "no expiry", "no signature",
                                "upper case", "with a zero", "twice", "other ending" })
        QTest::newRow(change) << QByteArray(change);
}

void tst_PhotoPrivacy::believesNoOtherSignature()
{
    QFETCH(QByteArray, change);
    const Photo photo = upload(m_ann, w.photo());
    const Photo other = upload(m_ann, w.photo());
    GI_STATUS(w.client().get(photo.url), 200);
    const auto of = [](const Photo &one, const char *field) {
        return QUrlQuery(QUrl(QString::fromUtf8(one.url))).queryItemValue(QLatin1String(field)).toUtf8();
    };
    QByteArray plain = photo.plain();
    QByteArray expiry = of(photo, "e");
    QByteArray signature = of(photo, "s");
    QCOMPARE(signature.size(), 64);
    if (change == "later")
        expiry = QByteArray::number(expiry.toLongLong() + 1);
    else if (change == "earlier")
        expiry = QByteArray::number(expiry.toLongLong() - 1);
    else if (change == "other signature")
        signature[10] = signature[10] == '0' ? '1' : '0';
    else if (change == "of another photo")
        signature = of(other, "s");
    else if (change == "upper case")
        signature = signature.toUpper();
    else if (change == "with a zero")
        expiry.prepend('0');
    else if (change == "twice")
        expiry += "&e=9999999999";
    else if (change == "other ending")
        plain.replace(".jpg", ".webp");
    if (change == "no expiry")
        compareGone(plain + "?s=" + signature);
    else if (change == "no signature")
        compareGone(plain + "?e=" + expiry);
    else
        compareGone(plain + "?e=" + expiry + "&s=" + signature);
}

void tst_PhotoPrivacy::tellsNobodyThatTheSamePhotoIsHere()
{
    const QByteArray bytes = w.photo();
    const Photo anns = firstOf(postWith(m_ann, { upload(m_ann, bytes).id }, "private"));
    // Who has the same file knows the name of what is made from it, and no more.
    const Photo eves = upload(m_eve, bytes);
    QCOMPARE(eves.plain(), anns.plain());
    compareGone(eves.plain());
    // What she makes public of it is hers.
    const Photo open = firstOf(postWith(m_eve, { eves.id }, "public"));
    QCOMPARE(open.url, anns.plain());
    GI_STATUS(w.client().get(open.url), 200);
    const Photo again = upload(m_ann, bytes);
    QVERIFY(again.url.contains("?e="));
}

void tst_PhotoPrivacy::endsWithThePost()
{
    const QJsonObject status = postWith(m_ann, { upload(m_ann, w.photo()).id }, "public");
    const Photo photo = firstOf(status);
    GI_STATUS(w.client().get(photo.url), 200);
    const HttpReply deleted =
        w.client(m_ann).del("/api/v1/statuses/" + status[QLatin1String("id")].toString().toUtf8());
    GI_STATUS(deleted, 200);
    QTRY_COMPARE_WITH_TIMEOUT(w.client().get(photo.url).status, 404, kJobTime);
    compareGone(photo.plain());
    compareGone(photo.webp());
    // Delete and redraft: its owner has it still, and may post it to fewer, or again to all.
    const Photo loose = firstOf(deleted.object());
    QVERIFY(loose.url.contains("?e="));
    GI_STATUS(w.client().get(loose.url), 200);
    const QJsonObject fewer = postWith(m_ann, { loose.id }, "private");
    compareGone(photo.plain());
    GI_STATUS(w.client(m_ann).del("/api/v1/statuses/" + fewer[QLatin1String("id")].toString().toUtf8()), 200);
    QCOMPARE(firstOf(postWith(m_ann, { loose.id }, "public")).url, photo.url);
    GI_STATUS(w.client().get(photo.url), 200);
}

void tst_PhotoPrivacy::endsWithTheEdit()
{
    const QJsonObject status =
        postWith(m_ann, { upload(m_ann, w.photo()).id, upload(m_ann, w.photo()).id }, "unlisted");
    const Photo stays = firstOf(status);
    const Photo goes = photoOf(status[QLatin1String("media_attachments")][1]);
    const Photo comes = upload(m_ann, w.photo());
    const HttpReply edited = w.client(m_ann).put(
        "/api/v1/statuses/" + status[QLatin1String("id")].toString().toUtf8(),
        HttpBody::json({ { "status", QStringLiteral("edited") }, { "media_ids", QJsonArray { comes.id, stays.id } } }));
    GI_STATUS(edited, 200);
    QTRY_COMPARE_WITH_TIMEOUT(w.client().get(goes.url).status, 404, kJobTime);
    GI_STATUS(w.client().get(stays.url), 200);
    QCOMPARE(firstOf(edited.object()).url, comes.plain());
    GI_STATUS(w.client().get(comes.plain()), 200);
}

void tst_PhotoPrivacy::staysAsLongAsAnybodyHasIt()
{
    const QByteArray bytes = w.photo();
    const QJsonObject anns = postWith(m_ann, { upload(m_ann, bytes).id }, "public");
    const QJsonObject eves = postWith(m_eve, { upload(m_eve, bytes).id }, "public");
    const Photo photo = firstOf(anns);
    QCOMPARE(firstOf(eves).url, photo.url);
    // Another one shows that deletions have been seen to by then.
    const QJsonObject other = postWith(m_ann, { upload(m_ann, w.photo()).id }, "public");
    const auto remove = [this](const Person &person, const QJsonObject &status) {
        return w.client(person).del("/api/v1/statuses/" + status[QLatin1String("id")].toString().toUtf8()).status;
    };
    QCOMPARE(remove(m_ann, anns), 200);
    QCOMPARE(remove(m_ann, other), 200);
    QTRY_COMPARE_WITH_TIMEOUT(w.client().get(firstOf(other).url).status, 404, kJobTime);
    GI_STATUS(w.client().get(photo.url), 200);
    QCOMPARE(remove(m_eve, eves), 200);
    QTRY_COMPARE_WITH_TIMEOUT(w.client().get(photo.url).status, 404, kJobTime);
}

void tst_PhotoPrivacy::countsEachAccountsOwn()
{
    const Person admin = w.staff(QStringLiteral("admin"));
    const auto bytesOf = [&](const Person &person) {
        const Result<QByteArray> shown = w.server().run(
            { QStringLiteral("user"), QStringLiteral("show"), person.username, QStringLiteral("--json") });
        return shown ? QJsonDocument::fromJson(*shown).object()[QLatin1String("media_bytes")].toDouble(-1) : -2.0;
    };
    const Person fay = w.person();
    const Person guy = w.person();
    const QByteArray bytes = w.photo();
    (void)upload(fay, bytes);
    (void)upload(guy, bytes);
    (void)upload(guy, bytes);
    QCOMPARE(bytesOf(fay), double(bytes.size()));
    QCOMPARE(bytesOf(guy), 2.0 * double(bytes.size()));
}

void tst_PhotoPrivacy::endsWhileTheAccountIsSuspended()
{
    const Person admin = w.staff(QStringLiteral("admin"));
    const Person mal = w.person();
    const Photo photo = firstOf(postWith(mal, { upload(mal, w.photo()).id }, "public"));
    GI_STATUS(w.client().get(photo.url), 200);
    const QByteArray path = "/api/v1/admin/accounts/" + mal.id.toUtf8();
    GI_STATUS(w.client(admin).post(path + "/action", HttpBody::form({ { "type", "suspend" } })), 200);
    QTRY_COMPARE_WITH_TIMEOUT(w.client().get(photo.url).status, 404, kJobTime);
    compareGone(photo.plain());
    GI_STATUS(w.client(admin).post(path + "/unsuspend"), 200);
    QTRY_COMPARE_WITH_TIMEOUT(w.client().get(photo.url).status, 200, kJobTime);
}

void tst_PhotoPrivacy::signsInStreamsAndSchedules()
{
    const HttpReply scheduled =
        w.client(m_ann).post("/api/v1/statuses",
                             HttpBody::json({ { "status", QStringLiteral("later") },
                                              { "media_ids", QJsonArray { upload(m_ann, w.photo()).id } },
                                              { "scheduled_at", QStringLiteral("2100-01-01T00:00:00Z") } }));
    GI_STATUS(scheduled, 200);
    const Photo reserved = firstOf(scheduled.object());
    QVERIFY(reserved.url.contains("?e="));
    GI_STATUS(w.client().get(reserved.url), 200);
    compareGone(reserved.plain());
    // Notifications show posts as timelines do.
    rig::HttpClient ann = w.client(m_ann);
    const QString text = QStringLiteral("@%1 look").arg(m_bob.username);
    const Photo told = firstOf(w.post(ann, text,
                                      { { QStringLiteral("media_ids"), QJsonArray { upload(m_ann, w.photo()).id } },
                                        { QStringLiteral("visibility"), QStringLiteral("direct") } }));
    const QJsonArray news = w.client(m_bob).get("/api/v1/notifications?limit=1").array();
    QCOMPARE(firstOf(news[0][QLatin1String("status")].toObject()).url, told.url);
    GI_STATUS(w.client().get(told.url), 200);
}

void tst_PhotoPrivacy::leavesWhatDoctorFindsWell()
{
    const Result<QByteArray> report = w.server().run({ QStringLiteral("doctor"), QStringLiteral("--json") });
    QVERIFY2(report, qPrintable(report ? QString() : describe(report.error())));
}

SuitePointer makePhotoPrivacySuite(World &world)
{
    return std::make_unique<tst_PhotoPrivacy>(world);
}

} // namespace graminsta::api_test

#include "tst_photoprivacy.moc"
