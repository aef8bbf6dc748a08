// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of streams on one server: what each costs in memory, beside a connection that only waits, and how long one
// public post takes to be told to all of them, beside as many small requests.
// bench_streaming STREAMS opens so many instead.
#include <rig/httpclient.h>
#include <rig/testserver.h>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace graminsta;
using rig::HttpBody;

namespace
{

constexpr int kStreams = 5000;
constexpr int kRounds = 9;
constexpr int kRequests = 5000;
const QByteArray kHandshake =
    "GET /api/v1/streaming?stream=public HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const QByteArray kRequest = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

void print(const char *name, double value, const char *unit, double limit = 0)
{
    QJsonObject line { { QStringLiteral("name"), QLatin1String(name) },
                       { QStringLiteral("value"), value },
                       { QStringLiteral("unit"), QLatin1String(unit) } };
    if (limit > 0) {
        line.insert(QStringLiteral("limit"), limit);
        line.insert(QStringLiteral("better"), QStringLiteral("lower"));
    }
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

[[noreturn]] void stopWith(const QByteArray &reason)
{
    std::fprintf(stderr, "bench_streaming: %s\n", reason.constData());
    std::exit(1);
}

QByteArray procFile(qint64 process, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(process).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double residentBytes(qint64 process)
{
    return procFile(process, "statm").split(' ').value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double cpuSeconds(qint64 process)
{
    const QByteArray stat = procFile(process, "stat");
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// One connection that has sent `first` and read what came to the end of its head.
int connectTo(quint16 port, const QByteArray &first, const QByteArray &expected)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        stopWith("no connection");
    if (::send(descriptor, first.data(), static_cast<size_t>(first.size()), MSG_NOSIGNAL) != first.size())
        stopWith("the server takes nothing");
    std::array<char, 4096> answer {};
    const ssize_t got = ::recv(descriptor, answer.data(), answer.size(), 0);
    if (got <= 0 || !QByteArray(answer.data(), got).startsWith(expected))
        stopWith("an answer that was not expected: " + QByteArray(answer.data(), std::max<ssize_t>(got, 0)));
    return descriptor;
}

std::vector<int> connections(int count, quint16 port, const QByteArray &first, const QByteArray &expected)
{
    std::vector<int> all;
    all.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i)
        all.push_back(connectTo(port, first, expected));
    return all;
}

// Reads until each of them has had one frame of less than 64 KB.
void awaitOneEach(int epoll, size_t count)
{
    std::vector<qsizetype> missing(1 << 16, 0); // by descriptor
    std::array<epoll_event, 256> events {};
    std::array<char, 65536> piece {};
    size_t done = 0;
    while (done < count) {
        const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 30'000);
        if (ready <= 0)
            stopWith("told to " + QByteArray::number(static_cast<qint64>(done)) + " only");
        for (int i = 0; i < ready; ++i) {
            const int descriptor = events.at(static_cast<size_t>(i)).data.fd;
            const ssize_t got = ::recv(descriptor, piece.data(), piece.size(), 0);
            if (got < 4)
                stopWith("a stream has ended");
            qsizetype &left = missing.at(static_cast<size_t>(descriptor));
            if (left == 0)
                left = 4 + (static_cast<quint8>(piece[2]) << 8) + static_cast<quint8>(piece[3]);
            left -= got;
            if (left == 0)
                ++done;
        }
    }
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int streams = argc > 1 ? std::atoi(argv[1]) : kStreams;
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);

    rig::TestServerOptions options;
    options.settings = { { QStringLiteral("GRAMINSTA_LIMITS_MAX_STREAMS"), QString::number(streams) },
                         { QStringLiteral("GRAMINSTA_LOG_ACCESS"), QStringLiteral("false") } };
    rig::TestServer server(options);
    if (const Result<> started = server.start(); !started)
        stopWith(describe(started.error()).toUtf8());
    const auto port = static_cast<quint16>(server.url().port());
    const qint64 process = server.processId();

    rig::HttpClient http(server.url());
    const auto app = http.post("/api/v1/apps",
                               HttpBody::form({ { "client_name", "bench" },
                                                { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                { "scopes", "read write" } }));
    const auto token = http.post("/oauth/token",
                                 HttpBody::form({ { "grant_type", "client_credentials" },
                                                  { "client_id", app.text("client_id").toUtf8() },
                                                  { "client_secret", app.text("client_secret").toUtf8() },
                                                  { "scope", "read write" } }));
    const auto signedUp = http.as(token.text("access_token").toUtf8())
                              .post("/api/v1/accounts",
                                    HttpBody::json({ { "username", QStringLiteral("author") },
                                                     { "email", QStringLiteral("author@people.example") },
                                                     { "password", QStringLiteral("correct horse battery") },
                                                     { "agreement", true },
                                                     { "locale", QStringLiteral("en") } }));
    rig::HttpClient author = http.as(signedUp.text("access_token").toUtf8());
    const auto post = [&author] {
        const auto reply =
            author.post("/api/v1/statuses", HttpBody::json({ { "status", QStringLiteral("something happens") } }));
        if (reply.status != 200)
            stopWith(reply.summary());
    };
    post();

    // Warm, so that the first of each kind pays for nothing that all share.
    for (const int descriptor : connections(200, port, kHandshake, "HTTP/1.1 101 "))
        ::close(descriptor);
    double before = residentBytes(process);
    const std::vector<int> idle = connections(streams, port, kRequest, "HTTP/1.1 200 ");
    const double idleBytes = (residentBytes(process) - before) / streams;
    for (const int descriptor : idle)
        ::close(descriptor);

    // A fresh one: what the idle ones leave behind would be used again, and not be seen.
    rig::TestServer second(options);
    if (const Result<> started = second.start(); !started)
        stopWith(describe(started.error()).toUtf8());
    for (const int descriptor :
         connections(200, static_cast<quint16>(second.url().port()), kHandshake, "HTTP/1.1 101 "))
        ::close(descriptor);
    before = residentBytes(second.processId());
    const std::vector<int> counted =
        connections(streams, static_cast<quint16>(second.url().port()), kHandshake, "HTTP/1.1 101 ");
    const double streamBytes = (residentBytes(second.processId()) - before) / streams;
    for (const int descriptor : counted)
        ::close(descriptor);
    print("streaming/memory", streamBytes / 1024, "KB a stream", 24);
    print("streaming/memory_to_idle", streamBytes / idleBytes, "ratio", 5);

    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    for (const int descriptor : connections(streams, port, kHandshake, "HTTP/1.1 101 ")) {
        epoll_event event {};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    }
    std::vector<double> times;
    const double cpuBefore = cpuSeconds(process);
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        post();
        awaitOneEach(epoll, static_cast<size_t>(streams));
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    const double cpuOfOne = (cpuSeconds(process) - cpuBefore) / kRounds / streams;
    const double cpuIdle = cpuSeconds(process);
    for (int i = 0; i < kRequests; ++i) {
        if (http.get("/health").status != 200)
            stopWith("the server is gone");
    }
    const double cpuOfRequest = (cpuSeconds(process) - cpuIdle) / kRequests;
    print("streaming/fanout", median(times), "ms from the post to the last stream");
    print("streaming/fanout_cpu", cpuOfOne * 1e6, "us a stream");
    print("streaming/fanout_to_request", cpuOfOne / cpuOfRequest, "ratio", 1);
    return 0;
}
