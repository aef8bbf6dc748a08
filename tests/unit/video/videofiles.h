// SPDX-License-Identifier: GPL-3.0-or-later
// Videos made at test time by the program ffmpeg, which shares no code of ours, and what another program says of a
// file.
#pragma once

#include <graminsta/video/ffmpegvideoprocessor.h>

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace graminsta::test
{

// What a program prints; empty, with a warning, if it fails.
[[nodiscard]] QByteArray output(const QString &program, const QStringList &arguments);

// The error of a result, for a test that fails; empty if there is none.
template<typename T> [[nodiscard]] QByteArray whyNot(const Result<T> &result)
{
    return result ? QByteArray() : describe(result.error()).toUtf8();
}

// A folder to make videos in, a processor, and a folder for what it makes.
class VideoBench
{
public:
    VideoBench();

    [[nodiscard]] QString path(const QString &name) const;
    // Runs ffmpeg with these arguments, the last of them the file's name. Gives its path.
    [[nodiscard]] QString made(const QString &arguments, const QString &name) const;
    // A video that takes many seconds to encode anew: 20 s of 1080p in 10 bit.
    [[nodiscard]] QString madeSlow() const;
    [[nodiscard]] QString written(const QByteArray &bytes, const QString &name) const;

    [[nodiscard]] Result<ports::ProcessedVideo> process(const QString &file, const ports::VideoLimits &limits = {},
                                                        std::chrono::seconds time = std::chrono::seconds { 120 }) const;
    [[nodiscard]] video::FfmpegVideoProcessor &processor() const { return *m_processor; }
    // How many files there are in the output folder; deletes them.
    [[nodiscard]] int takeOutputFiles() const;

private:
    QTemporaryDir m_sources;
    QTemporaryDir m_outputs;
    std::unique_ptr<video::FfmpegVideoProcessor> m_processor;
};

[[nodiscard]] QByteArray bytesOf(const QString &file);
// All that ffprobe says of a file.
[[nodiscard]] QJsonObject probed(const QString &file);
// The track of that type, of those that probed() has found.
[[nodiscard]] QJsonObject track(const QJsonObject &probed, const QString &type);
// A hash of each decoded frame with its time, one a line.
[[nodiscard]] QByteArray decodedFrames(const QString &file, const QString &type);

} // namespace graminsta::test
