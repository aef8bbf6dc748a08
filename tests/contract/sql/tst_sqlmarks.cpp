// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of what StatusReader and StatusWriter keep of people's doings with statuses, on both databases:
// bookmarks, lists of marks, pins, reblogs, muted threads, flags, edits.
#include "testdatabase.h"

#include <graminsta/sql/querycounter.h>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::Page;
using entities::PageRequest;
using entities::Status;
using entities::StatusEdit;
using entities::StatusFlags;

class tst_SqlMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bookmarksOnce_data() { addDatabaseRows(); }
    void bookmarksOnce();
    void pagesThroughMarksByTheMark_data() { addDatabaseRows(); }
    void pagesThroughMarksByTheMark();
    void tellsAllFlagsInOneQuery_data() { addDatabaseRows(); }
    void tellsAllFlagsInOneQuery();
    void pinsUpToTheMostAlsoInParallel_data() { addDatabaseRows(); }
    void pinsUpToTheMostAlsoInParallel();
    void reblogsOnce_data() { addDatabaseRows(); }
    void reblogsOnce();
    void pagesThroughWhoReblogged_data() { addDatabaseRows(); }
    void pagesThroughWhoReblogged();
    void takesReblogsAlong_data() { addDatabaseRows(); }
    void takesReblogsAlong();
    void tellsNothingOfMutedThreads_data() { addDatabaseRows(); }
    void tellsNothingOfMutedThreads();
    void changesWhatAnEditChanges_data() { addDatabaseRows(); }
    void changesWhatAnEditChanges();
    void keepsVersionsInOrder_data() { addDatabaseRows(); }
    void keepsVersionsInOrder();
    void rearrangesMedia_data() { addDatabaseRows(); }
    void rearrangesMedia();
};

void tst_SqlMarks::bookmarksOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId reader = database.addAccount(QStringLiteral("reader")).id;
    const Status status = database.post(database.draft(reader));
    const auto add = [&] {
        bool isNew = false;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            isNew = GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), reader, status.id, {}));
            return {};
        });
        return isNew;
    };
    QVERIFY(add());
    QVERIFY(!add());
    for (int twice = 0; twice < 2; ++twice) {
        database.write([&](ports::WriteSet &writers) { return writers.statuses.removeBookmark(reader, status.id); });
    }
    QVERIFY(add());
    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(status.id); });
    QVERIFY(must(database->statuses().bookmarks(reader, {}, kSoon)).rows.isEmpty());
    const Result<> gone = database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), reader, status.id, {}));
        return {};
    });
    QCOMPARE(gone.error().fault, Fault::NotFound);
}

void tst_SqlMarks::pagesThroughMarksByTheMark()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId reader = database.addAccount(QStringLiteral("reader")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    QList<Status> posts;
    for (int index = 0; index < 7; ++index)
        posts.append(database.post(database.draft(other)));
    QList<StatusId> newestFirst;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        newestFirst.clear();
        for (const int place : { 3, 6, 0, 5, 1, 4, 2 }) {
            const StatusId id = posts.at(place).id;
            newestFirst.prepend(id);
            GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), reader, id, {}));
            GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), other, id, {}));
            GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), reader, id, {}));
        }
        return {};
    });
    const ports::StatusReader &statuses = database->statuses();
    for (const bool isBookmark : { true, false }) {
        const auto read = [&](const PageRequest &page) {
            return must(isBookmark ? statuses.bookmarks(reader, page, kSoon)
                                   : statuses.favourites(reader, page, kSoon));
        };
        QList<StatusId> down;
        PageRequest page { 0, 0, 0, 3 };
        for (Page<StatusId> found = read(page); !found.rows.isEmpty(); found = read(page)) {
            down += found.rows;
            page.maxId = found.bounds.oldest;
        }
        QVERIFY(down == newestFirst);
        QVERIFY(read({ 0, 0, page.maxId, 2 }).rows == newestFirst.mid(4, 2));
    }
}

