// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of CollectionReader and CollectionWriter, on both databases.
#include "testdatabase.h"

#include <graminsta/ports/media.h>
#include <graminsta/ports/statuses.h>

using namespace graminsta;
using namespace graminsta::test;
using entities::Collection;
using entities::CollectionItem;
using entities::CollectionVisibility;
using entities::Visibility;

class tst_SqlCollections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsACollection_data() { addDatabaseRows(); }
    void keepsACollection();
    void listsByVisibilityAndPage_data() { addDatabaseRows(); }
    void listsByVisibilityAndPage();
    void ordersItsPosts_data() { addDatabaseRows(); }
    void ordersItsPosts();
    void countsWhatIsVisible_data() { addDatabaseRows(); }
    void countsWhatIsVisible();
    void takesSoManyAndNotOneMore_data() { addDatabaseRows(); }
    void takesSoManyAndNotOneMore();
    void goesWithWhatItRefersTo_data() { addDatabaseRows(); }
    void goesWithWhatItRefersTo();

private:
    static constexpr int kMany = 100;

    static Collection made(TestDatabase &database, AccountId owner,
                           CollectionVisibility visibility = CollectionVisibility::Public)
    {
        Collection collection;
        collection.id = database.newId<CollectionId>();
        collection.accountId = owner;
        collection.title = QStringLiteral("Sea");
        collection.visibility = visibility;
        collection.createdAt = collection.updatedAt = fromUnixMs(1'000);
        database.write([&](ports::WriteSet &writers) { return writers.collections.insert(collection, kMany); });
        return collection;
    }
    static void add(TestDatabase &database, CollectionId collection, StatusId status, qint64 position)
    {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.collections.addItem({ collection, status, position }));
            return {};
        });
    }
    static QList<StatusId> statuses(TestDatabase &database, CollectionId collection, int limit = kMany)
    {
        QList<StatusId> ids;
        for (const CollectionItem &item : must(database->collections().items({ collection }, limit, kSoon)))
            ids.append(item.statusId);
        return ids;
    }
};

void tst_SqlCollections::keepsACollection()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("a")).id;
    Collection collection = made(database, owner);
    QVERIFY(!must(database->collections().byId(collection.id, kSoon)).publishedAt);
    collection.title = QStringLiteral("See \u00fc");
    collection.description = QStringLiteral("words");
    collection.visibility = CollectionVisibility::Draft;
    collection.updatedAt = fromUnixMs(2'000);
    collection.publishedAt = fromUnixMs(1'500);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.collections.lock(collection.id));
        return writers.collections.update(collection);
    });
    const Collection found = must(database->collections().byId(collection.id, kSoon));
    QCOMPARE(found.accountId, owner);
    QCOMPARE(found.title, collection.title);
    QCOMPARE(found.description, collection.description);
    QVERIFY(found.visibility == CollectionVisibility::Draft && found.publishedAt == collection.publishedAt
            && found.createdAt == collection.createdAt && found.updatedAt == collection.updatedAt);
    for (int i = 0; i < 2; ++i)
        database.write([&](ports::WriteSet &writers) { return writers.collections.remove(collection.id); });
    QCOMPARE(database->collections().byId(collection.id, kSoon).error().fault, Fault::NotFound);
    const Result<> missing = database->unitOfWork().write(
        kSoon, [&](ports::WriteSet &writers) { return writers.collections.update(collection); });
    QCOMPARE(missing.error().fault, Fault::NotFound);
}

void tst_SqlCollections::listsByVisibilityAndPage()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("a")).id;
    (void)made(database, database.addAccount(QStringLiteral("b")).id);
    const CollectionId open = made(database, owner).id;
    const CollectionId secret = made(database, owner, CollectionVisibility::Private).id;
    const CollectionId draft = made(database, owner, CollectionVisibility::Draft).id;
    const auto list = [&](CollectionVisibility upTo, const entities::PageRequest &page = {}) {
        return must(database->collections().ofAccount(owner, upTo, page, kSoon)).rows;
    };
    QCOMPARE(list(CollectionVisibility::Public), QList<CollectionId> { open });
    QCOMPARE(list(CollectionVisibility::Private), QList<CollectionId>({ secret, open }));
    QCOMPARE(list(CollectionVisibility::Draft), QList<CollectionId>({ draft, secret, open }));
    entities::PageRequest page;
    page.limit = 1;
    page.maxId = draft.number();
    QCOMPARE(list(CollectionVisibility::Draft, page), QList<CollectionId> { secret });
    page.maxId = 0;
    page.minId = open.number();
    QCOMPARE(list(CollectionVisibility::Draft, page), QList<CollectionId> { secret });
}

