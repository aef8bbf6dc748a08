// SPDX-License-Identifier: GPL-3.0-or-later
// Which files are in use, on both databases: BlobWriter, and what MediaWriter and AccountWriter count.
#include "testdatabase.h"

#include <graminsta/ports/removal.h>

#include <QRandomGenerator>

using namespace graminsta;
using namespace graminsta::test;
using entities::MediaAttachment;
using entities::MediaState;
using entities::Visibility;
using ports::BlobHold;
using ports::MediaArea;
using ports::MediaKey;

namespace
{

const Timestamp kNow = fromUnixMs(1'800'000'000'000);
constexpr std::chrono::hours kHour { 1 };

MediaKey key(MediaArea area, const char *name)
{
    return { area, QLatin1String(name) };
}

// What is in use, and what is not.
QStringList used(TestDatabase &database)
{
    QStringList names;
    for (const MediaKey &one : must(database->blobs().used({}, 100, kSoon)))
        names.append(QString::number(int(one.area)) + QLatin1Char(' ') + one.name);
    return names;
}

QStringList take(TestDatabase &database, Timestamp now)
{
    QStringList names;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        names.clear();
        for (const MediaKey &one : GI_TRY(writers.blobs.takeUnused(now, 100)))
            names.append(QString::number(int(one.area)) + QLatin1Char(' ') + one.name);
        return {};
    });
    names.sort();
    return names;
}

Result<QList<BlobHold>> hold(TestDatabase &database, const QList<MediaKey> &keys, Timestamp until)
{
    QList<BlobHold> holds;
    GI_TRY(database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
        holds = GI_TRY(writers.blobs.hold(keys, database.newId<MediaId>().number(), until));
        return {};
    }));
    return holds;
}

Result<> confirm(TestDatabase &database, const QList<BlobHold> &holds)
{
    return database->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) { return writers.blobs.confirm(holds); });
}

void forget(TestDatabase &database, const QList<MediaKey> &keys)
{
    database.write([&](ports::WriteSet &writers) { return writers.blobs.forget(keys); });
}

MediaAttachment photo(TestDatabase &database, AccountId owner, const char *original, const QStringList &pictures,
                      MediaState state = MediaState::Ready)
{
    MediaAttachment media;
    media.id = database.newId<MediaId>();
    media.accountId = owner;
    media.state = state;
    media.originalKey = QLatin1String(original);
    media.originalBytes = 10;
    media.createdAt = kNow;
    for (const QString &name : pictures)
        media.variants.append({ entities::VariantSize::Feed, name, QStringLiteral("image/jpeg"), 1, 1, 1 });
    database.write([&](ports::WriteSet &writers) { return writers.media.insert(media); });
    return media;
}

StatusId postWith(TestDatabase &database, AccountId author, Visibility visibility, const QList<MediaId> &media)
{
    entities::Status status = database.draft(author);
    status.visibility = visibility;
    status.mediaCount = int(media.size());
    const StatusId id = database.post(status).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.attach(author, id, media));
        return writers.media.publish(media);
    });
    return id;
}

} // namespace

class tst_SqlBlobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsHeld_data() { addDatabaseRows(); }
    void keepsWhatIsHeld();
    void seesThatAHoldHasEnded_data() { addDatabaseRows(); }
    void seesThatAHoldHasEnded();
    void countsWhatMediaName_data() { addDatabaseRows(); }
    void countsWhatMediaName();
    void publishesOnlyWhatEverybodyMaySee_data() { addDatabaseRows(); }
    void publishesOnlyWhatEverybodyMaySee();
    void countsWhatProfilesShow_data() { addDatabaseRows(); }
    void countsWhatProfilesShow();
    void enqueuesOneJobForWhatIsUnused_data() { addDatabaseRows(); }
    void enqueuesOneJobForWhatIsUnused();
    void removesWhatStaysLoose_data() { addDatabaseRows(); }
    void removesWhatStaysLoose();
    void repairsCounts_data() { addDatabaseRows(); }
    void repairsCounts();
    void countsRightInParallel_data() { addDatabaseRows(); }
    void countsRightInParallel();
};

