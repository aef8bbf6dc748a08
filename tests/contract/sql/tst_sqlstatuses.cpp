// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of StatusReader (but for timelines) and StatusWriter on both databases.
#include "testdatabase.h"

#include <graminsta/ports/search.h>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::Page;
using entities::PageRequest;
using entities::Status;
using ports::FavouriteEdge;

class tst_SqlStatuses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryField_data() { addDatabaseRows(); }
    void keepsEveryField();
    void keepsTheOrderAskedFor_data() { addDatabaseRows(); }
    void keepsTheOrderAskedFor();
    void removesWithAllThatBelongsToIt_data() { addDatabaseRows(); }
    void removesWithAllThatBelongsToIt();
    void countsAFavouriteOnce_data() { addDatabaseRows(); }
    void countsAFavouriteOnce();
    void refusesAFavouriteOfWhatIsGone_data() { addDatabaseRows(); }
    void refusesAFavouriteOfWhatIsGone();
    void pagesThroughWhoFavourited_data() { addDatabaseRows(); }
    void pagesThroughWhoFavourited();
    void givesThreadsInReadingOrder_data() { addDatabaseRows(); }
    void givesThreadsInReadingOrder();
    void remembersAnIdempotencyKeyUntilItExpires_data() { addDatabaseRows(); }
    void remembersAnIdempotencyKeyUntilItExpires();
    void letsOneOfManyParallelRequestsUseAKey_data() { addDatabaseRows(); }
    void letsOneOfManyParallelRequestsUseAKey();
};

namespace
{

QStringList textsOf(const QList<Status> &statuses)
{
    QStringList texts;
    for (const Status &status : statuses)
        texts.append(status.text);
    return texts;
}

} // namespace

void tst_SqlStatuses::keepsEveryField()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    entities::Application application;
    application.id = ApplicationId { 12 };
    application.clientId = QStringLiteral("client");
    database.write([&](ports::WriteSet &writers) { return writers.oauth.insertApplication(application); });
    const Status parent = database.post(database.draft(other));

    Status status;
    status.id = StatusId { 9'223'372'036'854'775'806 };
    status.accountId = author;
    status.text = QStringLiteral("Line\nline \u201cquoted\u201d \U0001F4F7 #caf\u00e9");
    status.spoilerText = QStringLiteral("careful");
    status.sensitive = true;
    status.visibility = entities::Visibility::Unlisted;
    status.language = QStringLiteral("pt-BR");
    status.inReplyToId = parent.id;
    status.inReplyToAccountId = other;
    status.applicationId = application.id;
    status.tags = { QStringLiteral("caf\u00e9"), QStringLiteral("with \"quotes\", and commas") };
    status.mentions = { { other, QStringLiteral("other") }, { author, QStringLiteral("author") } };
    status.mediaCount = 3;
    status.favouritesCount = 4;
    status.repliesCount = 5;
    status.createdAt = fromUnixMs(1'700'000'000'001);
    status.reblogsCount = 6;
    status.commentsDisabled = true;
    status.conversationId = parent.id;
    database.write([&](ports::WriteSet &writers) { return writers.statuses.insert(status); });

    const Status read = must(database->statuses().byId(status.id, kSoon));
    QCOMPARE(read.id.number(), status.id.number());
    QCOMPARE(read.accountId.number(), author.number());
    QCOMPARE(read.text, status.text);
    QCOMPARE(read.spoilerText, status.spoilerText);
    QCOMPARE(read.sensitive, true);
    QCOMPARE(read.visibility, status.visibility);
    QCOMPARE(read.language, status.language);
    QCOMPARE(read.inReplyToId.number(), parent.id.number());
    QCOMPARE(read.inReplyToAccountId.number(), other.number());
    QCOMPARE(read.applicationId.number(), application.id.number());
    QCOMPARE(read.tags, status.tags);
    QCOMPARE(read.mentions.size(), 2);
    QCOMPARE(read.mentions.at(0).accountId.number(), other.number());
    QCOMPARE(read.mentions.at(0).username, QStringLiteral("other"));
    QCOMPARE(read.mediaCount, 3);
    QCOMPARE(read.favouritesCount, 4);
    QCOMPARE(read.repliesCount, 5);
    QCOMPARE(read.reblogsCount, 6);
    QCOMPARE(read.commentsDisabled, true);
    QVERIFY(read.conversationId == parent.id);
    QVERIFY(read.conversation() == parent.id);
    QVERIFY(!read.isReblog());
    QCOMPARE(toUnixMs(read.createdAt), toUnixMs(status.createdAt));

    const Page<StatusId> tagged = must(database->statuses().accountTimeline(
        author, { false, false, false, status.tags.at(1), status.visibility }, { 0, 0, 0, 5 }, kSoon));
    QCOMPARE(tagged.rows.size(), 1);
}

