// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads that were acknowledged, whatever dies: each ends ready, once, with the right files.
#include "place.h"

#include <graminsta/core/idgenerator.h>
#include <graminsta/sql/sqldatabase.h>
#include <rig/photo.h>

#include <QBuffer>
#include <QImage>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <mutex>
#include <thread>

using namespace graminsta;
using namespace graminsta::media_faults;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

constexpr int kClients = 4;
constexpr int kRoundsAtScaleOne = 3;
// Beyond the longest that a claim of a killed process holds a job, and the processing of what has queued up.
constexpr int kUntilClaimsEnd = 60'000;
const Deadline kSoon = Deadline::after(std::chrono::hours { 1 });

// Takes long enough to be killed meanwhile.
QByteArray largePhoto(int number)
{
    QImage image(4000, 3000, QImage::Format_RGB32);
    QRandomGenerator random(static_cast<quint32>(number));
    for (int y = 0; y < image.height(); ++y) {
        QRgb *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = qRgb(x / 16, y / 12, static_cast<int>(random.generate() & 63));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 85);
    return bytes;
}

// The pictures are whole, and the original is what was sent.
void verifyFiles(rig::HttpClient &http, const HttpReply &media, const QByteArray &original)
{
    QVERIFY2(media.status == 200, media.summary());
    for (const char *name : { "url", "preview_url" }) {
        const HttpReply file = http.get(media.text(name).toUtf8());
        QVERIFY2(file.status == 200 && file.body.startsWith("\xff\xd8") && file.body.endsWith("\xff\xd9"),
                 file.summary().left(200));
    }
    const HttpReply kept = http.get("/api/graminsta/v1/media/" + media.text("id").toUtf8() + "/original");
    QCOMPARE(kept.status, 200);
    QVERIFY(kept.body == original);
}

struct Upload {
    QString id;
    QByteArray photo;
};

// What was acknowledged. Thread-safe.
class Acknowledged
{
public:
    void add(const Upload &upload)
    {
        const std::lock_guard lock(m_mutex);
        m_uploads.append(upload);
    }
    [[nodiscard]] QList<Upload> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_uploads;
    }

private:
    mutable std::mutex m_mutex;
    QList<Upload> m_uploads; // protected by m_mutex
};

// How many jobs wait and how many were given up, by the operator's tool.
QPair<int, int> mediaJobs(const rig::TestServer &server)
{
    const Result<QByteArray> report =
        server.run({ QStringLiteral("jobs"), QStringLiteral("list"), QStringLiteral("--json") });
    const QJsonArray kinds =
        QJsonDocument::fromJson(report.value_or(QByteArray())).object()[QLatin1String("kinds")].toArray();
    for (const auto &kind : kinds) {
        if (kind[QLatin1String("kind")].toString() == QLatin1String("media.process"))
            return { kind[QLatin1String("waiting")].toInt(), kind[QLatin1String("given_up")].toInt() };
    }
    return { kinds.isEmpty() ? -1 : 0, 0 };
}

} // namespace

class tst_MediaFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesTheWorkByRole_data() { addDatabases(); }
    void sharesTheWorkByRole();
    void finishesElsewhereWhatAKilledWorkerHad();
    void losesNoUploadWhenItIsKilled_data() { addDatabases(); }
    void losesNoUploadWhenItIsKilled();
    void showsRetriesAndForgetsDeadJobs();

private:
    static void addDatabases()
    {
        QTest::addColumn<Database>("database");
        QTest::newRow("sqlite") << Database::Sqlite;
        QTest::newRow("postgres") << Database::Postgres;
    }
    // Null if there is no such database here.
    [[nodiscard]] static std::unique_ptr<Place> place(Database database);
};

Q_DECLARE_METATYPE(graminsta::media_faults::Database)

