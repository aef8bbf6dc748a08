// SPDX-License-Identifier: GPL-3.0-or-later
#include "videofiles.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

namespace graminsta::test
{

QByteArray output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished(200'000) || process.exitCode() != 0) {
        qWarning("%s %s: %s%s", qPrintable(program), qPrintable(arguments.join(QLatin1Char(' '))),
                 qPrintable(process.errorString()), process.readAllStandardError().constData());
        return {};
    }
    return process.readAllStandardOutput();
}

VideoBench::VideoBench()
{
    Result<std::unique_ptr<video::FfmpegVideoProcessor>> processor = video::FfmpegVideoProcessor::create();
    if (processor)
        m_processor = std::move(*processor);
    else
        qFatal("%s", qPrintable(describe(processor.error())));
}

QString VideoBench::path(const QString &name) const
{
    return m_sources.filePath(name);
}

QString VideoBench::made(const QString &arguments, const QString &name) const
{
    const QString file = path(name);
    if (!QFile::exists(file)) {
        const QStringList words = QStringList { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y") }
            + QProcess::splitCommand(arguments) + QStringList { file };
        static_cast<void>(output(QStringLiteral("ffmpeg"), words));
    }
    return file;
}

QString VideoBench::madeSlow() const
{
    const QString second = made(QStringLiteral("-f lavfi -i testsrc2=size=1920x1080:rate=20:duration=1 -c:v libx264"
                                               " -preset ultrafast -pix_fmt yuv420p10le"),
                                QStringLiteral("second.mp4"));
    return made(QStringLiteral("-stream_loop 19 -i %1 -c copy").arg(second), QStringLiteral("slow.mp4"));
}

QString VideoBench::written(const QByteArray &bytes, const QString &name) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    return file.fileName();
}

Result<ports::ProcessedVideo> VideoBench::process(const QString &file, const ports::VideoLimits &limits,
                                                  std::chrono::seconds time) const
{
    return m_processor->process(file, limits, m_outputs.path(), Deadline::after(time));
}

int VideoBench::takeOutputFiles() const
{
    const QDir folder(m_outputs.path());
    const QStringList names = folder.entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        QFile::remove(folder.filePath(name));
    return static_cast<int>(names.size());
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject probed(const QString &file)
{
    const QByteArray json = output(QStringLiteral("ffprobe"),
                                   { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-of"),
                                     QStringLiteral("json"), QStringLiteral("-show_streams"),
                                     QStringLiteral("-show_format"), QStringLiteral("-show_chapters"), file });
    return QJsonDocument::fromJson(json).object();
}

QJsonObject track(const QJsonObject &probed, const QString &type)
{
    const QJsonArray tracks = probed[QLatin1String("streams")].toArray();
    for (const auto &one : tracks) {
        if (one[QLatin1String("codec_type")].toString() == type)
            return one.toObject();
    }
    return {};
}

QByteArray decodedFrames(const QString &file, const QString &type)
{
    const QByteArray lines = output(QStringLiteral("ffmpeg"),
                                    { QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-noautorotate"),
                                      QStringLiteral("-i"), file, QStringLiteral("-map"), QStringLiteral("0:") + type,
                                      QStringLiteral("-f"), QStringLiteral("framemd5"), QStringLiteral("-") });
    QByteArray frames;
    for (const QByteArray &line : lines.split('\n')) {
        if (!line.startsWith('#'))
            frames += line + '\n';
    }
    return frames;
}

} // namespace graminsta::test