void tst_SqlBlobs::keepsWhatIsHeld()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QList<MediaKey> keys { key(MediaArea::Restricted, "b.jpg"), key(MediaArea::Private, "a.jpg"),
                                 key(MediaArea::Restricted, "a.jpg"), key(MediaArea::Restricted, "a.jpg") };
    QCOMPARE(must(hold(database, keys, kNow + kHour)).size(), 3);
    // Held for less by another: the longest counts.
    QCOMPARE(must(hold(database, keys.first(1), kNow)).size(), 1);
    QCOMPARE(take(database, kNow + kHour - std::chrono::seconds { 1 }), QStringList());
    const QStringList all { QStringLiteral("1 a.jpg"), QStringLiteral("2 a.jpg"), QStringLiteral("2 b.jpg") };
    QCOMPARE(take(database, kNow + kHour), all);
    // Taken by one alone, unless that one has died.
    QCOMPARE(take(database, kNow + kHour), QStringList());
    QCOMPARE(hold(database, keys, kNow + kHour).error().fault, Fault::Unavailable);
    QCOMPARE(take(database, kNow + kHour + ports::kBlobRemoval), all);
    forget(database, keys);
    QCOMPARE(must(hold(database, keys, kNow + kHour)).size(), 3);
}

void tst_SqlBlobs::seesThatAHoldHasEnded()
{
    TestDatabase database;
    if (!database.open())
        return;
    const QList<MediaKey> keys { key(MediaArea::Restricted, "a.jpg") };
    const QList<BlobHold> first = must(hold(database, keys, kNow));
    must(confirm(database, first));
    QCOMPARE(take(database, kNow).size(), 1);
    QCOMPARE(confirm(database, first).error().fault, Fault::Unavailable);
    forget(database, keys);
    QCOMPARE(confirm(database, first).error().fault, Fault::Unavailable);
    // Somebody else is about to bring it; that it is not there yet, the first must not overlook.
    const QList<BlobHold> second = must(hold(database, keys, kNow + kHour));
    QCOMPARE(confirm(database, first).error().fault, Fault::Unavailable);
    must(confirm(database, second));
}

void tst_SqlBlobs::countsWhatMediaName()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const AccountId eve = database.addAccount(QStringLiteral("eve")).id;
    // One too small for several sizes names the same file several times.
    MediaAttachment anns =
        photo(database, ann, "o.jpg", { QStringLiteral("p.jpg"), QStringLiteral("p.jpg"), QStringLiteral("q.jpg") },
              MediaState::Received);
    const MediaAttachment eves = photo(database, eve, "o.jpg", { QStringLiteral("p.jpg") });
    const QStringList all { QStringLiteral("1 o.jpg"), QStringLiteral("2 p.jpg"), QStringLiteral("2 q.jpg") };
    QCOMPARE(used(database), all);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());

    anns.variants.removeLast();
    anns.state = MediaState::Ready;
    database.write([&](ports::WriteSet &writers) { return writers.media.settle(anns); });
    QCOMPARE(used(database), all.first(2));
    QCOMPARE(take(database, kNow), QStringList { all.last() });
    forget(database, { key(MediaArea::Restricted, "q.jpg") });

    database.write([&](ports::WriteSet &writers) { return writers.media.remove(anns.id); });
    QCOMPARE(used(database), all.first(2));
    QCOMPARE(take(database, kNow), QStringList());
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(eves.id); });
    QCOMPARE(used(database), QStringList());
    QCOMPARE(take(database, kNow), all.first(2));
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlBlobs::publishesOnlyWhatEverybodyMaySee()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const auto isPublic = [&](MediaId id) { return must(database->media().byId(id, kSoon)).published; };
    for (const Visibility visibility :
         { Visibility::Public, Visibility::Unlisted, Visibility::Private, Visibility::Direct }) {
        const MediaAttachment media = photo(database, ann, "o.jpg", { QStringLiteral("p.jpg") });
        database.write([&](ports::WriteSet &writers) { return writers.media.publish({ media.id }); });
        QVERIFY(!isPublic(media.id)); // of no post
        const StatusId status = postWith(database, ann, visibility, { media.id });
        const bool open = visibility == Visibility::Public || visibility == Visibility::Unlisted;
        QCOMPARE(isPublic(media.id), open);
        QCOMPARE(used(database).contains(QStringLiteral("0 p.jpg")), open);
        QCOMPARE(must(database->media().misplaced(ann, {}, 10, kSoon)).size(), 0);

        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.media.unpublish({ media.id }));
            GI_TRY(writers.accounts.restrict(ann, entities::Restriction::Suspended, {}));
            return {};
        });
        QCOMPARE(isPublic(media.id), open); // then, everybody still could
        QCOMPARE(must(database->media().misplaced(ann, {}, 10, kSoon)).size(), open ? 1 : 0);
        database.write([&](ports::WriteSet &writers) { return writers.media.unpublish({ media.id }); });
        QVERIFY(!isPublic(media.id));
        database.write([&](ports::WriteSet &writers) { return writers.media.publish({ media.id }); });
        QVERIFY(!isPublic(media.id));
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.accounts.restrict(ann, {}, entities::Restriction::Suspended));
            return {};
        });
        QCOMPARE(must(database->media().misplaced(ann, {}, 10, kSoon)).size(), open ? 1 : 0);
        QCOMPARE(must(database->media().misplaced(ann, media.id, 10, kSoon)).size(), 0);
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.media.publish({ media.id }));
            return writers.media.detach(status);
        });
        QVERIFY(!isPublic(media.id));
        QVERIFY(!used(database).contains(QStringLiteral("0 p.jpg")));
        database.write([&](ports::WriteSet &writers) { return writers.media.remove(media.id); });
        QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    }
}

