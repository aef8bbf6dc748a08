// SPDX-License-Identifier: GPL-3.0-or-later
// The home timeline of one person while four others upload hostile files in a loop, against the same without them, and
// what memory the server and its children take meanwhile.
#include <rig/hostile/hostilefiles.h>
#include <rig/hostile/uploader.h>
#include <rig/photo.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpClient;
using rig::HttpReply;

namespace
{

constexpr int kFollowed = 10;
constexpr int kPostsEach = 4;
constexpr int kAttackers = 4;
constexpr int kWarmUp = 300;
constexpr qint64 kMeasuredMs = 30'000;
constexpr double kMostServerMegabytes = 150;
constexpr double kMostChildMegabytes = 640;

void print(const char *name, double value, const char *unit, std::optional<double> limit = {})
{
    const QJsonObject line { { QStringLiteral("name"), QLatin1String(name) },
                             { QStringLiteral("value"), value },
                             { QStringLiteral("unit"), QLatin1String(unit) },
                             { QStringLiteral("limit"), limit ? QJsonValue(*limit) : QJsonValue() },
                             { QStringLiteral("better"), QStringLiteral("lower") } };
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

[[noreturn]] void stopWith(const QByteArray &reason)
{
    std::fprintf(stderr, "bench_hostile: %s\n", reason.constData());
    std::exit(1);
}

HttpReply expect(const HttpReply &reply)
{
    if (reply.status != 200)
        stopWith("the server answered " + reply.summary());
    return reply;
}

void fillHome(const rig::TestServer &server, HttpClient &viewer)
{
    for (int i = 0; i < kFollowed; ++i) {
        HttpClient author(server.url(), rig::signUp(server.url(), "author" + QByteArray::number(i)));
        const QString id = expect(author.get("/api/v1/accounts/verify_credentials")).text("id");
        expect(viewer.post("/api/v1/accounts/" + id.toLatin1() + "/follow"));
        for (int post = 0; post < kPostsEach; ++post) {
            const HttpReply media = expect(rig::uploadAndWait(author, rig::makePhoto(i * kPostsEach + post)));
            expect(author.post("/api/v1/statuses",
                               HttpBody::form({ { "status", "A walk by the #sea, day " + QByteArray::number(post) },
                                                { "media_ids[]", media.text("id").toLatin1() } })));
        }
    }
}

struct Percentiles {
    double middle = 0;
    double high = 0;
};

// Request after request, as fast as they are answered.
Percentiles measureHome(HttpClient &viewer)
{
    std::vector<double> times;
    QElapsedTimer all;
    all.start();
    while (all.elapsed() < kMeasuredMs) {
        QElapsedTimer one;
        one.start();
        expect(viewer.get("/api/v1/timelines/home?limit=20"));
        times.push_back(static_cast<double>(one.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return { times[times.size() / 2], times[times.size() * 99 / 100] };
}

class Attack
{
public:
    Attack(const rig::TestServer &server, const std::vector<QByteArray> &files)
    {
        for (int i = 0; i < kAttackers; ++i) {
            const QByteArray token = rig::signUp(server.url(), "mallory" + QByteArray::number(i));
            m_threads.emplace_back([this, &server, &files, token, i] {
                HttpClient client(server.url(), token);
                for (size_t n = static_cast<size_t>(i); !m_isDone; n += kAttackers) {
                    (void)rig::uploadAndWait(client, files[n % files.size()]);
                    ++m_uploads;
                }
            });
        }
    }
    ~Attack()
    {
        m_isDone = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }
    Q_DISABLE_COPY_MOVE(Attack)

    [[nodiscard]] int uploads() const { return m_uploads; }

private:
    std::atomic<bool> m_isDone = false;
    std::atomic<int> m_uploads = 0;
    std::vector<std::thread> m_threads;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    std::vector<QByteArray> files;
    for (const rig::HostileFile &file : rig::hostileFiles(QStringLiteral(GRAMINSTA_PHOTOS)))
        files.push_back(file.make());

    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_SERVER_MEDIA_WORKERS"), QStringLiteral("2") } };
    rig::TestServer server(options);
    if (const Result<> started = server.start(); !started)
        stopWith(started.error().safe.toUtf8() + '\n' + started.error().detail.toUtf8());
    HttpClient viewer(server.url(), rig::signUp(server.url(), "viewer"));
    fillHome(server, viewer);
    for (int i = 0; i < kWarmUp; ++i)
        expect(viewer.get("/api/v1/timelines/home?limit=20"));

    const Percentiles quiet = measureHome(viewer);
    const rig::MemoryWatch memory(server.processId());
    Percentiles attacked;
    {
        const Attack attack(server, files);
        attacked = measureHome(viewer);
        print("hostile/uploads meanwhile", attack.uploads(), "files");
    }
    print("hostile/home p50 without", quiet.middle, "ms");
    print("hostile/home p99 without", quiet.high, "ms");
    print("hostile/home p50 under attack", attacked.middle, "ms");
    print("hostile/home p99 under attack", attacked.high, "ms", 100);
    print("hostile/home p99 ratio", attacked.high / quiet.high, "ratio");
    print("hostile/memory of the server", memory.server(), "MB", kMostServerMegabytes);
    print("hostile/memory of the largest child", memory.largestChild(), "MB", kMostChildMegabytes);
    return 0;
}