#define GI_START(server, place, role)                                                                                  \
    const Result<rig::TestServer *> server##Started = (place).start(QStringLiteral(role));                             \
    QVERIFY2(server##Started, server##Started ? "" : qPrintable(describe(server##Started.error())));                   \
    rig::TestServer &server = **server##Started

std::unique_ptr<Place> tst_MediaFaults::place(Database database)
{
    Result<std::unique_ptr<Place>> made = Place::create(database);
    if (made)
        return std::move(*made);
    if (qEnvironmentVariableIsEmpty("CI"))
        QTest::qSkip(qPrintable(made.error().safe), __FILE__, __LINE__);
    else
        QTest::qFail(qPrintable(describe(made.error())), __FILE__, __LINE__);
    return nullptr;
}

void tst_MediaFaults::sharesTheWorkByRole()
{
    QFETCH(Database, database);
    const std::unique_ptr<Place> here = place(database);
    if (!here)
        return;
    GI_START(api, *here, "api");
    QVERIFY(here->signUp(api));
    rig::HttpClient http = here->at(api);

    // There is nobody to process it.
    const QByteArray photo = rig::makePhoto(1);
    const HttpReply received = upload(http, photo);
    QVERIFY2(received.status == 202, received.summary());
    QVERIFY(received.object()[QLatin1String("url")].isNull());
    const QString id = received.text("id");
    const HttpReply shown = http.get("/api/v1/media/" + id.toUtf8());
    QVERIFY2(shown.status == 206 && shown.object()[QLatin1String("url")].isNull(), shown.summary());
    const HttpReply described =
        http.put("/api/v1/media/" + id.toUtf8(), HttpBody::form({ { "description", "written meanwhile" } }));
    QVERIFY2(described.status == 206, described.summary());
    const HttpReply early = http.post(
        "/api/v1/statuses", HttpBody::json({ { "status", QStringLiteral("x") }, { "media_ids", QJsonArray { id } } }));
    QVERIFY2(early.status == 422 && early.text("error").contains(QStringLiteral("being processed")), early.summary());
    const HttpReply older = upload(http, rig::makePhoto(2), "/api/v1/media");
    QVERIFY2(older.status == 202, older.summary());
    const HttpReply broken = upload(http, photo.chopped(200));
    QVERIFY2(broken.status == 202, broken.summary());
    QCOMPARE(mediaJobs(api), qMakePair(3, 0));

    GI_START(worker, *here, "worker");
    verifyFiles(http, settled(http, id), photo);
    QCOMPARE(settled(http, id).text("description"), QStringLiteral("written meanwhile"));
    QCOMPARE(settled(http, older.text("id")).status, 200);
    // A client that waits for `url` must not wait for ever.
    const HttpReply refused = settled(http, broken.text("id"));
    QVERIFY2(refused.status == 422 && refused.text("error").size() > 10, refused.summary());
    const HttpReply posted = http.post(
        "/api/v1/statuses", HttpBody::json({ { "status", QStringLiteral("x") }, { "media_ids", QJsonArray { id } } }));
    QVERIFY2(posted.status == 200, posted.summary());
    // Another process does it in the time that a client waits for an answer.
    const HttpReply swift = upload(http, rig::makePhoto(3), "/api/v1/media");
    QVERIFY2(swift.status == 200, swift.summary());

    rig::HttpClient anybody(worker.url());
    QCOMPARE(anybody.get("/healthz").status, 200);
    QCOMPARE(anybody.get("/readyz").status, 200);
    for (const char *path : { "/api/v1/instance", "/api/v1/timelines/public", "/media/a.jpg", "/api/v2/media" })
        QCOMPARE(anybody.get(path).status, 404);

    QCOMPARE(mediaJobs(api), qMakePair(0, 0));
    for (rig::TestServer *server : { &worker, &api }) {
        const Result<int> ended = server->stop();
        QVERIFY2(ended && *ended == 0, ended ? "exit code" : qPrintable(describe(ended.error())));
    }
}

void tst_MediaFaults::finishesElsewhereWhatAKilledWorkerHad()
{
    const std::unique_ptr<Place> here = place(Database::Postgres);
    if (!here)
        return;
    GI_START(api, *here, "api");
    QVERIFY(here->signUp(api));
    rig::HttpClient http = here->at(api);
    QList<Upload> uploads;
    for (int i = 0; i < 3; ++i) {
        const QByteArray photo = largePhoto(i);
        const HttpReply received = upload(http, photo);
        QVERIFY2(received.status == 202, received.summary());
        uploads.append({ received.text("id"), photo });
    }
    GI_START(worker, *here, "worker");
    // As soon as it is certain to have one of them.
    const QString staging = api.dataFolder() + QStringLiteral("/media/staging");
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(staging).isEmpty() || mediaJobs(api).first < 3, 30'000);
    worker.kill();
    GI_START(other, *here, "worker");
    for (const Upload &one : std::as_const(uploads)) {
        verifyFiles(http, settled(http, one.id, kUntilClaimsEnd), one.photo);
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(mediaJobs(api), qMakePair(0, 0));
    const Result<QByteArray> doctor = other.run({ QStringLiteral("doctor") });
    QVERIFY2(doctor, doctor ? "" : qPrintable(describe(doctor.error())));
}

void tst_MediaFaults::losesNoUploadWhenItIsKilled()
{
    QFETCH(Database, database);
    const std::unique_ptr<Place> here = place(database);
    if (!here)
        return;
    GI_START(server, *here, "all");
    QVERIFY(here->signUp(server));
    const double scale = qEnvironmentVariable("GRAMINSTA_FAULT_SCALE", QStringLiteral("1")).toDouble();
    const int rounds = std::max(1, static_cast<int>(kRoundsAtScaleOne * scale));
    Acknowledged acknowledged;
    std::atomic<int> number = 100;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::thread> clients;
        for (int i = 0; i < kClients; ++i) {
            clients.emplace_back([&] {
                rig::HttpClient http = here->at(server);
                while (true) {
                    const QByteArray photo = rig::makePhoto(++number);
                    const HttpReply taken = upload(http, photo);
                    if (taken.status != 200 && taken.status != 202)
                        return;
                    acknowledged.add({ taken.text("id"), photo });
                }
            });
        }
        // Some of each round, however slow the machine is, and then at any moment.
        const qsizetype before = acknowledged.all().size();
        const Deadline patience = Deadline::after(std::chrono::seconds { 60 });
        while (acknowledged.all().size() < before + kClients && !patience.expired())
            QTest::qSleep(10);
        QTest::qSleep(QRandomGenerator::global()->bounded(300));
        server.kill();
        for (std::thread &client : clients)
            client.join();
        const Result<> again = server.start();
        QVERIFY2(again, again ? "" : qPrintable(describe(again.error())));
    }
    rig::HttpClient http = here->at(server);
    QSet<QString> ids;
    for (const Upload &one : acknowledged.all()) {
        verifyFiles(http, settled(http, one.id, kUntilClaimsEnd), one.photo);
        if (QTest::currentTestFailed())
            return;
        ids.insert(one.id);
    }
    QCOMPARE(ids.size(), acknowledged.all().size());
    QVERIFY2(ids.size() >= rounds * kClients, qPrintable(QString::number(ids.size())));
    // Those that nobody was told of have ended too.
    QTRY_COMPARE_WITH_TIMEOUT(mediaJobs(server), qMakePair(0, 0), kUntilClaimsEnd);
    const Result<int> ended = server.stop();
    QVERIFY2(ended && *ended == 0, ended ? "exit code" : qPrintable(describe(ended.error())));
    const Result<QByteArray> doctor = server.run({ QStringLiteral("doctor") });
    QVERIFY2(doctor, doctor ? "" : qPrintable(describe(doctor.error())));
    qInfo("%d kills, %d uploads acknowledged", rounds, static_cast<int>(ids.size()));
}

void tst_MediaFaults::showsRetriesAndForgetsDeadJobs()
{
    const std::unique_ptr<Place> here = place(Database::Sqlite);
    if (!here)
        return;
    GI_START(server, *here, "all");
    QVERIFY(here->signUp(server));
    QVERIFY(here->promote(server));
    rig::HttpClient http = here->at(server);

    sql::SqlOptions options;
    options.url = here->databaseUrl();
    const auto database = sql::SqlDatabase::open(options, kSoon);
    QVERIFY2(database, database ? "" : qPrintable(describe(database.error())));
    const QString kind = QStringLiteral("test.kind"); // which no server runs
    const Timestamp past = fromUnixMs(1000);
    QStringList ids;
    for (int i = 1; i <= 3; ++i) {
        const Result<> added = (*database)->unitOfWork().write(kSoon, [&](ports::WriteSet &writers) -> Result<> {
            GI_TRY(writers.jobs.enqueue({ entities::JobId { i }, kind, {}, past, {} }, past));
            return {};
        });
        QVERIFY(added);
        const Result<QList<entities::Job>> claimed = (*database)->jobs().claim(kind, past, past, 1, kSoon);
        QVERIFY(claimed && claimed->size() == 1);
        QVERIFY((*database)->jobs().bury(claimed->first(), QStringLiteral("no room on the disk"), kSoon));
        ids.append(QString::number(i));
    }
    const QByteArray path = "/api/graminsta/v1/admin/jobs";
    const auto dead = [&](const QByteArray &query = {}) {
        QStringList found;
        for (const auto &job : http.get(path + query).object()[QLatin1String("given_up")].toArray())
            found.append(job[QLatin1String("id")].toString());
        return found;
    };
    QCOMPARE(dead(), ids);
    QCOMPARE(dead("?limit=1&min_id=1"), QStringList { QStringLiteral("2") });
    const QJsonObject first = http.get(path).object()[QLatin1String("given_up")][0].toObject();
    QCOMPARE(first[QLatin1String("error")].toString(), QStringLiteral("no room on the disk"));
    QCOMPARE(first[QLatin1String("attempts")].toInt(), 1);

    QCOMPARE(http.post(path + "/1/retry").status, 200);
    QCOMPARE(http.post(path + "/1/retry").status, 404);
    QCOMPARE(http.del(path + "/2").status, 200);
    QCOMPARE(http.del(path + "/2").status, 404);
    QCOMPARE(dead(), QStringList { QStringLiteral("3") });
    for (const auto &count : http.get(path).object()[QLatin1String("kinds")].toArray()) {
        if (count[QLatin1String("kind")].toString() == kind)
            QVERIFY(count[QLatin1String("waiting")].toInt() == 1 && count[QLatin1String("given_up")].toInt() == 1);
    }
}

QTEST_GUILESS_MAIN(tst_MediaFaults)
#include "tst_mediafaults.moc"