void tst_SqlBlobs::countsWhatProfilesShow()
{
    TestDatabase database;
    if (!database.open())
        return;
    entities::Account ann = database.addAccount(QStringLiteral("ann"));
    const auto save = [&] {
        database.write([&](ports::WriteSet &writers) { return writers.accounts.updateProfile(ann); });
    };
    ann.avatarKey = QStringLiteral("a.jpg");
    save();
    ann.headerKey = QStringLiteral("a.jpg");
    save();
    save();
    QCOMPARE(used(database), QStringList { QStringLiteral("0 a.jpg") });
    ann.avatarKey = QStringLiteral("b.jpg");
    save();
    QCOMPARE(used(database), QStringList({ QStringLiteral("0 a.jpg"), QStringLiteral("0 b.jpg") }));
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.accounts.restrict(ann.id, entities::Restriction::Deleted, {}));
        return GI_TRY(writers.removal.removeAccount(ann.id))
            ? Result<>()
            : makeError(Fault::Internal, QStringLiteral("something is left"));
    });
    QCOMPARE(used(database), QStringList());
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlBlobs::enqueuesOneJobForWhatIsUnused()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const MediaAttachment one = photo(database, ann, "o.jpg", { QStringLiteral("p.jpg") });
    const MediaAttachment two = photo(database, ann, "o.jpg", { QStringLiteral("p.jpg") });
    const auto jobs = [&] {
        return must(database->jobs().claim(QLatin1String(ports::kTidyJob), kNow, kNow, 10, kSoon)).size();
    };
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(one.id); });
    QCOMPARE(jobs(), 0);
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(two.id); });
    QCOMPARE(jobs(), 1);
}

