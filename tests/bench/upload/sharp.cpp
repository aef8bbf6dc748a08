// SPDX-License-Identifier: GPL-3.0-or-later
#include "sharp.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

namespace graminsta::bench
{

namespace
{

constexpr int kInstallMs = 120'000;
constexpr int kRunMs = 300'000;

bool fail(const QByteArray &reason)
{
    std::fprintf(stderr, "bench_upload: no comparison with sharp: %s\n", reason.constData());
    return false;
}

} // namespace

bool installSharp(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return fail("cannot make its folder");
    for (const char *name : { "package.json", "package-lock.json", "sharp.mjs" }) {
        const QString target = QDir(folder).filePath(QLatin1String(name));
        QFile::remove(target);
        if (!QFile::copy(QStringLiteral(GRAMINSTA_SHARP_SCRIPTS "/") + QLatin1String(name), target))
            return fail("cannot copy its scripts");
    }
    if (QDir(folder).exists(QStringLiteral("node_modules/sharp")))
        return true;
    QProcess install;
    install.setWorkingDirectory(folder);
    install.setProcessChannelMode(QProcess::MergedChannels);
    install.start(QStringLiteral("npm"),
                  { QStringLiteral("ci"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
                    QStringLiteral("--ignore-scripts") });
    if (!install.waitForFinished(kInstallMs) || install.exitCode() != 0)
        return fail("npm ci failed: " + install.readAll().right(300));
    return true;
}

std::optional<Throughput> runSharp(const QString &folder, const QStringList &photos, int atOnce, int rounds)
{
    const QTemporaryDir output;
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(
        QStringLiteral("node"),
        QStringList { QStringLiteral("sharp.mjs"), output.path(), QString::number(atOnce), QString::number(rounds) }
            + photos);
    if (!process.waitForFinished(kRunMs) || process.exitCode() != 0) {
        (void)fail("it failed or took too long");
        return {};
    }
    const QJsonObject result = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const double count = result.value(QLatin1String("photos")).toDouble();
    const double seconds = result.value(QLatin1String("seconds")).toDouble();
    if (count <= 0 || seconds <= 0)
        return {};
    return Throughput { count / seconds, result.value(QLatin1String("cpuSeconds")).toDouble() / count };
}

} // namespace graminsta::bench
