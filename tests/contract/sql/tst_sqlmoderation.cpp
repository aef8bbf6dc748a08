// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of ModerationReader and ModerationWriter on both databases, of restrictions, and of what is counted for
// quotas.
#include "testdatabase.h"

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::AuditEntry;
using entities::Invite;
using entities::MediaAttachment;
using entities::PageRequest;
using entities::Restriction;
using entities::Restrictions;
using entities::Role;
using entities::Standing;
using entities::Strike;
using ports::AccountFilter;

namespace
{

constexpr Timestamp kNow = fromUnixMs(1'000'000);

} // namespace

class tst_SqlModeration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsAndLiftsRestrictions_data() { addDatabaseRows(); }
    void addsAndLiftsRestrictions();
    void tellsEverybodyOfRestrictions_data() { addDatabaseRows(); }
    void tellsEverybodyOfRestrictions();
    void findsAccountsByEachFilter_data() { addDatabaseRows(); }
    void findsAccountsByEachFilter();
    void pagesThroughAccounts_data() { addDatabaseRows(); }
    void pagesThroughAccounts();
    void knowsRoleAndRestrictionsOfAToken_data() { addDatabaseRows(); }
    void knowsRoleAndRestrictionsOfAToken();
    void endsAllTokensButOne_data() { addDatabaseRows(); }
    void endsAllTokensButOne();
    void keepsStrikesAndTheAuditLog_data() { addDatabaseRows(); }
    void keepsStrikesAndTheAuditLog();
    void usesAnInvitationAsOftenAsItSays_data() { addDatabaseRows(); }
    void usesAnInvitationAsOftenAsItSays();
    void endsAnInvitationByTime_data() { addDatabaseRows(); }
    void endsAnInvitationByTime();
    void countsTheBytesOfMedia_data() { addDatabaseRows(); }
    void countsTheBytesOfMedia();
    void repairsCountersThatDifferFromTheFacts_data() { addDatabaseRows(); }
    void repairsCountersThatDifferFromTheFacts();

private:
    static void restrict(TestDatabase &database, AccountId id, Restrictions add, Restrictions lift = {})
    {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.accounts.restrict(id, add, lift));
            return {};
        });
    }
    static QStringList names(TestDatabase &database, const AccountFilter &filter, const PageRequest &page = {})
    {
        QStringList found;
        const auto ids = must(database->moderation().accounts(filter, page, kSoon)).rows;
        for (const entities::Account &account : must(database->accounts().byIds(ids, kSoon)))
            found.append(account.username);
        return found;
    }
};

void tst_SqlModeration::addsAndLiftsRestrictions()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    const auto now = [&] { return must(database->accounts().byId(id, kSoon)).restrictions; };
    QVERIFY(!now());
    restrict(database, id, Restriction::Suspended | Restriction::Silenced);
    QVERIFY(now() == (Restriction::Suspended | Restriction::Silenced));
    restrict(database, id, Restriction::Disabled, Restriction::Suspended);
    QVERIFY(now() == (Restriction::Disabled | Restriction::Silenced));
    QVERIFY(must(database->accounts().user(id, kSoon)).restrictions == now());
    const Result<> missing = database->unitOfWork().write(kSoon, [](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.restrict(AccountId { 4 }, Restriction::Pending, {}));
        return {};
    });
    QCOMPARE(missing.error().fault, Fault::NotFound);
}

void tst_SqlModeration::tellsEverybodyOfRestrictions()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId viewer = database.addAccount(QStringLiteral("viewer")).id;
    const AccountId suspended = database.addAccount(QStringLiteral("suspended")).id;
    const AccountId silenced = database.addAccount(QStringLiteral("silenced")).id;
    const AccountId free = database.addAccount(QStringLiteral("free")).id;
    restrict(database, suspended, Restriction::Suspended);
    restrict(database, silenced, Restriction::Silenced);
    database.follow(viewer, silenced);
    for (const AccountId whose : { viewer, AccountId {} }) {
        const QHash<AccountId, Standing> found =
            must(database->relations().standings(whose, { suspended, silenced, free }, kNow, kSoon));
        QCOMPARE(found.size(), 2);
        QVERIFY(found.value(suspended).hidden && !found.value(suspended).silenced);
        QVERIFY(!found.value(silenced).hidden && found.value(silenced).silenced);
        QCOMPARE(found.value(silenced).following, !whose.isNull());
    }
}

