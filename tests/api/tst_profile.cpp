// SPDX-License-Identifier: GPL-3.0-or-later
// One's own profile: https://docs.joinmastodon.org/methods/accounts/#update_credentials
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Profile : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void showsItsOwnerMoreThanOthers();
    void changesFromAnyKindOfBody_data();
    void changesFromAnyKindOfBody();
    void changesOnlyWhatIsSent();
    void takesANewPicture_data();
    void takesANewPicture();
    void refusesAPictureThatIsNone_data();
    void refusesAPictureThatIsNone();
    void keepsFieldsInOrder_data();
    void keepsFieldsInOrder();
    void keepsPreferences();
    void givesTheNoteAsHtmlAndAsText();
    void turnsLineBreaksOfFormsIntoPlainOnes();
    void refusesWhatIsTooLong_data();
    void refusesWhatIsTooLong();
};

namespace
{

const QByteArray kUpdate = "/api/v1/accounts/update_credentials";

} // namespace

void tst_Profile::showsItsOwnerMoreThanOthers()
{
    const Person person = w.person();
    const QJsonObject own = w.client(person).get("/api/v1/accounts/verify_credentials").object();
    QVERIFY(own.contains(QLatin1String("source")));
    QCOMPARE(own[QLatin1String("source")][QLatin1String("privacy")].toString(), QStringLiteral("public"));
    const HttpReply shown = w.client().get("/api/v1/accounts/" + person.id.toUtf8());
    GI_STATUS(shown, 200);
    QVERIFY(!shown.object().contains(QLatin1String("source")));
    QVERIFY(!shown.body.contains(person.email.toUtf8()));
}

void tst_Profile::changesFromAnyKindOfBody_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<HttpBody>("body");
    const HttpBody json = HttpBody::json({ { "display_name", QStringLiteral("Zoë & I") }, { "locked", true } });
    const HttpBody form = HttpBody::form({ { "display_name", "Zoë & I" }, { "locked", "True" } });
    const HttpBody parts = HttpBody::multipart({ { "display_name", "Zoë & I" }, { "locked", "1" } });
    QTest::newRow("PATCH json") << QByteArray("PATCH") << json;
    QTest::newRow("PATCH form") << QByteArray("PATCH") << form;
    QTest::newRow("PATCH multipart") << QByteArray("PATCH") << parts;
    QTest::newRow("POST json") << QByteArray("POST") << json;
    QTest::newRow("POST multipart") << QByteArray("POST") << parts;
}

void tst_Profile::changesFromAnyKindOfBody()
{
    QFETCH(QByteArray, verb);
    QFETCH(HttpBody, body);
    const Person person = w.person();
    rig::HttpClient http = w.client(person);
    const HttpReply changed = http.send(verb, kUpdate, body);
    GI_STATUS(changed, 200);
    QCOMPARE(changed.text("display_name"), QStringLiteral("Zoë & I"));
    QCOMPARE(changed.object()[QLatin1String("locked")].toBool(), true);
    QCOMPARE(http.get("/api/v1/accounts/" + person.id.toUtf8()).text("display_name"), QStringLiteral("Zoë & I"));
}

void tst_Profile::changesOnlyWhatIsSent()
{
    rig::HttpClient http = w.client(w.person());
    GI_STATUS(http.patch(kUpdate, HttpBody::form({ { "display_name", "Kept" }, { "bot", "true" } })), 200);
    const HttpReply changed = http.patch(kUpdate, HttpBody::form({ { "note", "new" } }));
    GI_STATUS(changed, 200);
    QCOMPARE(changed.text("display_name"), QStringLiteral("Kept"));
    QCOMPARE(changed.object()[QLatin1String("bot")].toBool(), true);
    const HttpReply untouched = http.patch(kUpdate, HttpBody::form({}));
    GI_STATUS(untouched, 200);
    QCOMPARE(untouched.text("display_name"), QStringLiteral("Kept"));
}

void tst_Profile::takesANewPicture_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("avatar") << QByteArray("avatar");
    QTest::newRow("header") << QByteArray("header");
}

void tst_Profile::takesANewPicture()
{
    QFETCH(QByteArray, field);
    rig::HttpClient http = w.client(w.person());
    const QString before = http.get("/api/v1/accounts/verify_credentials").text(field);
    const HttpReply changed =
        http.patch(kUpdate, HttpBody::multipart({ { field, w.photo(), "me.jpg", "image/jpeg" } }));
    GI_STATUS(changed, 200);
    const QString after = changed.text(field);
    QVERIFY(after != before);
    QCOMPARE(changed.text(field + "_static"), after);
    const HttpReply picture = w.client().get(after.toUtf8());
    GI_STATUS(picture, 200);
    QVERIFY(picture.header("content-type").startsWith("image/"));
    // Before there was one, clients got a picture too: never null, never a dead link.
    GI_STATUS(w.client().get(before.toUtf8()), 200);
}

void tst_Profile::refusesAPictureThatIsNone_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("bytes");
    // RFC 2083: a header that promises 30,000 x 30,000 pixels.
    const QByteArray bomb = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000075300000753008060000000000000000");
    const QByteArray svg("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    for (const char *field : { "avatar", "header" }) {
        QTest::addRow("text as %s", field) << QByteArray(field) << QByteArray("no picture");
        QTest::addRow("drawing as %s", field) << QByteArray(field) << svg;
        QTest::addRow("truncated %s", field) << QByteArray(field) << w.photo().chopped(200);
        QTest::addRow("bomb as %s", field) << QByteArray(field) << bomb;
        QTest::addRow("too large a file as %s", field)
            << QByteArray(field) << w.photo() + QByteArray(9 << 20, '\0'); // more than the 8 MiB of such a picture
    }
}

