// SPDX-License-Identifier: GPL-3.0-or-later
// Held against the field lists of Mastodon's documentation, and of the clients that break where one is missing.
#include "samples.h"

#include <graminsta/json/decode.h>
#include <graminsta/json/encode.h>
#include <graminsta/json/notificationgroups.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace graminsta;

namespace
{

QJsonObject objectOf(const QByteArray &document)
{
    QJsonParseError error;
    const QJsonDocument parsed = QJsonDocument::fromJson(document, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning() << error.errorString() << document;
    return parsed.object();
}

QStringList sorted(const char *words)
{
    QStringList list = QString::fromLatin1(words).split(QLatin1Char(' '));
    std::sort(list.begin(), list.end());
    return list;
}

QStringList nullsOf(const QJsonObject &object)
{
    QStringList names;
    for (auto field = object.begin(); field != object.end(); ++field) {
        if (field->isNull())
            names.append(field.key());
    }
    return names;
}

constexpr char kAccountFields[] =
    "id username acct display_name locked bot discoverable indexable group created_at note url uri avatar "
    "avatar_static header header_static followers_count following_count statuses_count last_status_at "
    "hide_collections emojis roles fields";
constexpr char kStatusFields[] =
    "id created_at in_reply_to_id in_reply_to_account_id sensitive spoiler_text visibility language uri url "
    "replies_count reblogs_count favourites_count edited_at content reblog account media_attachments mentions tags "
    "emojis card poll";

} // namespace

class TestJsonEncode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accountHasTheDocumentedFields();
    void credentialAccountHasSourceAndRole();
    void statusHasTheDocumentedFields();
    void statusHasTheViewersFlagsOnlyWhereSomebodyIsSignedIn();
    void statusHoldsTheStatusItReblogs();
    void statusSaysThatItTakesNoCommentsOnlyWhereItIsSo();
    void mediaSaysALicenceOnlyWhereThereIsOne();
    void editsAndSourceHaveTheDocumentedFields();
    void mediaHasSizesWithAspectAndFocus();
    void videosSayHowLongTheyAre();
    void mediaThatIsProcessedHasANullUrl();
    void relationshipHasSixteenFieldsAndOneNull();
    void mutedAccountSaysWhenTheMuteEnds();
    void tagHasItsHistoryAsTexts();
    void markersAreMembersOfOneObject();
    void reportHasItsTargetAndLists();
    void notificationHasItsStatusOnlyIfThereIsOne();
    void groupsHaveTheirPlaceOnlyOnAPage();
    void tokenHasItsTimeInSeconds();
    void applicationShowsItsSecretOnlyToWhoRegisteredIt();
    void instanceOneHasWhatOldClientsNeed();
    void instanceTwoHasWhatNewClientsNeed();
    void nodeInfoSaysWhatPixelDroidReads();
    void authorizationServerOffersPkce();
    void errorsAreAsTheProtocolHasThem();
};

void TestJsonEncode::accountHasTheDocumentedFields()
{
    const QJsonObject object = objectOf(json::encode(samples::account()));
    QCOMPARE(object.keys(), sorted(kAccountFields));
    QCOMPARE(nullsOf(object), QStringList { QStringLiteral("hide_collections") });
    QCOMPARE(object.value(QLatin1String("id")).toString(), QStringLiteral("113540000000000001"));
    QCOMPARE(object.value(QLatin1String("created_at")).toString(), QStringLiteral("2023-11-14T22:13:20.123Z"));
    QCOMPARE(object.value(QLatin1String("last_status_at")).toString(), QStringLiteral("2026-11-23"));
}

void TestJsonEncode::credentialAccountHasSourceAndRole()
{
    const QJsonObject object = objectOf(json::encode(samples::credentialAccount()));
    const QJsonObject source = object.value(QLatin1String("source")).toObject();
    QCOMPARE(source.keys(),
             sorted("privacy sensitive language note fields follow_requests_count hide_collections discoverable "
                    "indexable"));
    QCOMPARE(object.value(QLatin1String("role")).toObject().keys(), sorted("id name permissions color highlighted"));
}

