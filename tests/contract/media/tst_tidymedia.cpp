// SPDX-License-Identifier: GPL-3.0-or-later
// Files and rows together, on both databases and a real store: that what anybody needs is there, that what nobody needs
// goes, and that bringing and removing the same file at once loses nothing.
#include "../sql/testdatabase.h"

#include <graminsta/domain/media/publishmedia.h>
#include <graminsta/domain/media/tidymedia.h>
#include <graminsta/media/filemediastore.h>

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>

#include <atomic>

using namespace graminsta;
using namespace graminsta::test;
using entities::MediaAttachment;
using entities::Visibility;
using ports::MediaArea;

namespace
{

class SetClock final : public Clock
{
public:
    Timestamp now() const override { return SystemClock().now() + offset.load(); }
    std::atomic<std::chrono::minutes> offset { std::chrono::minutes { 0 } };
};

// The use cases on a database and a store, as a server has them.
struct Server {
    Server(TestDatabase &theDatabase, int node)
        : database(*theDatabase)
        , ids(clock, node)
    {
        media::FileMediaStoreSettings settings;
        settings.folder = folder.path();
        store = must(media::FileMediaStore::create(settings, clock));
        files = std::make_unique<domain::BringFiles>(*store, database.unitOfWork(), ids, clock);
        publish = std::make_unique<domain::PublishMedia>(database.media(), *files, database.unitOfWork());
        tidy = std::make_unique<domain::TidyMedia>(database.media(), *store, *files, database.unitOfWork(), ids, clock,
                                                   std::chrono::hours { 24 });
    }

    [[nodiscard]] QString stage(const QByteArray &content)
    {
        const QString path = store->stagingFolder() + QLatin1Char('/') + QString::number(++staged);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot stage");
        return path;
    }
    [[nodiscard]] static QString nameOf(const QByteArray &content)
    {
        return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex())
            + QStringLiteral(".jpg");
    }
    // As an upload of a photo whose only picture is the photo itself.
    [[nodiscard]] Result<MediaAttachment> upload(AccountId owner, const QByteArray &content)
    {
        MediaAttachment media;
        media.id = ids.next<MediaId>();
        media.accountId = owner;
        media.state = entities::MediaState::Ready;
        media.originalKey = nameOf(content);
        media.originalBytes = content.size();
        media.createdAt = clock.now();
        media.variants = { { entities::VariantSize::Full, nameOf(content), QStringLiteral("image/jpeg"), 1, 1, 1 } };
        const QList<ports::BlobHold> holds =
            GI_TRY(files->put({ { { MediaArea::Private, media.originalKey }, stage(content) },
                                { { MediaArea::Restricted, media.originalKey }, stage(content) } },
                              kSoon));
        GI_TRY(database.unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.blobs.confirm(holds));
            return writers.media.insert(media);
        }));
        return media;
    }
    [[nodiscard]] bool has(MediaArea area, const QByteArray &content) const
    {
        return store->localFile({ area, nameOf(content) }, kSoon).has_value();
    }
    void tidyAll()
    {
        while (must(tidy->removeUnused(kSoon))) { }
    }

    sql::SqlDatabase &database;
    QTemporaryDir folder;
    SetClock clock;
    IdGenerator ids;
    std::atomic<int> staged { 0 };
    std::unique_ptr<media::FileMediaStore> store;
    std::unique_ptr<domain::BringFiles> files;
    std::unique_ptr<domain::PublishMedia> publish;
    std::unique_ptr<domain::TidyMedia> tidy;
};

StatusId postWith(TestDatabase &database, const Server &server, const MediaAttachment &media, Visibility visibility)
{
    entities::Status status = database.draft(media.accountId);
    status.visibility = visibility;
    const domain::PublishableMedia publishable = status.isOpen()
        ? must(server.publish->prepare(media.accountId, { media.id }, kSoon))
        : domain::PublishableMedia {};
    status.mediaCount = 1;
    const StatusId id = database.post(status).id;
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.media.attach(media.accountId, id, { media.id }));
        return domain::PublishMedia::publish(writers, publishable);
    });
    return id;
}

} // namespace

class tst_TidyMedia : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesFilesWithTheLastWhoHasThem_data() { addDatabaseRows(); }
    void removesFilesWithTheLastWhoHasThem();
    void takesBackWhatWasNotPostedAfterAll_data() { addDatabaseRows(); }
    void takesBackWhatWasNotPostedAfterAll();
    void removesLooseMediaAfterADay_data() { addDatabaseRows(); }
    void removesLooseMediaAfterADay();
    void findsFilesThatNobodyKnows_data() { addDatabaseRows(); }
    void findsFilesThatNobodyKnows();
    void movesWhatWasHereBefore_data() { addDatabaseRows(); }
    void movesWhatWasHereBefore();
    void hidesAndShowsAnAccountsPhotos_data() { addDatabaseRows(); }
    void hidesAndShowsAnAccountsPhotos();
    void losesNothingInRaces_data() { addDatabaseRows(); }
    void losesNothingInRaces();
};

