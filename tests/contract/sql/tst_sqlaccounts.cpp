// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of AccountReader and AccountWriter on both databases.
#include "testdatabase.h"

using namespace graminsta;
using namespace graminsta::test;
using entities::Account;
using entities::User;

class tst_SqlAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryFieldOfAccountAndUser_data() { addDatabaseRows(); }
    void keepsEveryFieldOfAccountAndUser();
    void findsByNameWithoutRegardToCase_data() { addDatabaseRows(); }
    void findsByNameWithoutRegardToCase();
    void refusesTakenUsernameAndEmail_data() { addDatabaseRows(); }
    void refusesTakenUsernameAndEmail();
    void allowsManyUsersWithoutEmail_data() { addDatabaseRows(); }
    void allowsManyUsersWithoutEmail();
    void keepsTheOrderAskedForAndLeavesOutTheUnknown_data() { addDatabaseRows(); }
    void keepsTheOrderAskedForAndLeavesOutTheUnknown();
    void searchesByPrefixUsernamesFirst_data() { addDatabaseRows(); }
    void searchesByPrefixUsernamesFirst();
    void updatesTheProfileButNotTheCounters_data() { addDatabaseRows(); }
    void updatesTheProfileButNotTheCounters();
    void addsParallelCounterChanges_data() { addDatabaseRows(); }
    void addsParallelCounterChanges();
    void seesItsOwnCounterChangesWithinAUnit_data() { addDatabaseRows(); }
    void seesItsOwnCounterChangesWithinAUnit();
    void namesTheHighestAndOldestRoleAsOwner_data() { addDatabaseRows(); }
    void namesTheHighestAndOldestRoleAsOwner();
    void refusesNulAndKeepsEveryOtherCharacter_data() { addDatabaseRows(); }
    void refusesNulAndKeepsEveryOtherCharacter();
};

namespace
{

Account fullAccount()
{
    Account account;
    account.id = AccountId { 9'007'199'254'740'993 }; // no double holds it
    account.username = QStringLiteral("Grace");
    account.displayName = QStringLiteral("Grace Hopper \U0001F41E");
    account.note = QStringLiteral("Line one\nline \"two\" \\ 'three' %1 {in ?1}");
    account.avatarKey = QStringLiteral("aa.jpg");
    account.headerKey = QStringLiteral("bb.webp");
    account.fields = { { QStringLiteral("site"), QStringLiteral("https://example.org") }, { QString(), QString() } };
    account.locked = true;
    account.bot = true;
    account.discoverable = false;
    account.createdAt = fromUnixMs(1'700'000'000'123);
    account.lastStatusId = StatusId { 77 };
    account.followersCount = 5'000'000'000;
    account.followingCount = 2;
    account.statusesCount = 3;
    account.restrictions = entities::Restriction::Silenced | entities::Restriction::Disabled;
    return account;
}

User fullUser(AccountId id)
{
    User user;
    user.accountId = id;
    user.email = QStringLiteral("Grace@Example.org");
    user.passwordHash = QByteArray("$argon2id$\0\xff\x80", 13);
    user.role = entities::Role::Moderator;
    user.locale = QStringLiteral("de");
    user.defaultVisibility = entities::Visibility::Private;
    user.defaultSensitive = true;
    user.defaultLanguage = QStringLiteral("en-GB");
    user.createdAt = fromUnixMs(1'700'000'000'456);
    return user;
}

void compare(const Account &a, const Account &b)
{
    QCOMPARE(a.id.number(), b.id.number());
    QCOMPARE(a.username, b.username);
    QCOMPARE(a.displayName, b.displayName);
    QCOMPARE(a.note, b.note);
    QCOMPARE(a.avatarKey, b.avatarKey);
    QCOMPARE(a.headerKey, b.headerKey);
    QVERIFY(a.fields == b.fields);
    QCOMPARE(a.locked, b.locked);
    QCOMPARE(a.bot, b.bot);
    QCOMPARE(a.discoverable, b.discoverable);
    QCOMPARE(toUnixMs(a.createdAt), toUnixMs(b.createdAt));
    QCOMPARE(a.lastStatusId.number(), b.lastStatusId.number());
    QCOMPARE(a.followersCount, b.followersCount);
    QCOMPARE(a.followingCount, b.followingCount);
    QCOMPARE(a.statusesCount, b.statusesCount);
}

QStringList namesOf(const QList<Account> &accounts)
{
    QStringList names;
    for (const Account &account : accounts)
        names.append(account.username);
    return names;
}

} // namespace

void tst_SqlAccounts::keepsEveryFieldOfAccountAndUser()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Account account = fullAccount();
    const User user = fullUser(account.id);
    database.write([&](ports::WriteSet &writers) { return writers.accounts.insert(account, user); });

