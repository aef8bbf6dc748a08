// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include <graminsta/json/decode.h>
#include <graminsta/json/encode.h>

#include <QJsonDocument>
#include <QTest>

using namespace graminsta;

namespace
{

QJsonObject objectOf(const QByteArray &document)
{
    return QJsonDocument::fromJson(document).object();
}

} // namespace

class TestJsonDecode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsBackWhatIsWritten();
    void takesIdsAsNumbersOfAnySize();
    void takesPixelfedsNulls();
    void takesTheShortRelationshipOfPixelfed();
    void givesForeignNotificationsAsTheyAre();
    void namesWhatIsMissing();
    void leavesOutTheEntryThatCannotBeRead();
    void cutsWhatIsTooLong();
    void doesNotDescendIntoReblogsOfReblogs();
    void takesTheLimitsOfEachKindOfServer_data();
    void takesTheLimitsOfEachKindOfServer();
    void takesRedirectUrisInBothForms();
    void readsErrorsOfTheApiAndOfOAuthAndOfLaravel();
    void refusesWhatIsNoDocument();
};

void TestJsonDecode::readsBackWhatIsWritten()
{
    QCOMPARE(*json::decodeAccount(objectOf(json::encode(samples::credentialAccount()))), samples::credentialAccount());
    QCOMPARE(*json::decodeMedia(objectOf(json::encode(samples::media()))), samples::media());
    QCOMPARE(*json::decodeMedia(objectOf(json::encode(samples::video()))), samples::video());
    QCOMPARE(*json::decodeStatus(objectOf(json::encode(samples::status()))), samples::status());
    const model::Instance instance = samples::instance();
    for (const Result<model::Instance> &read : { json::decodeInstanceV1(objectOf(json::encodeInstanceV1(instance))),
                                                 json::decodeInstanceV2(objectOf(json::encodeInstanceV2(instance))) }) {
        QVERIFY(read);
        QCOMPARE(read->domain, instance.domain);
        QCOMPARE(read->limits.imageSizeLimit, instance.limits.imageSizeLimit);
        QCOMPARE(read->limits.maxMediaAttachments, instance.limits.maxMediaAttachments);
        QCOMPARE(read->limits.supportedMimeTypes, instance.limits.supportedMimeTypes);
        QCOMPARE(*read->contactAccount, *instance.contactAccount);
    }
    // Only this form has a place for what Graminsta alone has.
    const Result<model::Instance> read = json::decodeInstanceV2(objectOf(json::encodeInstanceV2(instance)));
    QCOMPARE(read->limits.tusPath, instance.limits.tusPath);
    QCOMPARE(read->limits.tusMaxSize, instance.limits.tusMaxSize);
    QCOMPARE(read->limits.tusExtensions, instance.limits.tusExtensions);
    model::Application application;
    application.clientId = QStringLiteral("a");
    application.clientSecret = QStringLiteral("b");
    application.redirectUris = { QStringLiteral("c://d") };
    QCOMPARE(json::decodeApplication(objectOf(json::encode(application)))->redirectUris, application.redirectUris);
}

void TestJsonDecode::takesIdsAsNumbersOfAnySize()
{
    const auto account = json::decodeAccount(objectOf(R"({"id":9007199254740993,"acct":"a@b"})"));
    QCOMPARE(account->id, QStringLiteral("9007199254740993"));
    QCOMPARE(account->username, QStringLiteral("a"));
}

void TestJsonDecode::takesPixelfedsNulls()
{
    const auto status = json::decodeStatus(objectOf(
        R"({"id":1,"account":{"id":2,"acct":"a","note":null,"last_status_at":null,"header":null,"emojis":null},)"
        R"("content":null,"spoiler_text":null,"favourited":null,"reblogged":false,"created_at":"2024-01-02T03:04:05.000000Z",)"
        R"("reply_count":3,"media_attachments":[{"id":"3","type":"image","url":"u","preview_url":null,"meta":{"focus":null,)"
        R"("original":{"width":"10","height":5}},"description":null,"blurhash":null}],"mentions":null,"tags":[{"name":null}],)"
        R"("in_reply_to_id":null,"poll":null,"language":null})"));
    QVERIFY(status);
    QCOMPARE(status->content, QString());
    QVERIFY(!status->favourited);
    QCOMPARE(status->reblogged, std::optional(false));
    QCOMPARE(status->repliesCount, 3);
    QCOMPARE(toRfc3339(status->createdAt), QStringLiteral("2024-01-02T03:04:05.000Z"));
    const model::MediaAttachment media = status->mediaAttachments.first();
    QCOMPARE(*media.original, (model::MediaSize { 10, 5 }));
    QVERIFY(!media.small);
    QVERIFY(!media.description);
    QVERIFY(status->tags.isEmpty());
}

void TestJsonDecode::takesTheShortRelationshipOfPixelfed()
{
    const auto relationship =
        json::decodeRelationship(objectOf(R"({"id":"1","following":true,"followed_by":false,"blocking":null})"));
    QVERIFY(relationship->following);
    QVERIFY(!relationship->blockedBy);
    QCOMPARE(relationship->note, QString());
}

void TestJsonDecode::givesForeignNotificationsAsTheyAre()
{
    const auto notification = json::decodeNotification(
        objectOf(R"({"id":"1","type":"story:react","created_at":null,"account":{"id":"2"},"status":{"broken":1}})"));
    QCOMPARE(notification->type, QStringLiteral("story:react"));
    QVERIFY(!notification->status);
}

