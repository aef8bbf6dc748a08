// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of TwoFactorReader and TwoFactorWriter, and of RemovalWriter, on both databases.
#include "testdatabase.h"

#include <graminsta/ports/removal.h>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::TwoFactor;

namespace
{

constexpr Timestamp kNow = fromUnixMs(1'000'000);
constexpr Timestamp kLater = fromUnixMs(2'000'000);

} // namespace

class tst_SqlTwoFactor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsAgainUntilItIsConfirmed_data() { addDatabaseRows(); }
    void beginsAgainUntilItIsConfirmed();
    void usesEachStepOnce_data() { addDatabaseRows(); }
    void usesEachStepOnce();
    void usesEachRecoveryCodeOnce_data() { addDatabaseRows(); }
    void usesEachRecoveryCodeOnce();
    void takesAStepOnceAndInTime_data() { addDatabaseRows(); }
    void takesAStepOnceAndInTime();
    void keepsAnAccountThatHasSomethingLeft_data() { addDatabaseRows(); }
    void keepsAnAccountThatHasSomethingLeft();

private:
    static bool used(TestDatabase &database, const std::function<Result<bool>(ports::WriteSet &)> &use)
    {
        bool good = false;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            good = GI_TRY(use(writers));
            return {};
        });
        return good;
    }
};

void tst_SqlTwoFactor::beginsAgainUntilItIsConfirmed()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    const auto begin = [&](const QByteArray &secret) {
        return database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) {
            return writers.twoFactor.begin({ id, secret, false, 0, kNow });
        });
    };
    QVERIFY(!must(database->twoFactor().twoFactor(id, kSoon)));
    must(begin(QByteArray("\0one", 4)));
    must(begin("two"));
    const TwoFactor begun = *must(database->twoFactor().twoFactor(id, kSoon));
    QVERIFY(begun.secret == "two" && !begun.confirmed && begun.createdAt == kNow);
    database.write([&](ports::WriteSet &writers) { return writers.twoFactor.confirm(id); });
    QCOMPARE(begin("three").error().fault, Fault::Conflict);
    QVERIFY(must(database->twoFactor().twoFactor(id, kSoon))->confirmed);
    database.write([&](ports::WriteSet &writers) { return writers.twoFactor.remove(id); });
    QVERIFY(!must(database->twoFactor().twoFactor(id, kSoon)));
    const Result<> none =
        database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) { return writers.twoFactor.confirm(id); });
    QCOMPARE(none.error().fault, Fault::NotFound);
}

void tst_SqlTwoFactor::usesEachStepOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    database.write([&](ports::WriteSet &writers) { return writers.twoFactor.begin({ id, "secret", false, 0, kNow }); });
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] {
            bool mine = false;
            must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                mine = GI_TRY(writers.twoFactor.useStep(id, 100));
                return {};
            }));
            good += mine ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good.load(), 1);
    QVERIFY(!used(database, [&](ports::WriteSet &writers) { return writers.twoFactor.useStep(id, 99); }));
    QVERIFY(used(database, [&](ports::WriteSet &writers) { return writers.twoFactor.useStep(id, 101); }));
}

void tst_SqlTwoFactor::usesEachRecoveryCodeOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    for (int round = 0; round < 2; ++round)
        database.write([&](ports::WriteSet &writers) { return writers.twoFactor.setRecoveryCodes(id, { "x", "y" }); });
    QCOMPARE(must(database->twoFactor().countRecoveryCodes(id, kSoon)), 2);
    const auto use = [&](ports::WriteSet &writers) { return writers.twoFactor.useRecoveryCode(id, "x"); };
    QVERIFY(used(database, use));
    QVERIFY(!used(database, use));
    QCOMPARE(must(database->twoFactor().countRecoveryCodes(id, kSoon)), 1);
}

void tst_SqlTwoFactor::takesAStepOnceAndInTime()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    const auto take = [&](const QByteArray &hash, Timestamp now) {
        std::optional<AccountId> whose;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            whose = GI_TRY(writers.twoFactor.takeStep(hash, now));
            return {};
        });
        return whose;
    };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.twoFactor.addStep("one", id, kNow, kLater));
        return writers.twoFactor.addStep("two", id, kNow, kLater);
    });
    QVERIFY(take("one", kNow) == id);
    QVERIFY(!take("one", kNow));
    QVERIFY(!take("two", kLater));
    QVERIFY(!take("never", kNow));
}

void tst_SqlTwoFactor::keepsAnAccountThatHasSomethingLeft()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId id = database.addAccount(QStringLiteral("a")).id;
    const AccountId other = database.addAccount(QStringLiteral("b")).id;
    database.follow(id, other);
    database.follow(other, id);
    const StatusId post = database.post(database.draft(id)).id;
    const auto remove = [&](ports::WriteSet &writers) { return writers.removal.removeAccount(id); };
    QVERIFY(!used(database, remove));
    database.write([&](ports::WriteSet &writers) -> Result<> {
        const QList<StatusId> statuses = GI_TRY(writers.removal.statuses(id, 10));
        const QList<ports::FollowPair> follows = GI_TRY(writers.removal.follows(id, 10));
        if (statuses != QList<StatusId> { post } || follows.size() != 1)
            return makeError(Fault::Internal, QStringLiteral("found something else"));
        GI_TRY(writers.statuses.remove(post));
        GI_TRY(writers.follows.remove(id, other));
        return {};
    });
    QVERIFY(!used(database, remove));
    database.write([&](ports::WriteSet &writers) -> Result<> {
        const QList<ports::FollowPair> follows = GI_TRY(writers.removal.follows(id, 10));
        if (follows.size() != 1 || follows.first().follower != other)
            return makeError(Fault::Internal, QStringLiteral("found something else"));
        GI_TRY(writers.follows.remove(other, id));
        return {};
    });
    QVERIFY(used(database, remove));
    QCOMPARE(database->accounts().byId(id, kSoon).error().fault, Fault::NotFound);
}

QTEST_GUILESS_MAIN(tst_SqlTwoFactor)
#include "tst_sqltwofactor.moc"