    compare(must(database->accounts().byId(account.id, kSoon)), account);
    QVERIFY(must(database->accounts().byId(account.id, kSoon)).restrictions == account.restrictions);
    const User read = must(database->accounts().user(account.id, kSoon));
    QCOMPARE(read.accountId.number(), user.accountId.number());
    QCOMPARE(read.email, user.email);
    QCOMPARE(read.passwordHash, user.passwordHash);
    QCOMPARE(read.role, user.role);
    QCOMPARE(read.locale, user.locale);
    QCOMPARE(read.defaultVisibility, user.defaultVisibility);
    QCOMPARE(read.defaultSensitive, user.defaultSensitive);
    QCOMPARE(read.defaultLanguage, user.defaultLanguage);
    QCOMPARE(toUnixMs(read.createdAt), toUnixMs(user.createdAt));
}

void tst_SqlAccounts::findsByNameWithoutRegardToCase()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Account account = fullAccount();
    database.write([&](ports::WriteSet &writers) { return writers.accounts.insert(account, fullUser(account.id)); });
    const ports::AccountReader &accounts = database->accounts();

    QVERIFY(must(accounts.byUsername(QStringLiteral("gRACE"), kSoon)).id == account.id);
    QVERIFY(must(accounts.userByLogin(QStringLiteral("GRACE"), kSoon)).accountId == account.id);
    QVERIFY(must(accounts.userByLogin(QStringLiteral("grace@EXAMPLE.org"), kSoon)).accountId == account.id);
    QCOMPARE(namesOf(must(accounts.byUsernames({ QStringLiteral("grace"), QStringLiteral("nobody") }, kSoon))),
             QStringList { QStringLiteral("Grace") });
    QCOMPARE(accounts.byUsername(QStringLiteral("grac"), kSoon).error().fault, Fault::NotFound);
    QCOMPARE(accounts.userByLogin(QString(), kSoon).error().fault, Fault::NotFound);
}

void tst_SqlAccounts::refusesTakenUsernameAndEmail()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Account account = fullAccount();
    database.write([&](ports::WriteSet &writers) { return writers.accounts.insert(account, fullUser(account.id)); });

    Account other = account;
    other.id = AccountId { 2 };
    const auto insert = [&](const QString &username, const QString &email) {
        other.username = username;
        User user = fullUser(other.id);
        user.email = email;
        return database->unitOfWork().write(
            kSoon, [&](ports::WriteSet &writers) { return writers.accounts.insert(other, user); });
    };
    const Result<> sameName = insert(QStringLiteral("GRACE"), QStringLiteral("new@example.org"));
    QCOMPARE(sameName.error().fault, Fault::Conflict);
    QCOMPARE(sameName.error().code, QStringLiteral("username"));
    const Result<> sameEmail = insert(QStringLiteral("new"), QStringLiteral("grace@example.ORG"));
    QCOMPARE(sameEmail.error().fault, Fault::Conflict);
    QCOMPARE(sameEmail.error().code, QStringLiteral("email"));
    // Nothing of the unit that failed is kept.
    QCOMPARE(database->accounts().byUsername(QStringLiteral("new"), kSoon).error().fault, Fault::NotFound);
}

void tst_SqlAccounts::allowsManyUsersWithoutEmail()
{
    TestDatabase database;
    if (!database.open())
        return;
    database.addAccount(QStringLiteral("one"));
    const Account two = database.addAccount(QStringLiteral("two"));
    QCOMPARE(must(database->accounts().user(two.id, kSoon)).email, QString());
}