void TestJsonEncode::statusHasTheDocumentedFields()
{
    model::Status plain = samples::status();
    plain.favourited = plain.reblogged = plain.muted = plain.bookmarked = plain.pinned = std::nullopt;
    plain.application.reset();
    plain.editedAt.reset();
    plain.inReplyToId.reset();
    plain.inReplyToAccountId.reset();
    const QJsonObject object = objectOf(json::encode(plain));
    QCOMPARE(object.keys(), sorted(kStatusFields));
    QCOMPARE(nullsOf(object), sorted("card edited_at in_reply_to_account_id in_reply_to_id poll reblog"));
    QCOMPARE(object.value(QLatin1String("created_at")).toString(), QStringLiteral("2024-11-23T19:02:53.120Z"));
    QCOMPARE(object.value(QLatin1String("content")).toString(), plain.content);
}

void TestJsonEncode::statusHasTheViewersFlagsOnlyWhereSomebodyIsSignedIn()
{
    const QJsonObject object = objectOf(json::encode(samples::status()));
    QCOMPARE(object.keys(),
             sorted((QByteArray(kStatusFields) + " application favourited reblogged muted bookmarked pinned filtered")
                        .constData()));
}

void TestJsonEncode::statusHoldsTheStatusItReblogs()
{
    model::Status outer = samples::status();
    outer.reblog = std::make_shared<model::Status>(samples::status());
    const QJsonObject inner = objectOf(json::encode(outer)).value(QLatin1String("reblog")).toObject();
    QCOMPARE(inner.value(QLatin1String("id")).toString(), outer.id);
    QVERIFY(inner.value(QLatin1String("reblog")).isNull());
}

void TestJsonEncode::statusSaysThatItTakesNoCommentsOnlyWhereItIsSo()
{
    model::Status status = samples::status();
    QVERIFY(!objectOf(json::encode(status)).contains(QLatin1String("comments_disabled")));
    status.commentsDisabled = true;
    QCOMPARE(objectOf(json::encode(status)).value(QLatin1String("comments_disabled")).toBool(), true);
}

void TestJsonEncode::mediaSaysALicenceOnlyWhereThereIsOne()
{
    model::MediaAttachment media = samples::media();
    QVERIFY(!objectOf(json::encode(media)).contains(QLatin1String("license")));
    media.license = model::License { 12, QStringLiteral("CC BY-SA"), QStringLiteral("https://example.org/") };
    QCOMPARE(*json::decodeMedia(objectOf(json::encode(media))), media);
}

void TestJsonEncode::editsAndSourceHaveTheDocumentedFields()
{
    const model::StatusEdit edit { QStringLiteral("<p>\"</p>"),   QStringLiteral("fog"), true,
                                   fromUnixMs(1'732'388'573'120), samples::account(),    { samples::media() } };
    const QJsonArray edits = QJsonDocument::fromJson(json::encode(QList<model::StatusEdit> { edit, edit })).array();
    QCOMPARE(edits.size(), 2);
    const QJsonObject object = edits[1].toObject();
    QCOMPARE(object.keys(), sorted("content spoiler_text sensitive created_at account media_attachments emojis"));
    QCOMPARE(object.value(QLatin1String("content")).toString(), edit.content);
    QCOMPARE(object.value(QLatin1String("media_attachments")).toArray().size(), 1);
    QVERIFY(nullsOf(object).isEmpty());

    const QJsonObject source = objectOf(json::encode(
        model::StatusSource { QStringLiteral("9007199254740993"), QStringLiteral("a\n\"b\""), QString() }));
    QCOMPARE(source.keys(), sorted("id text spoiler_text"));
    QCOMPARE(source.value(QLatin1String("text")).toString(), QStringLiteral("a\n\"b\""));
    QCOMPARE(source.value(QLatin1String("spoiler_text")).toString(), QString(QLatin1String("")));
}

