// SPDX-License-Identifier: GPL-3.0-or-later
// All hostile files, uploaded to a real server by several clients at once: it lives, stays small, and has an answer
// with words for each of them.
#include <rig/hostile/hostilefiles.h>
#include <rig/hostile/uploader.h>

#include <QBuffer>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QImage>
#include <QTest>

#include <csignal>
#include <mutex>
#include <vector>

#include <unistd.h>

using namespace graminsta;
using rig::HttpClient;
using rig::HttpReply;
using rig::MemoryWatch;
using rig::uploadAndWait;

namespace
{

constexpr int kClients = 4;
constexpr int kMediaWorkers = 2;
constexpr int kVideoWorkers = 1; // some of the files say that they are videos
// Stated in docs/adr/0010, with what was measured.
constexpr double kMostServerMegabytes = 150;
constexpr double kMostChildMegabytes = 640;

const QString kNoPhotos = QStringLiteral("no real photos: set GRAMINSTA_PHOTOS");

QString photosFolder()
{
    const QString folder = qEnvironmentVariable("GRAMINSTA_PHOTOS");
    return QDir(folder).exists(QStringLiteral("orientation")) ? folder : QString();
}

// Empty if the answer is one that may be.
QString objectionTo(const rig::HostileFile &file, const HttpReply &reply, HttpClient &client)
{
    const QString summary = file.name + QStringLiteral(": ") + QString::fromUtf8(reply.summary());
    if (reply.status != 200) {
        if (file.outcome == rig::Outcome::Picture)
            return summary + QStringLiteral(" instead of a picture");
        const bool isClear = reply.status == 413 || reply.status == 415 || reply.status == 422;
        return isClear && reply.text("error").size() > 15 ? QString() : summary;
    }
    if (file.outcome == rig::Outcome::Refusal)
        return summary + QStringLiteral(" instead of a refusal");
    const HttpReply picture = client.get(reply.text("preview_url").toUtf8());
    const bool isPicture = picture.status == 200 && !QImage::fromData(picture.body).isNull()
        && !picture.body.contains("<script") && picture.header("x-content-type-options") == "nosniff";
    return isPicture ? QString() : summary + QStringLiteral(", which shows ") + QString::fromUtf8(picture.summary());
}

} // namespace

class tst_HostileUploads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void answersAllAndStaysSmall();
    void holdsNoDecoder();
    void takesEveryRealPhoto();
    void livesOnWhenItsChildrenAreKilled();
    void takesItsChildrenAlong();

private:
    [[nodiscard]] QStringList uploadAll(const QList<rig::HostileFile> &files) const;
    [[nodiscard]] QStringList childProcesses() const;

    std::unique_ptr<rig::TestServer> m_server;
    QByteArray m_token;
};

void tst_HostileUploads::init()
{
    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_SERVER_MEDIA_WORKERS"), QString::number(kMediaWorkers) } };
    m_server = std::make_unique<rig::TestServer>(options);
    const Result<> started = m_server->start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    m_token = rig::signUp(m_server->url(), "mallory");
    QVERIFY(!m_token.isEmpty());
}

void tst_HostileUploads::cleanup()
{
    m_server.reset();
}