void tst_SqlModeration::findsAccountsByEachFilter()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("Ann")).id;
    const AccountId bob = database.addAccount(QStringLiteral("bob")).id;
    const AccountId gone = database.addAccount(QStringLiteral("gone")).id;
    entities::Account cat;
    cat.id = database.newId<AccountId>();
    cat.username = QStringLiteral("cat");
    cat.displayName = QStringLiteral("Cätherine");
    cat.createdAt = kNow;
    cat.restrictions = Restriction::Pending;
    entities::User user;
    user.accountId = cat.id;
    user.email = QStringLiteral("Cat@example.org");
    user.signUpReason = QStringLiteral("photos");
    user.invitedBy = ann;
    user.application = ApplicationId { 9 };
    user.createdAt = kNow;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.insert(cat, user));
        return writers.accounts.setRole(bob, Role::Moderator);
    });
    restrict(database, gone, Restriction::Deleted);
    restrict(database, ann, Restriction::Silenced);

    const auto by = [&](auto &&set) {
        AccountFilter filter;
        set(filter);
        return names(database, filter);
    };
    QCOMPARE(names(database, {}),
             (QStringList { QStringLiteral("cat"), QStringLiteral("bob"), QStringLiteral("Ann") }));
    const QStringList onlyCat { QStringLiteral("cat") };
    QCOMPARE(by([](AccountFilter &f) { f.restrictedBy = Restriction::Pending; }), onlyCat);
    QCOMPARE(by([](AccountFilter &f) { f.restrictedBy = Restriction::Pending | Restriction::Silenced; }),
             (QStringList { QStringLiteral("cat"), QStringLiteral("Ann") }));
    QCOMPARE(by([](AccountFilter &f) { f.active = true; }),
             (QStringList { QStringLiteral("bob"), QStringLiteral("Ann") }));
    QCOMPARE(by([](AccountFilter &f) {
                 f.roles = { Role::Moderator, Role::Owner };
             }),
             QStringList { QStringLiteral("bob") });
    QCOMPARE(by([](AccountFilter &f) { f.username = QStringLiteral("aN"); }), QStringList { QStringLiteral("Ann") });
    QCOMPARE(by([](AccountFilter &f) { f.displayName = QStringLiteral("CÄT"); }), onlyCat);
    QCOMPARE(by([](AccountFilter &f) { f.email = QStringLiteral("cat@"); }), onlyCat);
    QCOMPARE(by([ann](AccountFilter &f) { f.invitedBy = ann; }), onlyCat);
    QCOMPARE(by([ann](AccountFilter &f) {
                 f.invitedBy = ann;
                 f.username = QStringLiteral("bob");
             }),
             QStringList());

    const QList<entities::User> users = must(database->accounts().users({ cat.id, AccountId { 3 } }, kSoon));
    QCOMPARE(users.size(), 1);
    QCOMPARE(users.first().signUpReason, user.signUpReason);
    QVERIFY(users.first().invitedBy == ann && users.first().application == user.application);
}

void tst_SqlModeration::pagesThroughAccounts()
{
    TestDatabase database;
    if (!database.open())
        return;
    for (int index = 0; index < 5; ++index)
        (void)database.addAccount(QStringLiteral("p%1").arg(index));
    PageRequest page;
    page.limit = 2;
    const auto first = must(database->moderation().accounts({}, page, kSoon));
    page.maxId = first.bounds.oldest;
    QCOMPARE(names(database, {}, page), (QStringList { QStringLiteral("p2"), QStringLiteral("p1") }));
    page = {};
    page.limit = 2;
    page.minId = first.bounds.oldest;
    QCOMPARE(names(database, {}, page), QStringList { QStringLiteral("p4") });
}