void TestJsonEncode::mediaHasSizesWithAspectAndFocus()
{
    QCOMPARE(json::encode(samples::media()),
             QByteArray(R"({"id":"22","type":"image","url":"https://example.org/media/a.jpg",)"
                        R"("preview_url":"https://example.org/media/b.jpg","remote_url":null,"meta":{)"
                        R"("original":{"width":1080,"height":810,"size":"1080x810","aspect":1.3333333333333333},)"
                        R"("small":{"width":320,"height":240,"size":"320x240","aspect":1.3333333333333333},)"
                        R"("focus":{"x":-0.42,"y":0.69}},"description":"A bridge\nin fog",)"
                        R"("blurhash":"UeKUpFxuo~R%0nW;WCnhF6RjaJt757oJodS$"})"));
}

void TestJsonEncode::videosSayHowLongTheyAre()
{
    const QJsonObject meta = objectOf(json::encode(samples::video())).value(QLatin1String("meta")).toObject();
    QCOMPARE(meta.value(QLatin1String("length")).toString(), QStringLiteral("1:01:06.25"));
    QCOMPARE(meta.value(QLatin1String("duration")).toDouble(), 3666.25);
    QCOMPARE(meta.value(QLatin1String("fps")).toDouble(), 30000.0 / 1001);
    QCOMPARE(meta.value(QLatin1String("width")).toInt(), 1080);
    const QJsonObject original = meta.value(QLatin1String("original")).toObject();
    QCOMPARE(original.keys(), sorted("aspect bitrate duration frame_rate height size width"));
    QCOMPARE(original.value(QLatin1String("frame_rate")).toString(), QStringLiteral("30000/1001"));
    QCOMPARE(original.value(QLatin1String("bitrate")).toInt(), 1'234'567);
    QCOMPARE(meta.value(QLatin1String("small")).toObject().keys(), sorted("aspect height size width"));
}

void TestJsonEncode::mediaThatIsProcessedHasANullUrl()
{
    model::MediaAttachment media;
    media.id = QStringLiteral("1");
    media.type = QStringLiteral("image");
    const QJsonObject object = objectOf(json::encode(media));
    QCOMPARE(nullsOf(object), sorted("blurhash description preview_url remote_url url"));
}

void TestJsonEncode::relationshipHasSixteenFieldsAndOneNull()
{
    model::Relationship relationship;
    relationship.id = QStringLiteral("1");
    const QJsonObject object = objectOf(json::encode(relationship));
    QCOMPARE(object.keys(),
             sorted("id following showing_reblogs notifying languages followed_by blocking blocked_by muting "
                    "muting_notifications muting_expires_at requested requested_by domain_blocking endorsed note"));
    QCOMPARE(nullsOf(object), QStringList { QStringLiteral("muting_expires_at") });
}

void TestJsonEncode::mutedAccountSaysWhenTheMuteEnds()
{
    model::Account account = samples::account();
    QVERIFY(!objectOf(json::encode(account)).contains(QLatin1String("mute_expires_at")));
    account.mute = model::MuteEnd {};
    QVERIFY(objectOf(json::encode(account)).value(QLatin1String("mute_expires_at")).isNull());
    account.mute->expiresAt = fromUnixMs(0);
    QCOMPARE(objectOf(json::encode(account)).value(QLatin1String("mute_expires_at")).toString(),
             QStringLiteral("1970-01-01T00:00:00.000Z"));
}

void TestJsonEncode::tagHasItsHistoryAsTexts()
{
    const model::Tag tag { QStringLiteral("sea"),
                           QStringLiteral("https://example.org/tags/sea"),
                           true,
                           { { fromUnixMs(86'400'000), 3, 2 } } };
    QCOMPARE(json::encode(tag),
             QByteArray(R"({"name":"sea","url":"https://example.org/tags/sea",)"
                        R"("history":[{"day":"86400","uses":"3","accounts":"2"}],"following":true})"));
}