void tst_SqlMarks::tellsAllFlagsInOneQuery()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId viewer = database.addAccount(QStringLiteral("viewer")).id;
    const AccountId other = database.addAccount(QStringLiteral("other")).id;
    QList<StatusId> ids;
    for (int index = 0; index < 7; ++index)
        ids.append(database.post(database.draft(viewer)).id);
    Status comment = database.draft(other);
    comment.inReplyToId = ids[5];
    comment.conversationId = ids[5];
    ids.append(database.post(comment).id);
    database.reblog(viewer, ids[4]);
    database.reblog(other, ids[6]);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), viewer, ids[0], {}));
        GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), viewer, ids[1], {}));
        GI_TRY(writers.statuses.pin(database.newId<StatusPinId>(), viewer, ids[2], {}, 5));
        GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), other, ids[3], {}));
        GI_TRY(writers.statuses.addBookmark(database.newId<BookmarkId>(), other, ids[3], {}));
        GI_TRY(writers.statuses.muteConversation(viewer, ids[5], {}));
        return writers.statuses.muteConversation(other, ids[6], {});
    });
    const qint64 before = sql::queriesByThisThread();
    const QList<StatusFlags> flags = must(database->statuses().flags(viewer, ids, kSoon));
    QCOMPARE(sql::queriesByThisThread() - before, 1);
    QCOMPARE(flags.size(), 8);
    for (int index = 0; index < 8; ++index) {
        QCOMPARE(flags[index].favourited, index == 0);
        QCOMPARE(flags[index].bookmarked, index == 1);
        QCOMPARE(flags[index].pinned, index == 2);
        QCOMPARE(flags[index].reblogged, index == 4);
        QCOMPARE(flags[index].muted, index == 5 || index == 7);
    }

    // The same beside the statuses, and of what a reblog shows.
    const StatusId reblog = must(database->statuses().reblogBy(other, ids[6], kSoon)).value();
    const qint64 earlier = sql::queriesByThisThread();
    const ports::SeenStatuses seen =
        must(database->statuses().seenBy(viewer, QList<StatusId> { reblog } + ids + QList<StatusId> { ids[0] }, kSoon));
    QCOMPARE(sql::queriesByThisThread() - earlier, 1);
    QCOMPARE(seen.statuses.size(), 9);
    QCOMPARE(seen.statuses.first().id, reblog);
    QCOMPARE(seen.statuses.last().id, ids.last());
    QCOMPARE(seen.originals.size(), 1);
    QCOMPARE(seen.originals.value(ids[6]).accountId, viewer);
    for (int index = 0; index < 8; ++index) {
        const StatusFlags own = seen.flags.value(ids[index]);
        QCOMPARE(own.favourited, index == 0);
        QCOMPARE(own.bookmarked, index == 1);
        QCOMPARE(own.pinned, index == 2);
        QCOMPARE(own.reblogged, index == 4);
        QCOMPARE(own.muted, index == 5 || index == 7);
    }
    const ports::SeenStatuses ofNobody = must(database->statuses().seenBy({}, ids, kSoon));
    QCOMPARE(ofNobody.statuses.size(), 8);
    QVERIFY(ofNobody.flags.isEmpty());
}

void tst_SqlMarks::pinsUpToTheMostAlsoInParallel()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    QList<StatusId> ids;
    for (int index = 0; index < 8; ++index)
        ids.append(database.post(database.draft(author)).id);
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (const StatusId id : ids) {
        const StatusPinId pin = database.newId<StatusPinId>();
        threads.emplace_back([&, id, pin] {
            const Result<> done = database->unitOfWork().write(
                kSoon, [&](ports::WriteSet &writers) { return writers.statuses.pin(pin, author, id, {}, 3); });
            refused += !done && done.error().fault == Fault::Conflict ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(refused.load(), 5);
    const QList<StatusId> pinned = must(database->statuses().pinned(author, 10, kSoon));
    QCOMPARE(pinned.size(), 3);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.pin(database.newId<StatusPinId>(), author, pinned[0], {}, 3)); // it is there
        return writers.statuses.unpin(pinned[1]);
    });
    QVERIFY(must(database->statuses().pinned(author, 10, kSoon)) == QList<StatusId>({ pinned[0], pinned[2] }));
}