void tst_SqlModeration::knowsRoleAndRestrictionsOfAToken()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    entities::Application application;
    application.id = database.newId<ApplicationId>();
    application.clientId = QStringLiteral("client");
    application.clientSecretHash = "secret";
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.insertApplication(application));
        GI_TRY(writers.oauth.insertToken({ TokenId { 1 }, "own", application.id, id, QStringLiteral("read"), kNow }));
        GI_TRY(writers.oauth.insertToken({ TokenId { 2 }, "app", application.id, {}, QStringLiteral("read"), kNow }));
        return writers.accounts.setRole(id, Role::Admin);
    });
    restrict(database, id, Restriction::Disabled);
    const entities::AccessToken own = must(database->oauth().tokenByHash("own", kSoon));
    QVERIFY(own.role == Role::Admin && own.restrictions == Restriction::Disabled);
    const entities::AccessToken app = must(database->oauth().tokenByHash("app", kSoon));
    QVERIFY(app.role == Role::User && !app.restrictions);
}

void tst_SqlModeration::endsAllTokensButOne()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    const AccountId other = database.addAccount(QStringLiteral("b")).id;
    entities::Application application;
    application.id = database.newId<ApplicationId>();
    application.clientId = QStringLiteral("client");
    application.clientSecretHash = "secret";
    const QString read = QStringLiteral("read");
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.insertApplication(application));
        GI_TRY(writers.oauth.insertGrant({ "code", application.id, id, {}, read, {}, kNow }));
        GI_TRY(writers.oauth.insertToken({ TokenId { 1 }, "one", application.id, id, read, kNow }));
        GI_TRY(writers.oauth.insertToken({ TokenId { 2 }, "two", application.id, id, read, kNow }));
        return writers.oauth.insertToken({ TokenId { 3 }, "other", application.id, other, read, kNow });
    });
    const auto isThere = [&](const QByteArray &hash) { return database->oauth().tokenByHash(hash, kSoon).has_value(); };
    database.write([&](ports::WriteSet &writers) { return writers.oauth.removeTokensOf(id, TokenId { 2 }); });
    QVERIFY(!isThere("one") && isThere("two") && isThere("other"));
    const Result<> code = database->unitOfWork().write(kSoon, [](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.oauth.takeGrant("code"));
        return {};
    });
    QCOMPARE(code.error().fault, Fault::NotFound);
    database.write([&](ports::WriteSet &writers) { return writers.oauth.removeTokensOf(id, TokenId {}); });
    QVERIFY(!isThere("two") && isThere("other"));
}

void tst_SqlModeration::keepsStrikesAndTheAuditLog()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    const Strike strike { database.newId<StrikeId>(),       id,  ReportId { 7 }, entities::StrikeAction::Silence,
                          QStringLiteral("be \"kind\" \n"), kNow };
    AuditEntry entry { database.newId<AuditId>(),
                       id,
                       QStringLiteral("mod"),
                       QStringLiteral("silence"),
                       QStringLiteral("account"),
                       12,
                       QStringLiteral("ann"),
                       QStringLiteral("loud"),
                       kNow };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.moderation.addStrike(strike));
        GI_TRY(writers.moderation.log(entry));
        entry.id = database.newId<AuditId>();
        entry.actorId = {};
        return writers.moderation.log(entry);
    });
    const QList<Strike> strikes = must(database->moderation().strikes(id, {}, kSoon)).rows;
    QCOMPARE(strikes.size(), 1);
    QVERIFY(strikes.first().reportId == strike.reportId && strikes.first().action == strike.action);
    QCOMPARE(strikes.first().text, strike.text);
    const QList<AuditEntry> log = must(database->moderation().auditLog({}, kSoon)).rows;
    QCOMPARE(log.size(), 2);
    QVERIFY(log.at(0).actorId.isNull() && log.at(1).actorId == id);
    QCOMPARE(log.at(1).target, QStringLiteral("ann"));
    QCOMPARE(log.at(1).targetId, 12);
    QCOMPARE(log.at(1).reason, QStringLiteral("loud"));

    // It outlives whom it tells of.
    database.write([&](ports::WriteSet &writers) { return writers.accounts.remove(id); });
    QCOMPARE(must(database->moderation().auditLog({}, kSoon)).rows.size(), 2);
    QVERIFY(must(database->moderation().strikes(id, {}, kSoon)).rows.isEmpty());
}