void tst_SqlCollections::ordersItsPosts()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("a")).id;
    const CollectionId first = made(database, owner).id;
    const CollectionId second = made(database, owner).id;
    QList<StatusId> posts;
    for (int i = 0; i < 4; ++i)
        posts.append(database.post(database.draft(owner)).id);
    add(database, first, posts[0], 7);
    add(database, first, posts[1], 3);
    add(database, first, posts[2], 5);
    add(database, second, posts[3], 1);
    add(database, first, posts[0], 1); // is there, at another place
    QCOMPARE(statuses(database, first), QList<StatusId>({ posts[1], posts[2], posts[0] }));
    QCOMPARE(statuses(database, first, 2), QList<StatusId>({ posts[1], posts[2] }));
    // Of several so many each.
    QCOMPARE(must(database->collections().items({ first, second }, 1, kSoon)).size(), 2);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        if (!GI_TRY(writers.collections.removeItem(first, posts[2]))
            || GI_TRY(writers.collections.removeItem(first, posts[2])))
            return makeError(Fault::Internal, QStringLiteral("wrong"));
        return {};
    });
    QCOMPARE(statuses(database, first), QList<StatusId>({ posts[1], posts[0] }));
}

void tst_SqlCollections::countsWhatIsVisible()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("a")).id;
    const CollectionId id = made(database, owner).id;
    const auto posted = [&](Visibility visibility, bool sensitive, int media) {
        entities::Status status = database.draft(owner);
        status.visibility = visibility;
        status.sensitive = sensitive;
        status.mediaCount = media;
        return database.post(status).id;
    };
    const StatusId hidden = posted(Visibility::Private, false, 1);
    const StatusId sensitive = posted(Visibility::Public, true, 1);
    const StatusId text = posted(Visibility::Public, false, 0);
    const StatusId open = posted(Visibility::Unlisted, false, 1);
    qint64 position = 0;
    for (const StatusId status : { hidden, sensitive, text, open })
        add(database, id, status, position++);
    const auto summary = [&](Visibility upTo) {
        return must(database->collections().summaries({ id }, upTo, kSoon)).first();
    };
    QCOMPARE(summary(Visibility::Public).statusesCount, 2);
    QVERIFY(summary(Visibility::Public).coverId.isNull());
    QCOMPARE(summary(Visibility::Unlisted).statusesCount, 3);
    QCOMPARE(summary(Visibility::Unlisted).coverId, open);
    QCOMPARE(summary(Visibility::Private).statusesCount, 4);
    QCOMPARE(summary(Visibility::Private).coverId, hidden);
}

void tst_SqlCollections::takesSoManyAndNotOneMore()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("a")).id;
    const Collection first = made(database, owner);
    Collection second = first;
    second.id = database.newId<CollectionId>();
    const Result<> refused = database->unitOfWork().write(
        kSoon, [&](ports::WriteSet &writers) { return writers.collections.insert(second, 1); });
    QCOMPARE(refused.error().fault, Fault::Conflict);
    QCOMPARE(database->collections().byId(second.id, kSoon).error().fault, Fault::NotFound);
    database.write([&](ports::WriteSet &writers) { return writers.collections.insert(second, 2); });
}

void tst_SqlCollections::goesWithWhatItRefersTo()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("a")).id;
    const CollectionId id = made(database, owner).id;
    const StatusId post = database.post(database.draft(owner)).id;
    add(database, id, post, 0);
    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(post); });
    QCOMPARE(statuses(database, id), QList<StatusId>());
    database.write([&](ports::WriteSet &writers) { return writers.accounts.remove(owner); });
    QCOMPARE(database->collections().byId(id, kSoon).error().fault, Fault::NotFound);
}

QTEST_GUILESS_MAIN(tst_SqlCollections)
#include "tst_sqlcollections.moc"