void tst_SqlMarks::reblogsOnce()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId fan = database.addAccount(QStringLiteral("fan")).id;
    const Status original = database.post(database.draft(author));
    const auto count = [&] { return must(database->statuses().byId(original.id, kSoon)).reblogsCount; };
    const StatusId first = database.reblog(fan, original.id).id;
    database.reblog(fan, original.id);
    QCOMPARE(count(), 1);
    QVERIFY(must(database->statuses().reblogBy(fan, original.id, kSoon)) == first);
    QVERIFY(!must(database->statuses().reblogBy(author, original.id, kSoon)));
    QVERIFY(must(database->statuses().byId(first, kSoon)).reblogOfId == original.id);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());

    QList<bool> removed;
    for (int twice = 0; twice < 2; ++twice) {
        bool isRemoved = false;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            isRemoved = GI_TRY(writers.statuses.removeReblog(fan, original.id));
            GI_TRY(writers.accounts.changeCounters(fan, { 0, 0, isRemoved ? -1 : 0 }));
            return writers.accounts.refreshLastStatus(fan);
        });
        removed.append(isRemoved);
    }
    QCOMPARE(removed, QList<bool>({ true, false }));
    QCOMPARE(count(), 0);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlMarks::pagesThroughWhoReblogged()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Status original = database.post(database.draft(database.addAccount(QStringLiteral("author")).id));
    QList<AccountId> newestFirst;
    for (int index = 0; index < 6; ++index) {
        const AccountId fan = database.addAccount(QStringLiteral("fan%1").arg(index)).id;
        Status reblog = database.draft(fan, QString());
        reblog.reblogOfId = original.id;
        reblog.visibility = index == 2 ? entities::Visibility::Private : entities::Visibility::Unlisted;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.statuses.addReblog(reblog));
            return {};
        });
        if (index != 2)
            newestFirst.prepend(fan);
    }
    QList<AccountId> down;
    PageRequest page { 0, 0, 0, 2 };
    for (auto read = must(database->statuses().rebloggedBy(original.id, page, kSoon)); !read.rows.isEmpty();
         read = must(database->statuses().rebloggedBy(original.id, page, kSoon))) {
        for (const ports::ReblogEdge &edge : read.rows)
            down.append(edge.accountId);
        page.maxId = read.bounds.oldest;
    }
    QVERIFY(down == newestFirst);
}

void tst_SqlMarks::takesReblogsAlong()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId fan = database.addAccount(QStringLiteral("fan")).id;
    const Status original = database.post(database.draft(author));
    const StatusId reblog = database.reblog(fan, original.id).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.lock(original.id));
        const QList<AccountId> rebloggers = GI_TRY(writers.statuses.rebloggers(original.id));
        if (rebloggers != QList<AccountId> { fan })
            return makeError(Fault::Internal, QStringLiteral("not the rebloggers"));
        GI_TRY(writers.accounts.changeCounters(fan, { 0, 0, -1 }));
        GI_TRY(writers.accounts.refreshLastStatus(fan));
        GI_TRY(writers.statuses.remove(original.id));
        GI_TRY(writers.accounts.changeCounters(author, { 0, 0, -1 }));
        return writers.accounts.refreshLastStatus(author);
    });
    QCOMPARE(database->statuses().byId(reblog, kSoon).error().fault, Fault::NotFound);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlMarks::tellsNothingOfMutedThreads()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId fan = database.addAccount(QStringLiteral("fan")).id;
    const Status root = database.post(database.draft(author));
    Status comment = database.draft(fan);
    comment.inReplyToId = root.id;
    comment.conversationId = root.id;
    database.post(comment);
    const auto toldOf = [&](StatusId status) {
        database.write([&](ports::WriteSet &writers) {
            return writers.notifications.insert(
                { database.newId<NotificationId>(), author, entities::NotificationType::Mention, fan, status, {} });
        });
        const qsizetype told = must(database->notifications().list(author, {}, { 0, 0, 0, 20 }, kSoon)).rows.size();
        database.write([&](ports::WriteSet &writers) {
            return writers.notifications.remove(author, entities::NotificationType::Mention, fan, status);
        });
        return told;
    };
    for (const StatusId status : { root.id, comment.id, StatusId {} })
        QCOMPARE(toldOf(status), 1);
    for (int twice = 0; twice < 2; ++twice) {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.statuses.muteConversation(author, root.id, {}));
            return writers.statuses.muteConversation(fan, root.id, {});
        });
    }
    QCOMPARE(toldOf(root.id), 0);
    QCOMPARE(toldOf(comment.id), 0);
    QCOMPARE(toldOf(StatusId {}), 1);
    database.write([&](ports::WriteSet &writers) { return writers.statuses.unmuteConversation(author, root.id); });
    QCOMPARE(toldOf(comment.id), 1);
}

