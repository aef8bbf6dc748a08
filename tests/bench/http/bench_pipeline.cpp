// SPDX-License-Identifier: GPL-3.0-or-later
// The full pipeline against a bare QAbstractHttpServer with the same answer, and with thousands of idle connections
// against none. All servers are up at once and take turns; a ratio is the median of its rounds, so that a machine that
// is busy with something else slows both sides.
#include "loadclient.h"
#include "servers.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <memory>

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace graminsta::bench;

namespace
{

constexpr int kConnections = 64;
constexpr int kIdle = 5000;
constexpr int kRounds = 15;
constexpr std::chrono::milliseconds kRoundTime { 400 };

const QByteArray kInlineRequest = "GET /.well-known/nodeinfo HTTP/1.1\r\nHost: localhost\r\n\r\n";
const QByteArray kWorkerRequest =
    "GET /api/v1/timelines/home?limit=20 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer bench\r\n\r\n";

// The server on the first core and the load on the second, where there are two.
void pinTo(int core)
{
    if (::sysconf(_SC_NPROCESSORS_ONLN) < 2)
        return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

void raiseDescriptorLimit()
{
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

struct Sample {
    double perSecond = 0;
    double cpuMicroseconds = 0; // of the server, a request
};

// A server in a process of its own, which ends with it.
class Served
{
public:
    Served(const QString &program, const QString &kind)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, { kind });
        if (!m_process.waitForReadyRead(10'000))
            return;
        m_port = m_process.readLine().trimmed().toUShort();
    }
    ~Served()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] quint16 port() const { return m_port; }

    [[nodiscard]] Sample measure(const QByteArray &request) const
    {
        const double before = cpuSeconds();
        const LoadResult load = generateLoad(m_port, request, kConnections, kRoundTime);
        const double used = cpuSeconds() - before;
        if (load.failures > 0 || load.requests == 0) {
            std::fprintf(stderr, "bench_pipeline: %lld failures\n", static_cast<long long>(load.failures));
            std::exit(1);
        }
        return { static_cast<double>(load.requests) / load.seconds, used * 1e6 / static_cast<double>(load.requests) };
    }

private:
    // Of all threads, to the nanosecond: the ticks of /proc/PID/stat are too coarse for short rounds.
    [[nodiscard]] double cpuSeconds() const
    {
        const QDir tasks(QStringLiteral("/proc/%1/task").arg(m_process.processId()));
        double seconds = 0;
        for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(tasks.filePath(task + QStringLiteral("/schedstat")));
            if (file.open(QIODevice::ReadOnly))
                seconds += file.readAll().split(' ').constFirst().toDouble() / 1e9;
        }
        return seconds;
    }

    QProcess m_process;
    quint16 m_port = 0;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// One contestant's rounds.
struct Series {
    std::vector<double> perSecond;
    std::vector<double> cpu;

    void add(const Sample &sample)
    {
        perSecond.push_back(sample.perSecond);
        cpu.push_back(sample.cpuMicroseconds);
    }
};

double medianRatio(const std::vector<double> &values, const std::vector<double> &to)
{
    std::vector<double> ratios;
    for (size_t i = 0; i < values.size(); ++i)
        ratios.push_back(values[i] / to[i]);
    return median(ratios);
}

void print(const char *name, double value, const char *unit, double limit = 0)
{
    QJsonObject line { { QStringLiteral("name"), QLatin1String(name) },
                       { QStringLiteral("value"), value },
                       { QStringLiteral("unit"), QLatin1String(unit) } };
    if (limit > 0) {
        line.insert(QStringLiteral("limit"), limit);
        line.insert(QStringLiteral("ratio"), value / limit);
        line.insert(QStringLiteral("better"), QStringLiteral("higher"));
    }
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

int compare(const QString &program)
{
    const Served bare(program, QStringLiteral("bare"));
    const Served pipeline(program, QStringLiteral("pipeline"));
    const Served crowded(program, QStringLiteral("pipeline"));
    pinTo(1);
    const std::vector<int> idle = openIdle(crowded.port(), kInlineRequest, kIdle);
    Series bareSeries;
    Series inlineSeries;
    Series workerSeries;
    Series crowdedSeries;
    for (int round = -1; round < kRounds; ++round) {
        const Sample samples[] = { bare.measure(kInlineRequest), pipeline.measure(kInlineRequest),
                                   pipeline.measure(kWorkerRequest), crowded.measure(kWorkerRequest) };
        if (round < 0)
            continue; // warm-up
        bareSeries.add(samples[0]);
        inlineSeries.add(samples[1]);
        workerSeries.add(samples[2]);
        crowdedSeries.add(samples[3]);
    }
    for (const int socket : idle)
        ::close(socket);
    print("http/bare", median(bareSeries.perSecond), "requests/s");
    print("http/bare cpu", median(bareSeries.cpu), "us/request");
    print("http/inline", median(inlineSeries.perSecond), "requests/s");
    print("http/inline cpu", median(inlineSeries.cpu), "us/request");
    print("http/worker", median(workerSeries.perSecond), "requests/s");
    print("http/worker cpu", median(workerSeries.cpu), "us/request");
    print("http/inline to bare", medianRatio(inlineSeries.perSecond, bareSeries.perSecond), "ratio", 0.7);
    print("http/worker to bare", medianRatio(workerSeries.perSecond, bareSeries.perSecond), "ratio", 0.7);
    print("http/idle connections", static_cast<double>(idle.size()), "connections");
    print("http/worker with idle cpu", median(crowdedSeries.cpu), "us/request");
    print("http/worker with idle to none", medianRatio(crowdedSeries.perSecond, workerSeries.perSecond), "ratio", 0.9);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    raiseDescriptorLimit();
    const QByteArray kind = argc > 1 ? argv[1] : "";
    if (kind == "bare" || kind == "pipeline") {
        pinTo(0);
        return kind == "bare" ? serveBare(argc, argv) : servePipeline(argc, argv);
    }
    // Qt's dispatcher on glib is slower still: the bare server gets the better one.
    qputenv("QT_NO_GLIB", "1");
    return compare(QString::fromLocal8Bit(argv[0]));
}