void tst_SqlAccounts::keepsTheOrderAskedForAndLeavesOutTheUnknown()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId a = database.addAccount(QStringLiteral("a")).id;
    const AccountId b = database.addAccount(QStringLiteral("b")).id;
    const AccountId c = database.addAccount(QStringLiteral("c")).id;
    const QList<Account> found = must(database->accounts().byIds({ c, AccountId { 1 }, a, c, b }, kSoon));
    QCOMPARE(namesOf(found), (QStringList { QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b") }));
    QVERIFY(must(database->accounts().byIds({}, kSoon)).isEmpty());
}

void tst_SqlAccounts::searchesByPrefixUsernamesFirst()
{
    TestDatabase database;
    if (!database.open())
        return;
    Account shown = database.addAccount(QStringLiteral("zed"));
    shown.displayName = QStringLiteral("ANNa");
    database.write([&](ports::WriteSet &writers) { return writers.accounts.updateProfile(shown); });
    database.addAccount(QStringLiteral("Annika"));
    database.addAccount(QStringLiteral("an_"));
    database.addAccount(QStringLiteral("bann"));

    const auto search = [&](const char *prefix, int limit) {
        return namesOf(must(database->accounts().search(QString::fromLatin1(prefix), limit, kSoon)));
    };
    QCOMPARE(search("aNN", 10), (QStringList { QStringLiteral("Annika"), QStringLiteral("zed") }));
    QCOMPARE(search("ann", 1), QStringList { QStringLiteral("Annika") });
    // No pattern characters: they are text.
    QCOMPARE(search("an_", 10), QStringList { QStringLiteral("an_") });
    QCOMPARE(search("%", 10), QStringList());
}

void tst_SqlAccounts::updatesTheProfileButNotTheCounters()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Account before = database.addAccount(QStringLiteral("someone"));
    database.write([&](ports::WriteSet &writers) { return writers.accounts.changeCounters(before.id, { 1, 2, 3 }); });

    Account changed = fullAccount();
    changed.id = before.id;
    database.write([&](ports::WriteSet &writers) { return writers.accounts.updateProfile(changed); });
    changed.createdAt = before.createdAt;
    changed.lastStatusId = StatusId {};
    changed.followersCount = 1;
    changed.followingCount = 2;
    changed.statusesCount = 3;
    compare(must(database->accounts().byId(before.id, kSoon)), changed);

    const Result<> missing = database->unitOfWork().write(
        kSoon, [](ports::WriteSet &writers) { return writers.accounts.updateUser(fullUser(AccountId { 5 })); });
    QCOMPARE(missing.error().fault, Fault::NotFound);
}

void tst_SqlAccounts::addsParallelCounterChanges()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId a = database.addAccount(QStringLiteral("a")).id;
    const AccountId b = database.addAccount(QStringLiteral("b")).id;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 20; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 10; ++round) {
                // Half of them the other way round: a circle, were they written in this order.
                must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                    GI_TRY(writers.accounts.changeCounters(thread % 2 == 0 ? a : b, { 1, 0, 0 }));
                    return writers.accounts.changeCounters(thread % 2 == 0 ? b : a, { 1, 0, 0 });
                }));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(must(database->accounts().byId(a, kSoon)).followersCount, 200);
    QCOMPARE(must(database->accounts().byId(b, kSoon)).followersCount, 200);
}

void tst_SqlAccounts::seesItsOwnCounterChangesWithinAUnit()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    qint64 seen = 0;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.changeCounters(id, { 3, 0, 0 }));
        seen = GI_TRY(writers.accounts.byId(id, kSoon)).followersCount;
        return writers.accounts.changeCounters(id, { 4, 0, 0 });
    });
    QCOMPARE(seen, 3);
    QCOMPARE(must(database->accounts().byId(id, kSoon)).followersCount, 7);

    const Result<> missing = database->unitOfWork().write(kSoon, [](ports::WriteSet &writers) {
        return writers.accounts.changeCounters(AccountId { 4 }, { 1, 0, 0 });
    });
    QCOMPARE(missing.error().fault, Fault::NotFound);
}

void tst_SqlAccounts::namesTheHighestAndOldestRoleAsOwner()
{
    TestDatabase database;
    if (!database.open())
        return;
    QCOMPARE(database->accounts().owner(kSoon).error().fault, Fault::NotFound);
    const auto addWithRole = [&](const char *name, entities::Role role) {
        const AccountId id = database.addAccount(QString::fromLatin1(name)).id;
        database.write([&](ports::WriteSet &writers) { return writers.accounts.setRole(id, role); });
        return id;
    };
    addWithRole("user", entities::Role::User);
    QCOMPARE(must(database->accounts().owner(kSoon)).username, QStringLiteral("user"));
    const AccountId admin = addWithRole("admin", entities::Role::Admin);
    addWithRole("second", entities::Role::Admin);
    QCOMPARE(must(database->accounts().owner(kSoon)).username, QStringLiteral("admin"));
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.restrict(admin, entities::Restriction::Suspended, {}));
        return {};
    });
    QCOMPARE(must(database->accounts().owner(kSoon)).username, QStringLiteral("second"));
}

void tst_SqlAccounts::refusesNulAndKeepsEveryOtherCharacter()
{
    TestDatabase database;
    if (!database.open())
        return;
    Account account = database.addAccount(QStringLiteral("someone"));
    const auto store = [&](const QString &note) {
        account.note = note;
        return database->unitOfWork().write(
            kSoon, [&](ports::WriteSet &writers) { return writers.accounts.updateProfile(account); });
    };
    const QString withNul = QStringLiteral("a") + QChar(u'\0') + QLatin1Char('b');
    QCOMPARE(store(withNul).error().fault, Fault::Invalid);
    QCOMPARE(database->accounts().byUsername(withNul, kSoon).error().fault, Fault::Invalid);
    QCOMPARE(database->accounts().byUsernames({ withNul }, kSoon).error().fault, Fault::Invalid);

    QString odd;
    for (char16_t unit = 1; unit < 0xD800; ++unit)
        odd += QChar(unit);
    odd += QStringLiteral("\U0010FFFF");
    must(store(odd));
    QCOMPARE(must(database->accounts().byId(account.id, kSoon)).note, odd);

    must(store(QStringLiteral("a") + QChar(0xD800) + QLatin1Char('b')));
    QCOMPARE(must(database->accounts().byId(account.id, kSoon)).note, QStringLiteral("a?b"));
}

QTEST_GUILESS_MAIN(tst_SqlAccounts)
#include "tst_sqlaccounts.moc"