void TestJsonEncode::markersAreMembersOfOneObject()
{
    QCOMPARE(json::encode(QList<model::Marker> {}), QByteArray("{}"));
    const QList<model::Marker> markers { { QStringLiteral("home"), QStringLiteral("7"), 2, fromUnixMs(0) },
                                         { QStringLiteral("notifications"), QStringLiteral("8"), 0, fromUnixMs(0) } };
    QCOMPARE(
        json::encode(markers),
        QByteArray(R"({"home":{"last_read_id":"7","version":2,"updated_at":"1970-01-01T00:00:00.000Z"},)"
                   R"("notifications":{"last_read_id":"8","version":0,"updated_at":"1970-01-01T00:00:00.000Z"}})"));
}

void TestJsonEncode::reportHasItsTargetAndLists()
{
    model::Report report;
    report.id = QStringLiteral("3");
    report.statusIds = QStringList { QStringLiteral("5") };
    report.targetAccount = samples::account();
    const QJsonObject object = objectOf(json::encode(report));
    QCOMPARE(object.keys(),
             sorted("id action_taken action_taken_at category comment forwarded created_at status_ids rule_ids "
                    "target_account"));
    QCOMPARE(nullsOf(object), QStringList { QStringLiteral("action_taken_at") });
    QCOMPARE(object.value(QLatin1String("status_ids")).toArray(), QJsonArray { QStringLiteral("5") });
    QCOMPARE(object.value(QLatin1String("rule_ids")).toArray(), QJsonArray());
}

void TestJsonEncode::notificationHasItsStatusOnlyIfThereIsOne()
{
    model::Notification follow {
        QStringLiteral("5"), QStringLiteral("follow"), fromUnixMs(0), samples::account(), {}, QStringLiteral("follow-1")
    };
    QCOMPARE(objectOf(json::encode(follow)).keys(), sorted("id type created_at group_key account"));
    follow.status = samples::status();
    QCOMPARE(objectOf(json::encode(follow)).keys(), sorted("id type created_at group_key account status"));
}

void TestJsonEncode::groupsHaveTheirPlaceOnlyOnAPage()
{
    model::NotificationGroup group;
    group.groupKey = QStringLiteral("follow-1");
    group.type = QStringLiteral("follow");
    group.mostRecentId = QStringLiteral("5");
    group.sampleAccountIds = QStringList { QStringLiteral("7") };
    model::GroupedNotifications notifications;
    notifications.groups.append(group);
    QJsonObject object = objectOf(json::encode(notifications));
    QCOMPARE(object.keys(), sorted("accounts statuses notification_groups"));
    const QString always =
        QStringLiteral("group_key notifications_count type most_recent_notification_id sample_account_ids");
    const auto keys = [&object] {
        return object.value(QLatin1String("notification_groups")).toArray().first().toObject().keys();
    };
    QCOMPARE(keys(), sorted(always.toUtf8().constData()));
    notifications.groups.first().statusId = QStringLiteral("9");
    notifications.groups.first().place = { QStringLiteral("4"), QStringLiteral("5"), fromUnixMs(0) };
    notifications.partialAccounts = QList<model::PartialAccount> { {} };
    object = objectOf(json::encode(notifications));
    QCOMPARE(object.keys(), sorted("accounts partial_accounts statuses notification_groups"));
    QCOMPARE(object.value(QLatin1String("partial_accounts")).toArray().first().toObject().keys(),
             sorted("id acct locked bot url avatar avatar_static"));
    QCOMPARE(keys(),
             sorted((always + QStringLiteral(" page_min_id page_max_id latest_page_notification_at status_id"))
                        .toUtf8()
                        .constData()));
}

void TestJsonEncode::tokenHasItsTimeInSeconds()
{
    const model::Token token { QStringLiteral("secret"), QStringLiteral("Bearer"), QStringLiteral("read write"),
                               fromUnixMs(1'573'979'017'999) };
    QCOMPARE(
        json::encode(token),
        QByteArray(R"({"access_token":"secret","token_type":"Bearer","scope":"read write","created_at":1573979017})"));
}

