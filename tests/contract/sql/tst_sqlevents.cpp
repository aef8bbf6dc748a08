// SPDX-License-Identifier: GPL-3.0-or-later
// What a transaction publishes, on both databases; and what those ask who tell many at once.
#include "testdatabase.h"

using namespace graminsta;
using namespace graminsta::test;
using entities::NotificationType;
using entities::Standing;
using entities::Status;
using entities::Visibility;
using ports::Event;

namespace
{

constexpr Timestamp kNow = fromUnixMs(1'000'000);

} // namespace

class tst_SqlEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishesWhatIsDurableInItsOrder_data() { addDatabaseRows(); }
    void publishesWhatIsDurableInItsOrder();
    void publishesNothingOfWhatFails_data() { addDatabaseRows(); }
    void publishesNothingOfWhatFails();
    void publishesNothingOfWhatChangesNothing_data() { addDatabaseRows(); }
    void publishesNothingOfWhatChangesNothing();
    void publishesWhichTokensAreRevoked_data() { addDatabaseRows(); }
    void publishesWhichTokensAreRevoked();
    void publishesWhichMediaAreSettled_data() { addDatabaseRows(); }
    void publishesWhichMediaAreSettled();
    void tellsHowManyStandToOne_data() { addDatabaseRows(); }
    void tellsHowManyStandToOne();
    void tellsWhatManyHaveDoneWithOne_data() { addDatabaseRows(); }
    void tellsWhatManyHaveDoneWithOne();
};

void tst_SqlEvents::publishesWhatIsDurableInItsOrder()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    static_cast<void>(database.takeEvents());
    Status post = database.draft(author);
    post.visibility = Visibility::Private;
    database.post(post);
    const Status reblog = database.reblog(other, post.id);
    const auto told = database.newId<NotificationId>();
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.update(post));
        GI_TRY(writers.notifications.insert({ told, author, NotificationType::Reblog, other, post.id, kNow }));
        GI_TRY(writers.statuses.removeReblog(other, post.id));
        return writers.statuses.remove(post.id);
    });
    const QList<Event> expected { ports::StatusCreated { post.id },
                                  ports::StatusCreated { reblog.id },
                                  ports::StatusEdited { post.id },
                                  ports::NotificationCreated { told, author },
                                  ports::StatusDeleted { reblog.id, other, Visibility::Public },
                                  ports::StatusDeleted { post.id, author, Visibility::Private } };
    QVERIFY(database.takeEvents() == expected);
}

void tst_SqlEvents::publishesNothingOfWhatFails()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Status post = database.draft(author);
    const Result<> written = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.insert(post));
        return makeError(Fault::Conflict, QStringLiteral("no"));
    });
    QVERIFY(!written);
    QVERIFY(database.takeEvents().isEmpty());
}

void tst_SqlEvents::publishesNothingOfWhatChangesNothing()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId foe = database.addAccount(QStringLiteral("foe")).id;
    const Status post = database.post(database.draft(author));
    const Status first = database.reblog(foe, post.id);
    database.write([&](ports::WriteSet &writers) {
        return writers.relations.block(database.newId<RelationId>(), author, foe, kNow);
    });
    static_cast<void>(database.takeEvents());
    database.reblog(foe, post.id); // once is enough
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.removeReblog(author, post.id));
        GI_TRY(writers.oauth.removeToken(TokenId { 1 }));
        return writers.notifications.insert(
            { database.newId<NotificationId>(), author, NotificationType::Reblog, foe, post.id, kNow });
    });
    QVERIFY(database.takeEvents().isEmpty());
}

void tst_SqlEvents::publishesWhichTokensAreRevoked()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    entities::Application application;
    application.id = database.newId<ApplicationId>();
    application.clientId = QStringLiteral("client");
    QList<TokenId> tokens;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.insertApplication(application));
        tokens.clear();
        for (int i = 0; i < 4; ++i) {
            tokens.append(database.newId<TokenId>());
            GI_TRY(writers.oauth.insertToken(
                { tokens.last(), QByteArray::number(i), application.id, account, QStringLiteral("read"), kNow }));
        }
        return {};
    });
    static_cast<void>(database.takeEvents());
    database.write([&](ports::WriteSet &writers) { return writers.oauth.removeToken(tokens[1]); });
    QVERIFY(database.takeEvents() == QList<Event> { ports::TokenRevoked { tokens[1] } });
    database.write([&](ports::WriteSet &writers) { return writers.oauth.removeOldTokens(application.id, account, 1); });
    const QList<Event> events = database.takeEvents();
    QCOMPARE(events.size(), 2);
    for (const TokenId token : { tokens[0], tokens[2] })
        QVERIFY(events.contains(Event { ports::TokenRevoked { token } }));
    QVERIFY(must(database->oauth().tokensAmong(tokens, kSoon)) == QList<TokenId> { tokens[3] });
    QVERIFY(must(database->oauth().tokensAmong({}, kSoon)).isEmpty());
}