void tst_TidyMedia::removesFilesWithTheLastWhoHasThem()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const AccountId eve = database.addAccount(QStringLiteral("eve")).id;
    const MediaAttachment anns = must(server.upload(ann, "photo"));
    const MediaAttachment eves = must(server.upload(eve, "photo"));
    QVERIFY(server.has(MediaArea::Restricted, "photo") && !server.has(MediaArea::Public, "photo"));
    const StatusId post = postWith(database, server, anns, Visibility::Public);
    QVERIFY(server.has(MediaArea::Public, "photo"));
    server.tidyAll();
    QVERIFY(server.has(MediaArea::Public, "photo"));
    database.write([&](ports::WriteSet &writers) { return writers.media.detach(post); });
    server.tidyAll();
    QVERIFY(!server.has(MediaArea::Public, "photo") && server.has(MediaArea::Restricted, "photo"));
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(anns.id); });
    server.tidyAll();
    QVERIFY(server.has(MediaArea::Restricted, "photo") && server.has(MediaArea::Private, "photo"));
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(eves.id); });
    server.tidyAll();
    QVERIFY(!server.has(MediaArea::Restricted, "photo") && !server.has(MediaArea::Private, "photo"));
    // And comes again.
    (void)must(server.upload(ann, "photo"));
    QVERIFY(server.has(MediaArea::Restricted, "photo") && server.has(MediaArea::Private, "photo"));
}

void tst_TidyMedia::takesBackWhatWasNotPostedAfterAll()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const MediaAttachment media = must(server.upload(ann, "photo"));
    (void)must(server.publish->prepare(ann, { media.id }, kSoon));
    QVERIFY(server.has(MediaArea::Public, "photo"));
    server.tidyAll();
    QVERIFY(server.has(MediaArea::Public, "photo"));
    server.clock.offset = std::chrono::minutes { 61 };
    server.tidyAll();
    QVERIFY(!server.has(MediaArea::Public, "photo") && server.has(MediaArea::Restricted, "photo"));
    // Nobody else's is made public by naming it.
    const AccountId eve = database.addAccount(QStringLiteral("eve")).id;
    QVERIFY(must(server.publish->prepare(eve, { media.id }, kSoon)).ids.isEmpty());
    QVERIFY(!server.has(MediaArea::Public, "photo"));
}

void tst_TidyMedia::removesLooseMediaAfterADay()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const MediaAttachment media = must(server.upload(ann, "photo"));
    (void)must(server.tidy->removeLoose(kSoon));
    QVERIFY(database->media().byId(media.id, kSoon));
    server.clock.offset = std::chrono::hours { 25 };
    (void)must(server.tidy->removeLoose(kSoon));
    QVERIFY(!database->media().byId(media.id, kSoon));
    QCOMPARE(must(database->media().bytesOf(ann, kSoon)), 0);
    server.tidyAll();
    QVERIFY(!server.has(MediaArea::Restricted, "photo") && !server.has(MediaArea::Private, "photo"));
}