void tst_SqlMarks::changesWhatAnEditChanges()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    Status status = database.draft(author);
    status.tags = { QStringLiteral("old"), QStringLiteral("kept") };
    database.post(status);
    QVERIFY(!must(database->statuses().byId(status.id, kSoon)).editedAt);

    status.text = QStringLiteral("after");
    status.spoilerText = QStringLiteral("careful");
    status.sensitive = true;
    status.language = QStringLiteral("de");
    status.tags = { QStringLiteral("new"), QStringLiteral("kept") };
    status.mentions = { { author, QStringLiteral("author") } };
    status.mediaCount = 2;
    status.commentsDisabled = true;
    status.editedAt = fromUnixMs(1'700'000'000'001);
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.lock(status.id));
        return writers.statuses.update(status);
    });
    const Status read = must(database->statuses().byId(status.id, kSoon));
    QCOMPARE(read.text, status.text);
    QCOMPARE(read.spoilerText, status.spoilerText);
    QCOMPARE(read.sensitive, true);
    QCOMPARE(read.language, status.language);
    QCOMPARE(read.tags, status.tags);
    QCOMPARE(read.mentions.size(), 1);
    QCOMPARE(read.mediaCount, 2);
    QCOMPARE(read.commentsDisabled, true);
    QVERIFY(read.editedAt == status.editedAt);
    const auto tagged = [&](const char *tag) {
        return must(database->statuses().tagTimeline(QLatin1String(tag), {}, {}, kSoon)).rows.size();
    };
    QCOMPARE(tagged("old"), 0);
    QCOMPARE(tagged("kept"), 1);
    QCOMPARE(tagged("new"), 1);

    status.id = StatusId { 404 };
    const auto faultOf = [&](const ports::UnitOfWork::Work &work) {
        return database->unitOfWork().write(kSoon, work).error().fault;
    };
    QCOMPARE(faultOf([&](ports::WriteSet &writers) { return writers.statuses.update(status); }), Fault::NotFound);
    QCOMPARE(faultOf([&](ports::WriteSet &writers) -> Result<> {
                 GI_TRY(writers.statuses.lock(status.id));
                 return {};
             }),
             Fault::NotFound);
}

void tst_SqlMarks::keepsVersionsInOrder()
{
    TestDatabase database;
    if (!database.open())
        return;
    const Status status = database.post(database.draft(database.addAccount(QStringLiteral("author")).id));
    QVERIFY(must(database->statuses().edits(status.id, 10, kSoon)).isEmpty());
    const StatusEdit::Media photo { MediaId { 9'223'372'036'854'775'806 },
                                    QStringLiteral("a \"photo\"\n, [caf\u00e9]") };
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int version = 0; version < 3; ++version) {
            GI_TRY(writers.statuses.addEdit({ database.newId<StatusEditId>(),
                                              status.id,
                                              QString::number(version),
                                              QStringLiteral("careful"),
                                              true,
                                              { photo, { MediaId { 7 }, {} } },
                                              fromUnixMs(version) }));
        }
        return {};
    });
    const QList<StatusEdit> edits = must(database->statuses().edits(status.id, 10, kSoon));
    QCOMPARE(edits.size(), 3);
    for (int version = 0; version < 3; ++version) {
        QVERIFY(edits[version].statusId == status.id);
        QCOMPARE(edits[version].text, QString::number(version));
        QCOMPARE(edits[version].spoilerText, QStringLiteral("careful"));
        QCOMPARE(edits[version].sensitive, true);
        QCOMPARE(edits[version].media.size(), 2);
        QVERIFY(edits[version].media.first() == photo);
        QCOMPARE(toUnixMs(edits[version].createdAt), qint64 { version });
    }
    QCOMPARE(must(database->statuses().edits(status.id, 2, kSoon)).size(), 2);
    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(status.id); });
    QVERIFY(must(database->statuses().edits(status.id, 10, kSoon)).isEmpty());
}

void tst_SqlMarks::rearrangesMedia()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId owner = database.addAccount(QStringLiteral("owner")).id;
    const StatusId status = database.post(database.draft(owner)).id;
    const StatusId other = database.post(database.draft(owner)).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        for (int id = 1; id <= 4; ++id) {
            entities::MediaAttachment media;
            media.id = MediaId { id };
            media.accountId = owner;
            media.state = entities::MediaState::Ready;
            GI_TRY(writers.media.insert(media));
        }
        GI_TRY(writers.media.attach(owner, status, { MediaId { 1 }, MediaId { 2 } }));
        return writers.media.attach(owner, other, { MediaId { 3 } });
    });
    const auto rearrange = [&](const QList<MediaId> &ids) {
        return database->unitOfWork().write(
            kSoon, [&](ports::WriteSet &writers) { return writers.media.rearrange(owner, status, ids); });
    };
    const auto now = [&] {
        QList<MediaId> ids;
        for (const entities::MediaAttachment &media : must(database->media().byStatuses({ status }, kSoon)))
            ids.append(media.id);
        return ids;
    };
    QCOMPARE(rearrange({ MediaId { 1 }, MediaId { 3 } }).error().fault, Fault::Conflict);
    QVERIFY(now() == QList<MediaId>({ MediaId { 1 }, MediaId { 2 } }));
    must(rearrange({ MediaId { 4 }, MediaId { 2 } }));
    QVERIFY(now() == QList<MediaId>({ MediaId { 4 }, MediaId { 2 } }));
    QVERIFY(must(database->media().byId(MediaId { 1 }, kSoon)).statusId.isNull());
    must(rearrange({}));
    QVERIFY(now().isEmpty());
}

QTEST_GUILESS_MAIN(tst_SqlMarks)
#include "tst_sqlmarks.moc"