void TestJsonDecode::namesWhatIsMissing()
{
    QCOMPARE(json::decodeStatus(objectOf(R"({"account":{"id":"1"}})")).error().detail,
             QStringLiteral("Status without id"));
    QCOMPARE(json::decodeStatus(objectOf(R"({"id":"1"})")).error().detail, QStringLiteral("Account without id"));
    QCOMPARE(json::decodeToken({}).error().detail, QStringLiteral("Token without access_token"));
    QCOMPARE(json::decodeApplication(objectOf(R"({"client_id":"a"})")).error().detail,
             QStringLiteral("CredentialApplication without client_secret"));
    QCOMPARE(json::decodeInstanceV2({}).error().detail, QStringLiteral("Instance without domain"));
}

void TestJsonDecode::leavesOutTheEntryThatCannotBeRead()
{
    const QJsonArray array =
        QJsonDocument::fromJson(
            R"([{"id":"1","account":{"id":"9"}},{"id":"2"},null,7,{"id":"3","account":{"id":"9"}}])")
            .array();
    const QList<model::Status> statuses = json::decodeStatuses(array);
    QCOMPARE(statuses.size(), 2);
    QCOMPARE(statuses.at(1).id, QStringLiteral("3"));
}

void TestJsonDecode::cutsWhatIsTooLong()
{
    QJsonArray many;
    for (int i = 0; i < 2000; ++i)
        many.append(QJsonObject { { QStringLiteral("id"), i + 1 } });
    QCOMPARE(json::decodeAccounts(many).size(), json::kMaxListItems);
    const QJsonObject chatty { { QStringLiteral("id"), 1 },
                               { QStringLiteral("note"), QString(1 << 20, QLatin1Char('x')) } };
    QCOMPARE(json::decodeAccount(chatty)->note.size(), json::kMaxTextLength);
}

void TestJsonDecode::doesNotDescendIntoReblogsOfReblogs()
{
    QJsonObject nested;
    for (int i = 1; i <= 50; ++i)
        nested = QJsonObject { { QStringLiteral("id"), i },
                               { QStringLiteral("account"), QJsonObject { { QStringLiteral("id"), 1 } } },
                               { QStringLiteral("reblog"), nested } };
    const auto status = json::decodeStatus(nested);
    QVERIFY(status->reblog);
    QVERIFY(!status->reblog->reblog);
}

void TestJsonDecode::takesTheLimitsOfEachKindOfServer_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<int>("pictures");
    QTest::addColumn<int>("characters");
    QTest::addColumn<int>("description");
    QTest::newRow("says nothing") << QStringLiteral("3.5.3 (compatible; Pixelfed 0.11.0)") << QByteArray("{}") << 4
                                  << 500 << 1000;
    QTest::newRow("Pixelfed") << QStringLiteral("3.5.3 (compatible; Pixelfed 0.12.6)")
                              << QByteArray(R"({"configuration":{"statuses":{"max_characters":2000,)"
                                            R"("max_media_attachments":20}}})")
                              << 20 << 2000 << 1000;
    QTest::newRow("Mastodon") << QStringLiteral("4.2.1")
                              << QByteArray(R"({"configuration":{"statuses":{"max_characters":500}}})") << 4 << 500
                              << 1500;
    QTest::newRow("Pleroma") << QStringLiteral("2.7.2 (compatible; Pleroma 2.5)")
                             << QByteArray(R"({"max_toot_chars":5000,"configuration":null})") << 4 << 5000 << 1000;
    QTest::newRow("nonsense") << QStringLiteral("4.2.1")
                              << QByteArray(R"({"configuration":{"statuses":{"max_characters":0,)"
                                            R"("max_media_attachments":-1}}})")
                              << 4 << 500 << 1500;
}

void TestJsonDecode::takesTheLimitsOfEachKindOfServer()
{
    QFETCH(QString, version);
    QFETCH(QByteArray, rest);
    QJsonObject document = objectOf(rest);
    document.insert(QLatin1String("version"), version);
    const auto instance = json::decodeInstanceV1(document);
    QVERIFY(instance);
    QTEST(instance->limits.maxMediaAttachments, "pictures");
    QTEST(instance->limits.maxCharacters, "characters");
    QTEST(instance->limits.descriptionLimit, "description");
}

void TestJsonDecode::takesRedirectUrisInBothForms()
{
    const auto old = json::decodeApplication(
        objectOf("{\"client_id\":\"a\",\"client_secret\":\"b\",\"redirect_uri\":\"c://d\\ne://f\"}"));
    QCOMPARE(old->redirectUris, (QStringList { QStringLiteral("c://d"), QStringLiteral("e://f") }));
}

void TestJsonDecode::readsErrorsOfTheApiAndOfOAuthAndOfLaravel()
{
    QCOMPARE(json::decodeError(R"({"error":"Record not found"})").error, QStringLiteral("Record not found"));
    QCOMPARE(json::decodeError(R"({"error":"invalid_grant","error_description":"old"})").description,
             QStringLiteral("old"));
    QCOMPARE(json::decodeError(R"({"message":"The file is too big.","errors":{}})").error,
             QStringLiteral("The file is too big."));
    QCOMPARE(json::decodeError("<html>").error, QString());
}

void TestJsonDecode::refusesWhatIsNoDocument()
{
    QVERIFY(!json::parseObject("[]"));
    QVERIFY(!json::parseObject("<html></html>"));
    QVERIFY(!json::parseArray("{}"));
    QVERIFY(!json::parseArray(QByteArray(5000, '['))); // no crash
}

QTEST_GUILESS_MAIN(TestJsonDecode)
#include "tst_jsondecode.moc"