void tst_SqlModeration::usesAnInvitationAsOftenAsItSays()
{
    TestDatabase database;
    if (!database.open())
        return;
    Invite invite;
    invite.id = database.newId<InviteId>();
    invite.code = QStringLiteral("come");
    invite.maxUses = 5;
    invite.createdAt = kNow;
    database.write([&](ports::WriteSet &writers) { return writers.moderation.addInvite(invite); });
    std::atomic<int> used = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 12; ++thread) {
        threads.emplace_back([&] {
            const Result<> one = database->unitOfWork().write(kSoon, [](ports::WriteSet &writers) -> Result<> {
                GI_TRY(writers.moderation.useInvite(QStringLiteral("come"), kNow));
                return {};
            });
            used += one ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(used.load(), 5);
    QCOMPARE(must(database->moderation().invites({}, kSoon)).rows.first().uses, 5);

    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.moderation.removeInvite(invite.id));
        return {};
    });
    QVERIFY(must(database->moderation().invites({}, kSoon)).rows.isEmpty());
}

void tst_SqlModeration::endsAnInvitationByTime()
{
    TestDatabase database;
    if (!database.open())
        return;
    Invite invite;
    invite.id = database.newId<InviteId>();
    invite.code = QStringLiteral("come");
    invite.maxUses = 0;
    invite.expiresAt = kNow;
    invite.createdAt = kNow;
    database.write([&](ports::WriteSet &writers) { return writers.moderation.addInvite(invite); });
    const auto use = [&](Timestamp when) {
        return database->unitOfWork().write(kSoon, [when](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.moderation.useInvite(QStringLiteral("come"), when));
            return {};
        });
    };
    QVERIFY(use(kNow - std::chrono::milliseconds { 1 }).has_value());
    QCOMPARE(use(kNow).error().fault, Fault::NotFound);
}

void tst_SqlModeration::countsTheBytesOfMedia()
{
    TestDatabase database;
    if (!database.open())
        return;
    MediaAttachment media;
    media.accountId = database.addAccount(QStringLiteral("a")).id;
    media.state = entities::MediaState::Ready;
    media.originalBytes = 3'000'000'000;
    media.createdAt = kNow;
    std::vector<std::thread> threads;
    QList<MediaId> ids;
    for (int thread = 0; thread < 8; ++thread)
        ids.append(database.newId<MediaId>());
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&database, media, id = ids.at(thread)]() mutable {
            media.id = id;
            must(database->unitOfWork().write(kSoon,
                                              [&](ports::WriteSet &writers) { return writers.media.insert(media); }));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const auto bytes = [&] { return must(database->media().bytesOf(media.accountId, kSoon)); };
    QCOMPARE(bytes(), 24'000'000'000);
    for (int round = 0; round < 2; ++round)
        database.write([&](ports::WriteSet &writers) { return writers.media.remove(ids.first()); });
    QCOMPARE(bytes(), 21'000'000'000);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    QCOMPARE(database->media().bytesOf(AccountId { 3 }, kSoon).error().fault, Fault::NotFound);
}

void tst_SqlModeration::repairsCountersThatDifferFromTheFacts()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const AccountId bob = database.addAccount(QStringLiteral("bob")).id;
    database.follow(ann, bob);
    const StatusId post = database.post(database.draft(bob)).id;
    QCOMPARE(must(database->repairCounters(kSoon)), QStringList());
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.changeCounters(ann, { 4, 0, 0 }));
        GI_TRY(writers.accounts.changeCounters(bob, { -1, 0, 7 }));
        return writers.statuses.changeRepliesCount(post, 2);
    });
    QCOMPARE(must(database->integrityCheck(kSoon)).size(), 4);
    QCOMPARE(must(database->repairCounters(kSoon)).size(), 4);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    QCOMPARE(must(database->accounts().byId(bob, kSoon)).followersCount, 1);
    QCOMPARE(must(database->accounts().byId(bob, kSoon)).statusesCount, 1);
}

QTEST_GUILESS_MAIN(tst_SqlModeration)
#include "tst_sqlmoderation.moc"