void tst_SqlStatuses::keepsTheOrderAskedFor()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    QList<StatusId> ids;
    for (int index = 0; index < 5; ++index)
        ids.append(database.post(database.draft(author, QString::number(index))).id);
    QCOMPARE(textsOf(must(database->statuses().byIds({ ids[3], StatusId { 1 }, ids[0], ids[4] }, kSoon))),
             (QStringList { QStringLiteral("3"), QStringLiteral("0"), QStringLiteral("4") }));
}

void tst_SqlStatuses::removesWithAllThatBelongsToIt()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId reader = database.addAccount(QStringLiteral("reader")).id;
    Status status = database.draft(author);
    status.tags = { QStringLiteral("tag") };
    database.post(status);
    const entities::Notification told {
        database.newId<NotificationId>(), author, entities::NotificationType::Favourite, reader, status.id, {}
    };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), reader, status.id, {}));
        GI_TRY(writers.statuses.rememberIdempotencyKey(author, QStringLiteral("key"), status.id, {}));
        return writers.notifications.insert(told);
    });
    const auto remove = [&] {
        return database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.statuses.remove(status.id));
            GI_TRY(writers.accounts.changeCounters(author, { 0, 0, -1 }));
            return writers.accounts.refreshLastStatus(author);
        });
    };
    must(remove());
    QCOMPARE(remove().error().fault, Fault::NotFound);
    QCOMPARE(database->notifications().byId(author, told.id, kSoon).error().fault, Fault::NotFound);
    QVERIFY(must(database->statuses().tagTimeline(QStringLiteral("tag"), {}, {}, kSoon)).rows.isEmpty());
    QVERIFY(must(database->statuses().favouritedBy(status.id, {}, kSoon)).rows.isEmpty());
    QVERIFY(must(database->accounts().byId(author, kSoon)).lastStatusId.isNull());
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlStatuses::countsAFavouriteOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Status status = database.post(database.draft(author));
    const Status other = database.post(database.draft(author));
    QList<bool> changes;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        changes.clear();
        const auto add = [&] {
            return writers.statuses.addFavourite(database.newId<FavouriteId>(), author, status.id, {});
        };
        changes.append(GI_TRY(add()));
        changes.append(GI_TRY(add()));
        changes.append(GI_TRY(writers.statuses.removeFavourite(author, status.id)));
        changes.append(GI_TRY(writers.statuses.removeFavourite(author, status.id)));
        changes.append(GI_TRY(add()));
        return {};
    });
    QCOMPARE(changes, (QList<bool> { true, false, true, false, true }));
    QCOMPARE(must(database->statuses().byId(status.id, kSoon)).favouritesCount, 1);
    const QList<entities::StatusFlags> flags =
        must(database->statuses().flags(author, { other.id, status.id, StatusId { 3 } }, kSoon));
    QCOMPARE(flags.size(), 3);
    QVERIFY(!flags[0].favourited && flags[1].favourited && !flags[2].favourited);
}

void tst_SqlStatuses::refusesAFavouriteOfWhatIsGone()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId account = database.addAccount(QStringLiteral("account")).id;
    const Result<> result = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addFavourite(FavouriteId { 1 }, account, StatusId { 404 }, {}));
        return {};
    });
    QCOMPARE(result.error().fault, Fault::NotFound);
}

void tst_SqlStatuses::pagesThroughWhoFavourited()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Status status = database.post(database.draft(database.addAccount(QStringLiteral("author")).id));
    QList<AccountId> newestFirst;
    for (int index = 0; index < 7; ++index) {
        newestFirst.prepend(database.addAccount(QStringLiteral("reader%1").arg(index)).id);
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), newestFirst.first(), status.id, {}));
            return {};
        });
    }
    QList<AccountId> down;
    PageRequest page { 0, 0, 0, 3 };
    for (auto read = must(database->statuses().favouritedBy(status.id, page, kSoon)); !read.rows.isEmpty();
         read = must(database->statuses().favouritedBy(status.id, page, kSoon))) {
        for (const FavouriteEdge &edge : read.rows)
            down.append(edge.accountId);
        page.maxId = read.bounds.oldest;
    }
    QVERIFY(down == newestFirst);
    const Page<FavouriteEdge> above =
        must(database->statuses().favouritedBy(status.id, { 0, 0, page.maxId, 2 }, kSoon));
    QCOMPARE(above.rows.size(), 2);
    QVERIFY(above.rows.at(0).accountId == newestFirst.at(4));
    QVERIFY(above.rows.at(1).accountId == newestFirst.at(5));
}