void tst_SqlBlobs::removesWhatStaysLoose()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const MediaAttachment loose = photo(database, ann, "o.jpg", { QStringLiteral("p.jpg") });
    const MediaAttachment posted = photo(database, ann, "o.jpg", { QStringLiteral("p.jpg") });
    const MediaAttachment reserved = photo(database, ann, "o.jpg", { QStringLiteral("p.jpg") });
    const StatusId status = postWith(database, ann, Visibility::Public, { posted.id });
    entities::ScheduledStatus later;
    later.id = database.newId<ScheduledStatusId>();
    later.accountId = ann;
    later.media = { reserved.id };
    later.scheduledAt = kNow;
    later.createdAt = kNow;
    database.write([&](ports::WriteSet &writers) { return writers.scheduled.insert(later); });
    // As the sweeper does: what is older than a day then.
    const auto sweep = [&](Timestamp now) {
        int seen = 0;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            seen = GI_TRY(writers.media.removeLoose(now - std::chrono::hours { 24 }, now, 10));
            return {};
        });
        return seen;
    };
    const auto isThere = [&](const MediaAttachment &media) {
        return database->media().byId(media.id, kSoon).has_value();
    };
    using std::chrono::hours;
    QCOMPARE(sweep(kNow + hours { 23 }), 0);
    QVERIFY(isThere(loose));
    QCOMPARE(sweep(kNow + hours { 24 }), 1);
    QVERIFY(!isThere(loose) && isThere(posted) && isThere(reserved));
    QCOMPARE(must(database->media().bytesOf(ann, kSoon)), 20);

    // What becomes loose has its day from then on, as the sweeper sees it.
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.detach(status));
        return writers.scheduled.remove(later.id);
    });
    QCOMPARE(sweep(kNow + hours { 50 }), 2);
    QVERIFY(isThere(posted) && isThere(reserved));
    QCOMPARE(sweep(kNow + hours { 73 }), 0);
    QCOMPARE(sweep(kNow + hours { 74 }), 2);
    QVERIFY(!isThere(posted) && !isThere(reserved));
    QCOMPARE(must(database->media().bytesOf(ann, kSoon)), 0);
    QCOMPARE(used(database), QStringList());
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlBlobs::repairsCounts()
{
    TestDatabase database;
    if (!database.open())
        return;
    entities::Account ann = database.addAccount(QStringLiteral("ann"));
    ann.avatarKey = QStringLiteral("p.jpg");
    database.write([&](ports::WriteSet &writers) { return writers.accounts.updateProfile(ann); });
    const MediaAttachment media = photo(database, ann.id, "o.jpg", { QStringLiteral("p.jpg") });
    (void)postWith(database, ann.id, Visibility::Public, { media.id });
    const QStringList all = used(database);
    QCOMPARE(all.size(), 3);
    // What no writer does.
    database.sql("UPDATE blobs SET refs = 7 WHERE area = 1");
    database.sql("DELETE FROM blobs WHERE area = 2");
    database.sql(
        "INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at) VALUES (0, 'z.jpg', 2, 0, 0, 0)");
    QCOMPARE(must(database->integrityCheck(kSoon)).size(), 3);
    QCOMPARE(must(database->repairCounters(kSoon)).size(), 3);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    QCOMPARE(must(database->repairCounters(kSoon)), QStringList());
}

void tst_SqlBlobs::countsRightInParallel()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const QStringList names { QStringLiteral("a.jpg"), QStringLiteral("b.jpg"), QStringLiteral("c.jpg") };
    std::vector<std::thread> threads;
    QList<MediaAttachment> left(8);
    std::mutex ids;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&, thread] {
            QRandomGenerator random(quint32(thread + 1));
            for (int round = 0; round < 10; ++round) {
                MediaAttachment media;
                {
                    const std::lock_guard lock(ids);
                    media.id = database.newId<MediaId>();
                }
                media.accountId = ann;
                media.originalKey = names.first();
                // In any order, so that transactions cross.
                for (int i = 0; i < 3; ++i)
                    media.variants.append(
                        { entities::VariantSize::Feed, names.at(int(random.bounded(3))), QString(), 1, 1, 1 });
                must(database->unitOfWork().write(
                    kSoon, [&](ports::WriteSet &writers) { return writers.media.insert(media); }));
                if (round < 9)
                    must(database->unitOfWork().write(
                        kSoon, [&](ports::WriteSet &writers) { return writers.media.remove(media.id); }));
                else
                    left[thread] = media;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    for (const MediaAttachment &media : std::as_const(left))
        database.write([&](ports::WriteSet &writers) { return writers.media.remove(media.id); });
    QCOMPARE(used(database), QStringList());
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

QTEST_GUILESS_MAIN(tst_SqlBlobs)
#include "tst_sqlblobs.moc"