void TestJsonEncode::applicationShowsItsSecretOnlyToWhoRegisteredIt()
{
    model::Application application;
    application.id = QStringLiteral("1");
    application.clientId = QStringLiteral("client");
    application.redirectUris = { QStringLiteral("a://b"), QStringLiteral("c://d") };
    QCOMPARE(objectOf(json::encode(application)).keys(),
             sorted("id name website scopes redirect_uris redirect_uri vapid_key"));
    application.clientSecret = QStringLiteral("secret");
    const QJsonObject credential = objectOf(json::encode(application));
    QCOMPARE(credential.keys(),
             sorted("id name website scopes redirect_uris redirect_uri vapid_key client_id client_secret "
                    "client_secret_expires_at"));
    QCOMPARE(credential.value(QLatin1String("redirect_uri")).toString(), QStringLiteral("a://b\nc://d"));
}

void TestJsonEncode::instanceOneHasWhatOldClientsNeed()
{
    const QJsonObject object = objectOf(json::encodeInstanceV1(samples::instance()));
    QCOMPARE(
        object.keys(),
        sorted("uri title short_description description email version urls stats thumbnail languages registrations "
               "approval_required invites_enabled configuration contact_account rules"));
    QVERIFY(nullsOf(object).isEmpty());
    QCOMPARE(object.value(QLatin1String("configuration")).toObject().keys(),
             sorted("accounts statuses media_attachments polls"));
}

void TestJsonEncode::instanceTwoHasWhatNewClientsNeed()
{
    const QJsonObject object = objectOf(json::encodeInstanceV2(samples::instance()));
    QCOMPARE(object.keys(),
             sorted("domain title version source_url description usage thumbnail icon languages configuration "
                    "registrations api_versions contact rules"));
    QVERIFY(nullsOf(object).isEmpty());
    const QJsonObject configuration = object.value(QLatin1String("configuration")).toObject();
    QCOMPARE(configuration.keys(),
             sorted("urls vapid accounts statuses media_attachments polls translation timelines_access graminsta"));
    QVERIFY(configuration.value(QLatin1String("vapid")).toObject().contains(QLatin1String("public_key")));
}

void TestJsonEncode::nodeInfoSaysWhatPixelDroidReads()
{
    const QJsonObject object = objectOf(json::encodeNodeInfo(samples::instance()));
    QCOMPARE(object.keys(), sorted("version software protocols services openRegistrations usage metadata"));
    const QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
    const QJsonObject config = metadata.value(QLatin1String("config")).toObject();
    QCOMPARE(config.keys(), sorted("uploader site account activitypub features"));
    QCOMPARE(config.value(QLatin1String("uploader")).toObject().value(QLatin1String("max_photo_size")).toInt(), 25'600);
    QCOMPARE(metadata.value(QLatin1String("upstream")).toObject().value(QLatin1String("name")).toString(),
             QStringLiteral("mastodon"));
    QVERIFY(json::encodeNodeInfoLinks(QStringLiteral("https://example.org"))
                .contains("\"href\":\"https://example.org/nodeinfo/2.0\""));
}

void TestJsonEncode::authorizationServerOffersPkce()
{
    const QJsonObject object =
        objectOf(json::encodeAuthorizationServer(QStringLiteral("https://example.org"), { QStringLiteral("read") }));
    QCOMPARE(object.value(QLatin1String("code_challenge_methods_supported")).toArray(),
             QJsonArray { QStringLiteral("S256") });
    QCOMPARE(object.value(QLatin1String("token_endpoint")).toString(),
             QStringLiteral("https://example.org/oauth/token"));
}

void TestJsonEncode::errorsAreAsTheProtocolHasThem()
{
    QCOMPARE(json::encodeError(QStringLiteral("Record not found")), QByteArray(R"({"error":"Record not found"})"));
    QCOMPARE(json::encodeError(QStringLiteral("invalid_grant"), QStringLiteral("The code is old")),
             QByteArray(R"({"error":"invalid_grant","error_description":"The code is old"})"));
    QCOMPARE(json::encodeEmpty(), QByteArray("{}"));
}

QTEST_GUILESS_MAIN(TestJsonEncode)
#include "tst_jsonencode.moc"