void tst_SqlStatuses::givesThreadsInReadingOrder()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const auto comment = [&](StatusId parent, const char *text) {
        Status status = database.draft(author, QString::fromLatin1(text));
        status.inReplyToId = parent;
        return database.post(status).id;
    };
    const StatusId root = comment({}, "root");
    const StatusId a = comment(root, "a");
    const StatusId b = comment(root, "b");
    const StatusId b1 = comment(b, "b1");
    comment(a, "a1");
    const StatusId b1x = comment(b1, "b1x");
    comment(a, "a2");

    const ports::StatusReader &statuses = database->statuses();
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    QCOMPARE(textsOf(must(statuses.descendants(root, 100, kSoon))), words("a a1 a2 b b1 b1x"));
    QCOMPARE(textsOf(must(statuses.descendants(root, 3, kSoon))), words("a b b1"));
    QCOMPARE(textsOf(must(statuses.descendants(b, 100, kSoon))), words("b1 b1x"));
    QCOMPARE(textsOf(must(statuses.ancestors(b1x, 100, kSoon))), words("root b b1"));
    QCOMPARE(textsOf(must(statuses.ancestors(b1x, 2, kSoon))), words("b b1"));
    QVERIFY(must(statuses.ancestors(root, 100, kSoon)).isEmpty());
    QVERIFY(must(statuses.descendants(b1x, 100, kSoon)).isEmpty());
}

void tst_SqlStatuses::remembersAnIdempotencyKeyUntilItExpires()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    const StatusId status = database.post(database.draft(author)).id;
    const QString key = QStringLiteral("key");
    std::optional<StatusId> found;
    const auto find = [&](AccountId account, qint64 since) {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            found = GI_TRY(writers.statuses.statusByIdempotencyKey(account, key, fromUnixMs(since)));
            return {};
        });
        return found;
    };
    const auto remember = [&](qint64 time) {
        return database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) {
            return writers.statuses.rememberIdempotencyKey(author, key, status, fromUnixMs(time));
        });
    };
    QVERIFY(!find(author, 0));
    must(remember(1000));
    QVERIFY(find(author, 1000) == status);
    QVERIFY(!find(other, 0));
    QCOMPARE(remember(1500).error().fault, Fault::Conflict);
    QVERIFY(!find(author, 1001));
    must(remember(2000));
}

void tst_SqlStatuses::letsOneOfManyParallelRequestsUseAKey()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    std::atomic<int> posted = 0;
    std::atomic<int> repeated = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 20; ++thread) {
        threads.emplace_back([&] {
            const Status status = database.draft(author);
            bool isRepeated = false;
            const auto work = [&](ports::WriteSet &writers) -> Result<> {
                isRepeated =
                    GI_TRY(writers.statuses.statusByIdempotencyKey(author, QStringLiteral("key"), {})).has_value();
                if (isRepeated)
                    return {};
                GI_TRY(writers.statuses.insert(status));
                GI_TRY(writers.search.index(status.id));
                GI_TRY(writers.accounts.changeCounters(author, { 0, 0, 1 }));
                GI_TRY(writers.accounts.refreshLastStatus(author));
                return writers.statuses.rememberIdempotencyKey(author, QStringLiteral("key"), status.id, {});
            };
            Result<> result = database->unitOfWork().write(kSoon, work);
            if (!result && result.error().fault == Fault::Conflict)
                result = database->unitOfWork().write(kSoon, work);
            must(result);
            ++(isRepeated ? repeated : posted);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(posted.load(), 1);
    QCOMPARE(repeated.load(), 19);
    QCOMPARE(must(database->accounts().byId(author, kSoon)).statusesCount, 1);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

QTEST_GUILESS_MAIN(tst_SqlStatuses)
#include "tst_sqlstatuses.moc"
