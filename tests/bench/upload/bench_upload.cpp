// SPDX-License-Identifier: GPL-3.0-or-later
// Photos through our processor against vipsthumbnail making the same JPEG sizes, and against npm's sharp making the
// same sizes in the same formats, of the same files in the same run; and the memory that takes. One JSON object a line,
// as docs/contributing.md has it.
//
// Fair to vipsthumbnail: its start-up (measured on a picture of one pixel) is taken off each of its times, and it makes
// a size a run only because it knows no other way. Both have one worker thread; it neither hashes nor makes a blurhash.
// Fair to sharp: it is warm, has as many photos under way as we have, and neither hashes nor makes a blurhash either.
#include "sharp.h"

#include <graminsta/media/imageworker.h>
#include <graminsta/media/isolatedimageprocessor.h>
#include <graminsta/media/vipsimageprocessor.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <optional>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace graminsta;
using entities::VariantSize;

namespace
{

constexpr const char *kWorkerCommand = "image-worker";
constexpr int kRounds = 5;
constexpr double kLeastRatio = 0.85;
constexpr double kLeastOfSharp = 1.0;
constexpr int kAtOnce = 2;
constexpr int kSharpRounds = 3; // of all photos
constexpr double kMostMegabytes = 150;
constexpr double kMostMegabytesAPhoto = 40;

enum class Better { Lower, Higher };

bool g_failed = false;

void report(const QString &name, double value, const QString &unit, std::optional<double> limit = {},
            Better better = Better::Lower)
{
    QJsonObject line { { QStringLiteral("name"), name },
                       { QStringLiteral("value"), value },
                       { QStringLiteral("unit"), unit } };
    if (limit) {
        line.insert(QStringLiteral("limit"), *limit);
        line.insert(QStringLiteral("better"),
                    better == Better::Higher ? QStringLiteral("higher") : QStringLiteral("lower"));
        g_failed = g_failed || (better == Better::Higher ? value < *limit : value > *limit);
    }
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void reportRatio(const QString &name, double ratio, std::optional<double> limit = {})
{
    report(name, ratio, QStringLiteral("ratio"), limit, Better::Higher);
}

[[noreturn]] void giveUp(const QString &reason)
{
    std::fprintf(stderr, "bench_upload: %s\n", qPrintable(reason));
    std::exit(1);
}

// Like a camera's: soft shapes and fine noise, so that it neither compresses to nothing nor to noise alone.
QString makePhoto(const QString &path, int width, int height)
{
    QImage soft(60, 40, QImage::Format_RGB888);
    QRandomGenerator random(1);
    for (int y = 0; y < soft.height(); ++y) {
        for (int x = 0; x < soft.width(); ++x)
            soft.setPixel(x, y, random.generate());
    }
    QImage photo = soft.scaled(width, height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                       .convertToFormat(QImage::Format_RGB888);
    for (int y = 0; y < height; ++y) {
        uchar *line = photo.scanLine(y);
        for (int x = 0; x < width * 3; ++x)
            line[x] = static_cast<uchar>(std::clamp(line[x] + int(random.generate() & 15) - 8, 0, 255));
    }
    if (!photo.save(path, "JPG", 90))
        giveUp(QStringLiteral("cannot write ") + path);
    return path;
}

double medianOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double timeCommand(const QStringList &arguments)
{
    QElapsedTimer timer;
    timer.start();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("VIPS_CONCURRENCY"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("vipsthumbnail"), arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        giveUp(QStringLiteral("vipsthumbnail failed: ") + QString::fromUtf8(process.readAllStandardError()));
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

QStringList thumbnailArguments(const QString &source, const QString &size, int quality, const QString &output)
{
    return { source,
             QStringLiteral("--size"),
             size,
             QStringLiteral("--export-profile"),
             QStringLiteral("srgb"),
             QStringLiteral("-o"),
             QStringLiteral("%1[Q=%2,strip,optimize_coding=%3]")
                 .arg(output)
                 .arg(quality)
                 .arg(size.startsWith(QLatin1String("20000")) ? 0 : 1) };
}

class Bench
{
public:
    Bench()
        : m_processor(media::VipsImageProcessor::create().value())
    {
        media::IsolatedImageSettings settings;
        settings.children.program = QStringLiteral("/proc/self/exe");
        settings.children.arguments = { QLatin1String(kWorkerCommand) };
        settings.children.workFolder = m_folder.path();
        m_isolated = media::IsolatedImageProcessor::create(settings).value();
    }

    QString folder() const { return m_folder.path(); }

    void compare(const QString &name, const QString &source)
    {
        std::vector<double> ours;
        std::vector<double> isolated; // as the server does it: in a child process
        std::vector<double> ourWebp;
        std::vector<double> theirs;
        for (int round = 0; round < kRounds; ++round) {
            ours.push_back(timeOurs(source, jpegs()));
            isolated.push_back(timeOurs(source, jpegs(), m_isolated.get()));
            theirs.push_back(timeTheirs(source));
            ourWebp.push_back(timeOurs(source, jpegsAndWebps()));
        }
        report(QStringLiteral("upload.vipsthumbnail.") + name, medianOf(theirs), QStringLiteral("ms"));
        report(QStringLiteral("upload.process.") + name, medianOf(ours), QStringLiteral("ms"));
        report(QStringLiteral("upload.isolated.") + name, medianOf(isolated), QStringLiteral("ms"));
        report(QStringLiteral("upload.process_and_webp.") + name, medianOf(ourWebp), QStringLiteral("ms"));
        reportRatio(QStringLiteral("upload.of_vipsthumbnail.") + name, medianOf(theirs) / medianOf(ours), kLeastRatio);
        reportRatio(QStringLiteral("upload.isolated_of_vipsthumbnail.") + name, medianOf(theirs) / medianOf(isolated),
                    kLeastRatio);
    }

    // All photos together, several at once, with WebP. The rounds of both are interleaved: the machine may be busy.
    void compareWithSharp(const QStringList &photos)
    {
        const QString folder = QStringLiteral(GRAMINSTA_SHARP_FOLDER);
        if (!bench::installSharp(folder))
            return;
        std::vector<double> servedRatios;
        std::vector<double> anewRatios;
        std::vector<double> cpuRatios;
        std::vector<double> ours;
        std::vector<double> theirs;
        std::vector<double> served;
        for (int round = 0; round < kSharpRounds; ++round) {
            const std::optional<bench::Throughput> sharp = bench::runSharp(folder, photos, kAtOnce, 1);
            if (!sharp)
                giveUp(QStringLiteral("sharp did not run"));
            const bench::Throughput own = throughput(photos, jpegsAndWebps());
            ours.push_back(own.photosASecond);
            theirs.push_back(sharp->photosASecond);
            anewRatios.push_back(own.photosASecond / sharp->photosASecond);
            cpuRatios.push_back(sharp->cpuSecondsAPhoto / own.cpuSecondsAPhoto);
            served.push_back(throughput(photos, asServed()).photosASecond);
            servedRatios.push_back(served.back() / sharp->photosASecond);
        }
        const QString unit = QStringLiteral("photos/s");
        report(QStringLiteral("upload.sharp"), medianOf(theirs), unit);
        report(QStringLiteral("upload.process_all"), medianOf(ours), unit);
        report(QStringLiteral("upload.process_as_served"), medianOf(served), unit);
        // What the server does: the same sizes, the full one kept where it can be. And what it would be with the full
        // size encoded anew, as sharp does: by CPU, since the time of day depends on who else wants the cores.
        reportRatio(QStringLiteral("upload.of_sharp"), medianOf(servedRatios), kLeastOfSharp);
        reportRatio(QStringLiteral("upload.of_sharp_all_encoded"), medianOf(anewRatios));
        reportRatio(QStringLiteral("upload.of_sharp_all_encoded_cpu"), medianOf(cpuRatios), kLeastOfSharp);
    }

    // The size on which only the command's own cost is left.
    void measureStartUp()
    {
        const QString dot = m_folder.filePath(QStringLiteral("dot.png"));
        QImage image(1, 1, QImage::Format_RGB888);
        image.fill(Qt::white);
        if (!image.save(dot))
            giveUp(QStringLiteral("cannot write ") + dot);
        std::vector<double> times;
        times.reserve(kRounds * 2);
        for (int round = 0; round < kRounds * 2; ++round)
            times.push_back(timeCommand(thumbnailArguments(dot, QStringLiteral("320x320>"), 80, output())));
        m_startUp = *std::min_element(times.begin(), times.end());
        report(QStringLiteral("upload.vipsthumbnail.start_up"), m_startUp, QStringLiteral("ms"));
    }

    void measureMemory(const QString &name, const QString &source, int threads)
    {
        resetPeak();
        const double before = statusMegabytes("VmRSS:");
        std::vector<std::thread> workers;
        workers.reserve(static_cast<size_t>(threads));
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([this, &source] { (void)timeOurs(source, jpegsAndWebps()); });
        for (std::thread &worker : workers)
            worker.join();
        const double peak = statusMegabytes("VmHWM:");
        report(QStringLiteral("upload.peak_memory.") + name, peak, QStringLiteral("MB"), kMostMegabytes);
        report(QStringLiteral("upload.memory_after.") + name, statusMegabytes("VmRSS:"), QStringLiteral("MB"));
        if (threads > 1)
            report(QStringLiteral("upload.peak_memory_a_photo.") + name, (peak - before) / threads,
                   QStringLiteral("MB"), kMostMegabytesAPhoto);
    }

private:
    static QList<ports::VariantSpec> jpegs()
    {
        const QString type = QStringLiteral("image/jpeg");
        return { { VariantSize::Grid, 320, type }, { VariantSize::Feed, 1080, type }, { VariantSize::Full, 0, type } };
    }

    static QList<ports::VariantSpec> jpegsAndWebps()
    {
        const QString type = QStringLiteral("image/webp");
        return jpegs()
            + QList<ports::VariantSpec> { { VariantSize::Grid, 320, type }, { VariantSize::Feed, 1080, type } };
    }

    static QList<ports::VariantSpec> asServed()
    {
        QList<ports::VariantSpec> variants = jpegsAndWebps();
        variants[2].mimeType.clear();
        return variants;
    }

    static double cpuSeconds()
    {
        rusage usage {};
        getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval &time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }

    bench::Throughput throughput(const QStringList &photos, const QList<ports::VariantSpec> &variants)
    {
        std::atomic<qsizetype> next = 0;
        QElapsedTimer timer;
        timer.start();
        const double cpuBefore = cpuSeconds();
        std::vector<std::thread> workers;
        workers.reserve(static_cast<size_t>(kAtOnce));
        for (int i = 0; i < kAtOnce; ++i) {
            workers.emplace_back([&] {
                for (qsizetype index = next++; index < photos.size(); index = next++)
                    (void)timeOurs(photos[index], variants);
            });
        }
        for (std::thread &worker : workers)
            worker.join();
        const auto count = static_cast<double>(photos.size());
        return { count / (static_cast<double>(timer.nsecsElapsed()) / 1e9), (cpuSeconds() - cpuBefore) / count };
    }

    static void resetPeak()
    {
        QFile file(QStringLiteral("/proc/self/clear_refs"));
        if (file.open(QIODevice::WriteOnly))
            file.write("5");
    }

    static double statusMegabytes(const char *field)
    {
        QFile file(QStringLiteral("/proc/self/status"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith(field))
                return line.simplified().split(' ').value(1).toDouble() / 1024;
        }
        return 0;
    }

    [[nodiscard]] QString output() const { return m_folder.filePath(QStringLiteral("theirs.jpg")); }

    double timeTheirs(const QString &source) const
    {
        const double sum = timeCommand(thumbnailArguments(source, QStringLiteral("320x320>"), 80, output()))
            + timeCommand(thumbnailArguments(source, QStringLiteral("1080x1080>"), 85, output()))
            + timeCommand(thumbnailArguments(source, QStringLiteral("20000x20000>"), 88, output()));
        return sum - 3 * m_startUp;
    }

    double timeOurs(const QString &source, const QList<ports::VariantSpec> &variants,
                    ports::ImageProcessor *processor = nullptr)
    {
        ports::ImageProcessor &chosen = processor != nullptr ? *processor : *m_processor;
        QElapsedTimer timer;
        timer.start();
        const auto image =
            chosen.process(source, {}, variants, m_folder.path(), Deadline::after(std::chrono::seconds(120)));
        const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (!image)
            giveUp(source + QStringLiteral(": ") + describe(image.error()));
        for (const ports::MadeVariant &variant : image->variants)
            QFile::remove(variant.file);
        return ms;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<ports::ImageProcessor> m_processor;
    std::unique_ptr<ports::ImageProcessor> m_isolated;
    double m_startUp = 0;
};

// The generated photos are made by a run of this program of its own, whose memory does not count.
int makePhotos(const QString &folder)
{
    makePhoto(folder + QStringLiteral("/12mp.jpg"), 4000, 3000);
    makePhoto(folder + QStringLiteral("/40mp.jpg"), 7744, 5160);
    return 0;
}

QString turned(const QString &source)
{
    QFile in(source);
    QFile out(source.chopped(4) + QStringLiteral("-portrait.jpg"));
    if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
        giveUp(QStringLiteral("cannot copy ") + source);
    const QByteArray jpeg = in.readAll();
    // Exif 2.3: one directory with one entry, orientation 6.
    const QByteArray exif =
        QByteArrayLiteral("\xff\xe1\0\x22"
                          "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    out.write(jpeg.first(2) + exif + jpeg.sliced(2));
    return out.fileName();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && qstrcmp(argv[1], kWorkerCommand) == 0)
        return media::runImageWorker();
    const QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QLatin1String("--make-photos"))
        return makePhotos(application.arguments().value(2));

    Bench bench;
    if (QProcess::execute(application.applicationFilePath(), { QStringLiteral("--make-photos"), bench.folder() }) != 0)
        giveUp(QStringLiteral("cannot make the photos"));
    const QString twelve = bench.folder() + QStringLiteral("/12mp.jpg");
    const QString forty = bench.folder() + QStringLiteral("/40mp.jpg");
    const QString fortyTurned = turned(forty);

    bench.measureMemory(QStringLiteral("40mp"), forty, 1);
    bench.measureMemory(QStringLiteral("40mp-portrait"), fortyTurned, 1);
    bench.measureMemory(QStringLiteral("40mp-four-at-once"), forty, 4);

    bench.measureStartUp();
    bench.compare(QStringLiteral("12mp"), twelve);
    bench.compare(QStringLiteral("40mp"), forty);
    bench.compare(QStringLiteral("40mp-portrait"), fortyTurned);
    const QDir camera(qEnvironmentVariable("GRAMINSTA_PHOTOS") + QStringLiteral("/camera"));
    QStringList all { twelve, turned(twelve), forty, fortyTurned };
    for (const QFileInfo &photo : camera.entryInfoList(QDir::Files)) {
        bench.compare(photo.completeBaseName(), photo.filePath());
        all.append(photo.filePath());
    }
    bench.compareWithSharp(all);
    return g_failed ? 1 : 0;
}