void tst_Profile::refusesAPictureThatIsNone()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, bytes);
    rig::HttpClient http = w.client(w.person());
    const QString before = http.get("/api/v1/accounts/verify_credentials").text(field);
    const HttpReply refused = http.patch(kUpdate, HttpBody::multipart({ { field, bytes, "me.jpg", "image/jpeg" } }));
    QVERIFY2(refused.status == 422 || refused.status == 413, refused.summary());
    // Words that a person can use; and what was there stays.
    QVERIFY2(refused.text("error").size() > 10, refused.summary());
    QCOMPARE(http.get("/api/v1/accounts/verify_credentials").text(field), before);
}

void tst_Profile::keepsFieldsInOrder_data()
{
    QTest::addColumn<HttpBody>("body");
    QTest::newRow("form") << HttpBody::form({ { "fields_attributes[0][name]", "Camera" },
                                              { "fields_attributes[0][value]", "Leica M6" },
                                              { "fields_attributes[1][name]", "Film" },
                                              { "fields_attributes[1][value]", "Portra 400" } });
    QTest::newRow("multipart") << HttpBody::multipart({ { "fields_attributes[0][name]", "Camera" },
                                                        { "fields_attributes[0][value]", "Leica M6" },
                                                        { "fields_attributes[1][name]", "Film" },
                                                        { "fields_attributes[1][value]", "Portra 400" } });
    const QJsonObject camera { { QStringLiteral("name"), QStringLiteral("Camera") },
                               { QStringLiteral("value"), QStringLiteral("Leica M6") } };
    const QJsonObject film { { QStringLiteral("name"), QStringLiteral("Film") },
                             { QStringLiteral("value"), QStringLiteral("Portra 400") } };
    QTest::newRow("json array") << HttpBody::json({ { "fields_attributes", QJsonArray { camera, film } } });
}

void tst_Profile::keepsFieldsInOrder()
{
    QFETCH(HttpBody, body);
    rig::HttpClient http = w.client(w.person());
    const HttpReply changed = http.patch(kUpdate, body);
    GI_STATUS(changed, 200);
    const QJsonArray fields = changed.object()[QLatin1String("source")][QLatin1String("fields")].toArray();
    QCOMPARE(fields.size(), 2);
    QCOMPARE(fields[0][QLatin1String("name")].toString(), QStringLiteral("Camera"));
    QCOMPARE(fields[1][QLatin1String("value")].toString(), QStringLiteral("Portra 400"));
}

void tst_Profile::keepsPreferences()
{
    rig::HttpClient http = w.client(w.person());
    const HttpReply changed = http.patch(
        kUpdate,
        HttpBody::form(
            { { "source[privacy]", "unlisted" }, { "source[sensitive]", "true" }, { "source[language]", "de" } }));
    GI_STATUS(changed, 200);
    const QJsonValue source = changed.object()[QLatin1String("source")];
    QCOMPARE(source[QLatin1String("privacy")].toString(), QStringLiteral("unlisted"));
    QCOMPARE(source[QLatin1String("sensitive")].toBool(), true);
    QCOMPARE(source[QLatin1String("language")].toString(), QStringLiteral("de"));
    // What a post does not say, the preference does.
    const QJsonObject posted = w.post(http, QStringLiteral("by preference"));
    QCOMPARE(posted[QLatin1String("visibility")].toString(), QStringLiteral("unlisted"));
}

void tst_Profile::givesTheNoteAsHtmlAndAsText()
{
    rig::HttpClient http = w.client(w.person());
    const HttpReply changed = http.patch(
        kUpdate, HttpBody::json({ { "note", QStringLiteral("I <b>love</b> & shoot\nhttps://film.example") } }));
    GI_STATUS(changed, 200);
    QVERIFY(!changed.text("note").contains(QStringLiteral("<b>")));
    QVERIFY2(changed.text("note").contains(QStringLiteral("&lt;b&gt;love&lt;/b&gt; &amp; shoot")), changed.summary());
    QCOMPARE(changed.object()[QLatin1String("source")][QLatin1String("note")].toString(),
             QStringLiteral("I <b>love</b> & shoot\nhttps://film.example"));
}

void tst_Profile::turnsLineBreaksOfFormsIntoPlainOnes()
{
    // RFC 7578 keeps what browsers send: CRLF.
    rig::HttpClient http = w.client(w.person());
    const HttpReply changed = http.patch(kUpdate, HttpBody::multipart({ { "note", "one\r\ntwo" } }));
    GI_STATUS(changed, 200);
    QCOMPARE(changed.object()[QLatin1String("source")][QLatin1String("note")].toString(), QStringLiteral("one\ntwo"));
}

void tst_Profile::refusesWhatIsTooLong_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("name") << QByteArray("display_name");
    QTest::newRow("note") << QByteArray("note");
}

void tst_Profile::refusesWhatIsTooLong()
{
    QFETCH(QByteArray, field);
    rig::HttpClient http = w.client(w.person());
    const HttpReply refused = http.patch(kUpdate, HttpBody::form({ { field, QByteArray(5000, 'x') } }));
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").startsWith(QStringLiteral("Validation failed: ")), refused.summary());
}

SuitePointer makeProfileSuite(World &world)
{
    return std::make_unique<tst_Profile>(world);
}

} // namespace graminsta::api_test

#include "tst_profile.moc"
