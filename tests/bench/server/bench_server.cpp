// SPDX-License-Identifier: GPL-3.0-or-later
// The whole server as a process: CPU of a warm home timeline, and memory when idle and while large photos come in.
// bench_server REQUESTS asks for the home timeline so many times instead: long enough to attach a profiler.
#include <rig/httpclient.h>
#include <rig/testserver.h>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpClient;
using rig::HttpReply;

namespace
{

constexpr int kFollowed = 20;
constexpr int kPostsEach = 5;
constexpr int kWarmUp = 300;
constexpr int kRequests = 3000;
constexpr int kUploads = 6;

struct Figure {
    const char *name;
    double value;
    const char *unit;
    double limit;
};

void print(const Figure &figure)
{
    const QJsonObject line { { QStringLiteral("name"), QLatin1String(figure.name) },
                             { QStringLiteral("value"), figure.value },
                             { QStringLiteral("unit"), QLatin1String(figure.unit) },
                             { QStringLiteral("limit"), figure.limit },
                             { QStringLiteral("better"), QStringLiteral("lower") } };
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

[[noreturn]] void stopWith(const QByteArray &reason)
{
    std::fprintf(stderr, "bench_server: %s\n", reason.constData());
    std::exit(1);
}

HttpReply expect(const HttpReply &reply)
{
    if (reply.status != 200)
        stopWith("the server answered " + reply.summary());
    return reply;
}

// User and system time of a process so far, in milliseconds (proc(5), fields 14 and 15).
double cpuMs(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        stopWith("there is no /proc of the server");
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) * 1000.0 / double(::sysconf(_SC_CLK_TCK));
}

double megabytes(qint64 pid, const QByteArray &field)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        stopWith("there is no /proc of the server");
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.mid(field.size()).simplified().split(' ').first().toDouble() / 1024.0;
    }
    return 0;
}

// From here on VmHWM is the peak since now.
void resetPeak(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/clear_refs").arg(pid));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

HttpClient signUp(const rig::TestServer &server, const QByteArray &appToken, int number)
{
    HttpClient application(server.url(), appToken);
    const QByteArray name = "person" + QByteArray::number(number);
    const HttpReply reply = expect(application.post("/api/v1/accounts",
                                                    HttpBody::form({ { "username", name },
                                                                     { "email", name + "@example.org" },
                                                                     { "password", "correct horse battery" },
                                                                     { "agreement", "true" } })));
    return HttpClient(server.url(), reply.text("access_token").toLatin1());
}

QByteArray applicationToken(const rig::TestServer &server)
{
    HttpClient nobody(server.url());
    const HttpReply app = expect(nobody.post("/api/v1/apps",
                                             HttpBody::form({ { "client_name", "bench" },
                                                              { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                              { "scopes", "read write follow" } })));
    const HttpReply token =
        expect(nobody.post("/oauth/token",
                           HttpBody::form({ { "grant_type", "client_credentials" },
                                            { "client_id", app.text("client_id").toLatin1() },
                                            { "client_secret", app.text("client_secret").toLatin1() },
                                            { "scope", "read write follow" } })));
    return token.text("access_token").toLatin1();
}

// A picture of so many pixels with enough in it to be a few megabytes, by the tool of libvips.
QByteArray largePhoto(int width, int height)
{
    QTemporaryDir folder;
    const QString noise = folder.filePath(QStringLiteral("noise.v"));
    const QString photo = folder.filePath(QStringLiteral("photo.jpg"));
    const auto vips = [](const QStringList &arguments) {
        return QProcess::execute(QStringLiteral("vips"), arguments) == 0;
    };
    const QString perlin = folder.filePath(QStringLiteral("perlin.v"));
    if (!vips({ QStringLiteral("perlin"), perlin, QString::number(width), QString::number(height),
                QStringLiteral("--cell-size"), QStringLiteral("200"), QStringLiteral("--uchar") })
        || !vips({ QStringLiteral("bandjoin"), perlin + QLatin1Char(' ') + perlin + QLatin1Char(' ') + perlin, noise })
        || !vips({ QStringLiteral("copy"), noise, photo + QStringLiteral("[Q=90]") }))
        stopWith("vips (libvips-tools) is needed to make photos");
    QFile file(photo);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

HttpReply upload(HttpClient &client, const QByteArray &photo)
{
    return expect(client.post("/api/v2/media", HttpBody::multipart({ { "file", photo, "photo.jpg", "image/jpeg" } })));
}

void fillHome(const rig::TestServer &server, HttpClient &viewer, const QByteArray &appToken)
{
    const QByteArray photo = largePhoto(640, 480);
    for (int i = 1; i <= kFollowed; ++i) {
        HttpClient friendClient = signUp(server, appToken, i);
        const QString id = expect(friendClient.get("/api/v1/accounts/verify_credentials")).text("id");
        expect(viewer.post("/api/v1/accounts/" + id.toLatin1() + "/follow"));
        for (int post = 0; post < kPostsEach; ++post) {
            const QByteArray media = upload(friendClient, photo).text("id").toLatin1();
            expect(friendClient.post(
                "/api/v1/statuses",
                HttpBody::form({ { "status", "A walk by the #sea and in the #woods, day " + QByteArray::number(post) },
                                 { "media_ids[]", media } })));
        }
    }
}

void measureHome(const rig::TestServer &server, HttpClient &viewer, int requests)
{
    const auto load = [&viewer](int count) {
        for (int i = 0; i < count; ++i)
            expect(viewer.get("/api/v1/timelines/home?limit=20"));
    };
    const HttpReply page = expect(viewer.get("/api/v1/timelines/home?limit=20"));
    if (page.array().size() != 20)
        stopWith("the page does not hold 20 posts");
    load(kWarmUp);
    const double before = cpuMs(server.processId());
    load(requests);
    print({ "server/home timeline CPU", (cpuMs(server.processId()) - before) / requests, "ms", 0.3 });
}

// Two at a time, as the desktop app does.
void measureUploads(const rig::TestServer &server, HttpClient &viewer)
{
    const QByteArray photo = largePhoto(7300, 5475);
    std::printf("uploading %d photos of 40 megapixels, %lld bytes each, two at a time\n", kUploads,
                static_cast<long long>(photo.size()));
    resetPeak(server.processId());
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&viewer, &photo] {
            HttpClient client = viewer.as(viewer.token());
            for (int n = 0; n < kUploads / 2; ++n)
                upload(client, photo);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    print({ "server/memory while uploading 40 megapixels", megabytes(server.processId(), "VmHWM:"), "MB", 150 });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    rig::TestServer server;
    if (const Result<> started = server.start(); !started)
        stopWith(started.error().safe.toUtf8() + '\n' + started.error().detail.toUtf8());
    HttpClient nobody(server.url());
    expect(nobody.get("/api/v1/instance"));
    print({ "server/memory when idle", megabytes(server.processId(), "VmRSS:"), "MB", 60 });

    const QByteArray appToken = applicationToken(server);
    HttpClient viewer = signUp(server, appToken, 0);
    fillHome(server, viewer, appToken);
    measureHome(server, viewer, argc > 1 ? std::max(1, std::atoi(argv[1])) : kRequests);
    measureUploads(server, viewer);
    return 0;
}