void tst_SqlEvents::publishesWhichMediaAreSettled()
{
    TestDatabase database;
    if (!database.open())
        return;
    entities::MediaAttachment media;
    media.id = database.newId<MediaId>();
    media.accountId = database.addAccount(QStringLiteral("owner")).id;
    database.write([&](ports::WriteSet &writers) { return writers.media.insert(media); });
    QVERIFY(database.takeEvents().isEmpty());
    media.state = entities::MediaState::Ready;
    database.write([&](ports::WriteSet &writers) { return writers.media.settle(media); });
    QVERIFY(database.takeEvents() == QList<Event> { ports::MediaSettled { media.id } });
}

void tst_SqlEvents::tellsHowManyStandToOne()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId one = database.addAccount(QStringLiteral("one")).id;
    QList<AccountId> viewers;
    for (const char *name : { "follower", "without_reblogs", "asks", "blocks", "blocked", "mutes", "stranger" })
        viewers.append(database.addAccount(QLatin1String(name)).id);
    database.follow(viewers[0], one);
    database.follow(viewers[1], one, ports::FollowState::Accepted, false);
    database.follow(viewers[2], one, ports::FollowState::Requested);
    database.follow(one, viewers[6]); // the other way round it is nothing
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.relations.block(database.newId<RelationId>(), viewers[3], one, kNow));
        GI_TRY(writers.relations.block(database.newId<RelationId>(), one, viewers[4], kNow));
        return writers.relations.mute({ database.newId<RelationId>(), viewers[5], one, true, std::nullopt, kNow });
    });
    const QHash<AccountId, Standing> found = must(database->relations().standingsToward(one, viewers, kNow, kSoon));
    QCOMPARE(found.size(), 5);
    QVERIFY(found.value(viewers[0]).following && found.value(viewers[0]).showingReblogs);
    QVERIFY(found.value(viewers[1]).following && !found.value(viewers[1]).showingReblogs);
    QVERIFY(found.value(viewers[3]).blocked && found.value(viewers[4]).blocked);
    QVERIFY(found.value(viewers[5]).muting && found.value(viewers[5]).mutingNotifications);
    // It says the same as the question from the other side.
    for (const AccountId viewer : std::as_const(viewers)) {
        const Standing standing = must(database->relations().standings(viewer, { one }, kNow, kSoon)).value(one);
        QCOMPARE(standing.following, found.value(viewer).following);
        QCOMPARE(standing.showingReblogs, found.value(viewer).showingReblogs);
        QCOMPARE(standing.blocked, found.value(viewer).blocked);
        QCOMPARE(standing.muting, found.value(viewer).muting);
    }
    QVERIFY(must(database->relations().standingsToward(one, {}, kNow, kSoon)).isEmpty());
}

void tst_SqlEvents::tellsWhatManyHaveDoneWithOne()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    QList<AccountId> viewers;
    for (const char *name : { "likes", "keeps", "reblogs", "mutes", "nothing" })
        viewers.append(database.addAccount(QLatin1String(name)).id);
    viewers.append(author);
    const StatusId post = database.post(database.draft(author)).id;
    const StatusId other = database.post(database.draft(author)).id;
    database.reblog(viewers[2], post);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), viewers[0], post, kNow));
        GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), viewers[1], post, kNow));
        GI_TRY(writers.statuses.muteConversation(viewers[3], post, kNow));
        GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), viewers[4], other, kNow));
        return writers.statuses.pin(database.newId<StatusPinId>(), author, post, kNow, 5);
    });
    const QHash<AccountId, entities::StatusFlags> found = must(database->statuses().flagsOf(post, viewers, kSoon));
    QCOMPARE(found.size(), 5);
    for (const AccountId viewer : std::as_const(viewers))
        QVERIFY(found.value(viewer) == must(database->statuses().flags(viewer, { post }, kSoon)).first());
    QVERIFY(found.value(viewers[0]).favourited && found.value(author).pinned);
}

QTEST_GUILESS_MAIN(tst_SqlEvents)

#include "tst_sqlevents.moc"