QStringList tst_HostileUploads::uploadAll(const QList<rig::HostileFile> &files) const
{
    std::mutex mutex;
    QStringList objections;
    std::atomic<qsizetype> next = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kClients; ++i) {
        threads.emplace_back([&] {
            HttpClient client(m_server->url(), m_token);
            for (qsizetype n = next++; n < files.size(); n = next++) {
                const HttpReply reply = uploadAndWait(client, files[n].make());
                const QString objection = objectionTo(files[n], reply, client);
                const std::lock_guard lock(mutex);
                if (!objection.isEmpty())
                    objections.append(objection);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return objections;
}

QStringList tst_HostileUploads::childProcesses() const
{
    QFile children(QStringLiteral("/proc/%1/task").arg(m_server->processId()));
    QStringList found;
    for (const QString &thread : QDir(children.fileName()).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(children.fileName() + QLatin1Char('/') + thread + QStringLiteral("/children"));
        if (file.open(QIODevice::ReadOnly))
            found += QString::fromLatin1(file.readAll()).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
    return found;
}

void tst_HostileUploads::answersAllAndStaysSmall()
{
    const QList<rig::HostileFile> files = rig::hostileFiles(photosFolder());
    QVERIFY(files.size() >= (photosFolder().isEmpty() ? 200 : 300));
    const qint64 server = m_server->processId();
    QStringList objections;
    {
        const MemoryWatch memory(server);
        objections = uploadAll(files);
        qInfo("%lld files; server %.0f MB at most, %d children, the largest %.0f MB",
              static_cast<long long>(files.size()), memory.server(), memory.mostChildren(), memory.largestChild());
        QVERIFY2(memory.server() < kMostServerMegabytes, qPrintable(QString::number(memory.server())));
        QVERIFY2(memory.largestChild() < kMostChildMegabytes, qPrintable(QString::number(memory.largestChild())));
        QVERIFY(memory.mostChildren() >= 1 && memory.mostChildren() <= kMediaWorkers + kVideoWorkers);
    }
    QVERIFY2(objections.isEmpty(), qPrintable(objections.join(QLatin1Char('\n'))));
    QCOMPARE(m_server->processId(), server);
    const HttpReply alive = HttpClient(m_server->url()).get("/api/v1/instance");
    QCOMPARE(alive.status, 200);
    QVERIFY(!m_server->log().contains("internal:"));
}

// What the server does not load, no file can make it run.
void tst_HostileUploads::holdsNoDecoder()
{
    QFile maps(QStringLiteral("/proc/%1/maps").arg(m_server->processId()));
    QVERIFY2(maps.open(QIODevice::ReadOnly), qPrintable(maps.errorString()));
    const QByteArray mapped = maps.readAll();
    QVERIFY(mapped.contains("libQt6Core")); // it is the server's
    for (const char *library : { "libvips", "libheif", "libavcodec", "libavformat", "libx264", "libjpeg", "libwebp" })
        QVERIFY2(!mapped.contains(library), library);
}

void tst_HostileUploads::takesEveryRealPhoto()
{
    if (photosFolder().isEmpty())
        QSKIP(qPrintable(kNoPhotos));
    QList<rig::HostileFile> files;
    QDirIterator photos(photosFolder(), QDir::Files, QDirIterator::Subdirectories);
    while (photos.hasNext()) {
        const QString path = photos.next();
        const bool isTaken = !path.endsWith(QLatin1String(".md")) && !path.endsWith(QLatin1String(".jxl"));
        const auto read = [path] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        files.append({ QFileInfo(path).fileName(), read, isTaken ? rig::Outcome::Picture : rig::Outcome::Refusal });
    }
    QVERIFY(files.size() > 10);
    const QStringList objections = uploadAll(files);
    QVERIFY2(objections.isEmpty(), qPrintable(objections.join(QLatin1Char('\n'))));
}

// As the kernel does when memory is short.
void tst_HostileUploads::livesOnWhenItsChildrenAreKilled()
{
    QImage large(3000, 2000, QImage::Format_RGB888);
    large.fill(Qt::darkCyan);
    std::atomic<bool> isDone = false;
    std::atomic<int> killed = 0;
    std::thread killer([&] {
        while (!isDone) {
            for (const QString &pid : childProcesses())
                killed += ::kill(pid.toInt(), SIGKILL) == 0 ? 1 : 0;
            std::this_thread::sleep_for(std::chrono::milliseconds(400));
        }
    });
    HttpClient client(m_server->url(), m_token);
    int ready = 0;
    int uploads = 0;
    constexpr int kKills = 5;
    constexpr int kMostUploads = 200;
    for (; uploads < kMostUploads && killed < kKills; ++uploads) {
        large.setPixel(0, 0, static_cast<uint>(uploads * 1000));
        QByteArray jpeg;
        QBuffer buffer(&jpeg);
        buffer.open(QIODevice::WriteOnly);
        large.save(&buffer, "JPG", 90);
        const HttpReply reply = uploadAndWait(client, jpeg);
        ready += reply.status == 200 ? 1 : 0;
        // Whose child was killed twice, or could not start for that, has a reason; no other answer may be.
        if (reply.status != 200)
            qInfo("%s", reply.summary().constData());
        if (reply.status != 200 && ((reply.status != 422 && reply.status != 503) || reply.text("error").isEmpty())) {
            isDone = true;
            killer.join();
            QFAIL(reply.summary());
        }
    }
    isDone = true;
    killer.join();
    qInfo("%d children killed, %d of %d photos ready", killed.load(), ready, uploads);
    QVERIFY(killed >= kKills);
    QVERIFY(ready > 0);
    QCOMPARE(client.get("/api/v1/instance").status, 200);
}

void tst_HostileUploads::takesItsChildrenAlong()
{
    HttpClient client(m_server->url(), m_token);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    QImage(64, 64, QImage::Format_RGB888).save(&buffer, "PNG");
    QCOMPARE(uploadAndWait(client, png).status, 200);
    const QStringList children = childProcesses();
    QVERIFY(!children.isEmpty());
    m_server->kill(); // SIGKILL
    for (const QString &pid : children) {
        const auto isGone = [&pid] {
            QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
            return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isGone(), 1000);
    }
}

QTEST_GUILESS_MAIN(tst_HostileUploads)
#include "tst_hostileuploads.moc"
