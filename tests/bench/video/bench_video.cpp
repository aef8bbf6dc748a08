// SPDX-License-Identifier: GPL-3.0-or-later
// Videos against the program ffmpeg with the same settings, and copying against copying the file, in turns in one run.
// Time is that of the processors, so that what else the machine does counts little. Prints JSON lines.
#include <graminsta/video/ffmpegvideoprocessor.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include <sys/resource.h>

using namespace graminsta;

namespace
{

constexpr int kRounds = 3;
constexpr double kSeconds = 10; // of the videos

struct Cost {
    double wall = 0;
    double processor = 0;
};

double seconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processorTime(__rusage_who who)
{
    rusage usage {};
    getrusage(who, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Cost costOf(const std::function<void()> &work)
{
    const double before = processorTime(RUSAGE_SELF) + processorTime(RUSAGE_CHILDREN);
    QElapsedTimer timer;
    timer.start();
    work();
    return { static_cast<double>(timer.nsecsElapsed()) / 1e9,
             processorTime(RUSAGE_SELF) + processorTime(RUSAGE_CHILDREN) - before };
}

void ffmpeg(const QString &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral("ffmpeg"), QProcess::splitCommand(QStringLiteral("-v error -y ") + arguments));
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("ffmpeg %s", qPrintable(arguments));
}

Cost median(std::vector<Cost> costs)
{
    std::sort(costs.begin(), costs.end(), [](const Cost &a, const Cost &b) { return a.processor < b.processor; });
    return costs[costs.size() / 2];
}

void print(const char *name, double value, const char *unit, const char *more = "")
{
    std::printf("{\"name\": \"video/%s\", \"value\": %.3f, \"unit\": \"%s\"%s}\n", name, value, unit, more);
}

struct Pair {
    Cost ours;
    Cost theirs;
};

Pair inTurns(const std::function<void()> &ours, const std::function<void()> &theirs)
{
    std::vector<Cost> mine;
    std::vector<Cost> other;
    for (int round = 0; round < kRounds; ++round) {
        mine.push_back(costOf(ours));
        other.push_back(costOf(theirs));
    }
    return { median(mine), median(other) };
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const auto path = [&folder](const char *name) { return folder.filePath(QLatin1String(name)); };
    const std::unique_ptr<video::FfmpegVideoProcessor> processor = video::FfmpegVideoProcessor::create().value();
    const auto process = [&](const QString &file) {
        const auto made = processor->process(file, {}, folder.path(), Deadline::after(std::chrono::minutes(30)));
        if (!made)
            qFatal("%s", qPrintable(describe(made.error())));
        QFile::remove(made->file);
        QFile::remove(made->posterFile);
    };
    const QString sources = QStringLiteral("-f lavfi -i testsrc2=size=1280x720:rate=30:duration=%1 -f lavfi -i "
                                           "sine=duration=%1 ")
                                .arg(kSeconds);
    ffmpeg(sources + QStringLiteral("-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 4M -c:a libopus ")
           + path("source.webm"));
    ffmpeg(sources + QStringLiteral("-c:v libx264 -preset ultrafast -pix_fmt yuv420p -b:v 20M -c:a aac ")
           + path("source.mp4"));

    const Pair encoded =
        inTurns([&] { process(path("source.webm")); },
                [&] {
                    ffmpeg(QStringLiteral("-threads 2 -filter_threads 2 -i ") + path("source.webm")
                           + QStringLiteral(" -threads 2 -c:v libx264 -preset veryfast -profile:v high"
                                            " -crf 22 -maxrate 10M -bufsize 20M -g 120 -pix_fmt yuv420p"
                                            " -c:a aac -b:a 128k -movflags +faststart ")
                           + path("theirs.mp4"));
                });
    print("encode", encoded.theirs.processor / encoded.ours.processor, "x ffmpeg",
          ", \"limit\": 0.85, \"better\": \"higher\"");
    print("encode/speed", kSeconds / encoded.ours.wall, "x real time", ", \"better\": \"higher\"");

    const Pair copied = inTurns([&] { process(path("source.mp4")); },
                                [&] {
                                    QFile::remove(path("copy.mp4"));
                                    QProcess::execute(QStringLiteral("cp"), { path("source.mp4"), path("copy.mp4") });
                                });
    print("copy/speed", kSeconds / copied.ours.wall, "x real time", ", \"better\": \"higher\"");
    print("copy/extra", copied.ours.wall - copied.theirs.wall, "s more than cp");
    return 0;
}