void tst_TidyMedia::findsFilesThatNobodyKnows()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    (void)must(server.upload(ann, "known"));
    for (const MediaArea area : { MediaArea::Public, MediaArea::Private, MediaArea::Restricted })
        must(server.store->put({ area, Server::nameOf("stray") }, server.stage("stray"), kSoon));
    const auto search = [&] {
        while (must(server.tidy->findStrays(kSoon))) { }
        server.tidyAll();
    };
    search();
    QVERIFY(server.has(MediaArea::Public, "stray")); // it could be on its way
    server.clock.offset = std::chrono::hours { 25 };
    search();
    for (const MediaArea area : { MediaArea::Public, MediaArea::Private, MediaArea::Restricted })
        QVERIFY(!server.has(area, "stray"));
    QVERIFY(server.has(MediaArea::Private, "known") && server.has(MediaArea::Restricted, "known"));
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_TidyMedia::movesWhatWasHereBefore()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const MediaAttachment open = must(server.upload(ann, "open"));
    const MediaAttachment closed = must(server.upload(ann, "closed"));
    const MediaAttachment removed = must(server.upload(ann, "removed"));
    (void)postWith(database, server, open, Visibility::Public);
    (void)postWith(database, server, closed, Visibility::Private);
    // As an older version has left it: all pictures public, and nothing counted.
    for (const char *content : { "open", "closed", "removed" }) {
        must(server.store->put({ MediaArea::Public, Server::nameOf(content) }, server.stage(content), kSoon));
        must(server.store->remove({ MediaArea::Restricted, Server::nameOf(content) }, kSoon));
    }
    database.sql("DELETE FROM blobs");
    database.sql("UPDATE media SET counted = 0");
    database.write([&](ports::WriteSet &writers) { return writers.media.remove(removed.id); });
    // Until all are counted, nothing goes and nothing is a stray.
    server.clock.offset = std::chrono::hours { 25 };
    server.tidyAll();
    QVERIFY(!must(server.tidy->findStrays(kSoon)));
    for (const char *content : { "open", "closed", "removed" })
        QVERIFY(server.has(MediaArea::Public, content) && server.has(MediaArea::Private, content));

    QVERIFY(!must(server.tidy->countBacklog(kSoon)));
    QCOMPARE(must(database->media().uncounted(10, kSoon)).size(), 0);
    server.tidyAll();
    QVERIFY(server.has(MediaArea::Public, "open") && server.has(MediaArea::Restricted, "open"));
    QVERIFY(!server.has(MediaArea::Public, "closed") && server.has(MediaArea::Restricted, "closed"));
    QVERIFY(!server.has(MediaArea::Public, "removed") && !server.has(MediaArea::Private, "removed"));
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_TidyMedia::hidesAndShowsAnAccountsPhotos()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const MediaAttachment lost = must(server.upload(ann, "lost"));
    const MediaAttachment open = must(server.upload(ann, "open"));
    const MediaAttachment closed = must(server.upload(ann, "closed"));
    (void)postWith(database, server, lost, Visibility::Public);
    (void)postWith(database, server, open, Visibility::Public);
    (void)postWith(database, server, closed, Visibility::Private);
    const auto restrict = [&](entities::Restrictions add, entities::Restrictions lift) {
        database.write([&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.accounts.restrict(ann, add, lift));
            return {};
        });
        QVERIFY(!must(server.publish->settle(ann, kSoon)));
        server.tidyAll();
    };
    restrict(entities::Restriction::Suspended, {});
    QVERIFY(!server.has(MediaArea::Public, "open") && server.has(MediaArea::Restricted, "open"));
    must(server.store->remove({ MediaArea::Restricted, Server::nameOf("lost") }, kSoon));
    restrict({}, entities::Restriction::Suspended);
    QVERIFY(server.has(MediaArea::Public, "open") && !server.has(MediaArea::Public, "closed"));
    QVERIFY(!server.has(MediaArea::Public, "lost"));
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_TidyMedia::losesNothingInRaces()
{
    TestDatabase database;
    if (!database.open())
        return;
    Server server(database, 2);
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    // Few photos and many hands: each is brought, posted, deleted and tidied away by several at once.
    const QList<QByteArray> photos { "one", "two", "three" };
    std::atomic<int> missing { 0 };
    std::atomic<int> uploads { 0 };
    std::atomic<bool> done { false };
    std::vector<std::thread> threads;
    for (int hand = 0; hand < 4; ++hand) {
        threads.emplace_back([&, hand] {
            QRandomGenerator random(quint32(hand + 1));
            for (int round = 0; round < 15; ++round) {
                const QByteArray &content = photos.at(int(random.bounded(3)));
                const Result<MediaAttachment> media = server.upload(ann, content);
                if (!media) {
                    // Told to come again, never given what is not there.
                    if (media.error().fault != Fault::Unavailable)
                        qFatal("%s", qPrintable(describe(media.error())));
                    continue;
                }
                ++uploads;
                if (!server.has(MediaArea::Restricted, content) || !server.has(MediaArea::Private, content))
                    ++missing;
                must(database->unitOfWork().write(
                    kSoon, [&](ports::WriteSet &writers) { return writers.media.remove(media->id); }));
            }
        });
    }
    std::vector<std::thread> sweepers;
    for (int sweeper = 0; sweeper < 2; ++sweeper) {
        sweepers.emplace_back([&] {
            while (!done)
                (void)must(server.tidy->removeUnused(kSoon));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    done = true;
    for (std::thread &thread : sweepers)
        thread.join();
    QCOMPARE(missing.load(), 0);
    QVERIFY(uploads > 30);
    server.clock.offset = std::chrono::hours { 2 };
    server.tidyAll();
    for (const QByteArray &content : photos)
        QVERIFY(!server.has(MediaArea::Restricted, content) && !server.has(MediaArea::Private, content));
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

QTEST_GUILESS_MAIN(tst_TidyMedia)
#include "tst_tidymedia.moc"
