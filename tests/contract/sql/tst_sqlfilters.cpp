// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of FilterReader and FilterWriter on both databases.
#include "testdatabase.h"

#include <graminsta/sql/querycounter.h>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::Filter;

class tst_SqlFilters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFiltersWithTheirParts_data() { addDatabaseRows(); }
    void keepsFiltersWithTheirParts();
    void losesThePartsWithTheWhole_data() { addDatabaseRows(); }
    void losesThePartsWithTheWhole();
    void letsOneChangeAtATime_data() { addDatabaseRows(); }
    void letsOneChangeAtATime();
    void tellsWithATokenWhetherThereAreAny_data() { addDatabaseRows(); }
    void tellsWithATokenWhetherThereAreAny();

private:
    static Filter draft(TestDatabase &database, AccountId account)
    {
        Filter filter;
        filter.id = database.newId<FilterId>();
        filter.accountId = account;
        filter.title = QStringLiteral("title");
        filter.contexts = 17;
        return filter;
    }
    static QList<Filter> read(const TestDatabase &database, AccountId account)
    {
        return must(database->filters().filters(account, kSoon));
    }
};

void tst_SqlFilters::keepsFiltersWithTheirParts()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    const entities::Status status = database.post(database.draft(other));
    Filter first = draft(database, account);
    first.action = entities::FilterAction::Blur;
    first.expiresAt = fromUnixMs(1'800'000'000'123);
    const Filter second = draft(database, account);
    const entities::FilterKeyword one { database.newId<FilterKeywordId>(), QStringLiteral("Größe 'x'"), true };
    const entities::FilterKeyword two { database.newId<FilterKeywordId>(), QStringLiteral("two"), false };
    const entities::FilterStatus named { database.newId<FilterStatusId>(), status.id };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.filters.insert(first, {}));
        GI_TRY(writers.filters.insert(second, {}));
        GI_TRY(writers.filters.insert(draft(database, other), {}));
        GI_TRY(writers.filters.insertKeyword(first.id, one));
        GI_TRY(writers.filters.insertKeyword(second.id, two));
        return writers.filters.insertStatus(first.id, named);
    });
    const qint64 before = sql::queriesByThisThread();
    QList<Filter> found = read(database, account);
    QCOMPARE(sql::queriesByThisThread() - before, 1);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[0].id, first.id);
    QCOMPARE(found[0].title, first.title);
    QCOMPARE(found[0].contexts, 17);
    QVERIFY(found[0].covers(entities::FilterContext::Home) && !found[0].covers(entities::FilterContext::Thread));
    QVERIFY(found[0].action == entities::FilterAction::Blur);
    QVERIFY(found[0].expiresAt == first.expiresAt && !found[1].expiresAt);
    QCOMPARE(found[0].keywords.size(), 1);
    QCOMPARE(found[0].keywords[0].keyword, one.keyword);
    QVERIFY(found[0].keywords[0].wholeWord && !found[1].keywords[0].wholeWord);
    QCOMPARE(found[0].statuses.size(), 1);
    QCOMPARE(found[0].statuses[0].statusId, status.id);

    first.title = QStringLiteral("new");
    first.expiresAt.reset();
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.filters.update(first));
        GI_TRY(writers.filters.updateKeyword({ one.id, QStringLiteral("other"), false }));
        GI_TRY(writers.filters.removeKeyword(two.id));
        return writers.filters.removeStatus(named.id);
    });
    found = read(database, account);
    QCOMPARE(found[0].title, first.title);
    QVERIFY(!found[0].expiresAt && found[0].statuses.isEmpty() && found[1].keywords.isEmpty());
    QCOMPARE(found[0].keywords[0].keyword, QStringLiteral("other"));
}

void tst_SqlFilters::losesThePartsWithTheWhole()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const entities::Status status = database.post(database.draft(account));
    const Filter filter = draft(database, account);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.filters.insert(filter, {}));
        GI_TRY(
            writers.filters.insertKeyword(filter.id, { database.newId<FilterKeywordId>(), QStringLiteral("x"), true }));
        return writers.filters.insertStatus(filter.id, { database.newId<FilterStatusId>(), status.id });
    });
    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(status.id); });
    QVERIFY(read(database, account).first().statuses.isEmpty());
    database.write([&](ports::WriteSet &writers) { return writers.filters.remove(filter.id); });
    QVERIFY(read(database, account).isEmpty());
    const Result<> gone = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) {
        return writers.filters.insertKeyword(filter.id,
                                             { database.newId<FilterKeywordId>(), QStringLiteral("x"), true });
    });
    QVERIFY(!gone);
}

void tst_SqlFilters::letsOneChangeAtATime()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    // Each adds one if there are fewer than three.
    std::atomic<int> added = 0;
    std::vector<std::thread> threads;
    for (int index = 0; index < 8; ++index) {
        threads.emplace_back([&] {
            bool isAdded = false;
            must(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
                isAdded = false;
                GI_TRY(writers.filters.lock(account));
                if (GI_TRY(writers.filters.filters(account, kSoon)).size() >= 3)
                    return {};
                isAdded = true;
                return writers.filters.insert(draft(database, account), {});
            }));
            added += isAdded ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(added.load(), 3);
    QCOMPARE(read(database, account).size(), 3);
}

void tst_SqlFilters::tellsWithATokenWhetherThereAreAny()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const Filter filter = draft(database, account);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        entities::Application application;
        application.id = database.newId<ApplicationId>();
        application.clientId = QStringLiteral("client");
        GI_TRY(writers.oauth.insertApplication(application));
        entities::AccessToken token;
        token.id = database.newId<TokenId>();
        token.tokenHash = "hash";
        token.applicationId = application.id;
        token.accountId = account;
        return writers.oauth.insertToken(token);
    });
    const auto has = [&] { return must(database->oauth().tokenByHash("hash", kSoon)).hasFilters; };
    QVERIFY(!has());
    database.write([&](ports::WriteSet &writers) { return writers.filters.insert(filter, {}); });
    QVERIFY(has());
    database.write([&](ports::WriteSet &writers) { return writers.filters.remove(filter.id); });
    QVERIFY(!has());
}

QTEST_GUILESS_MAIN(tst_SqlFilters)
#include "tst_sqlfilters.moc"
