// SPDX-License-Identifier: GPL-3.0-or-later
// Videos by FFmpeg's libraries, with only the demuxers and decoders of the accepted kinds in reach of a file, and no
// protocol at all. Thread-safe.
#pragma once

#include <graminsta/ports/videoprocessor.h>

#include <memory>

namespace graminsta::video
{

struct FfmpegSettings {
    int threads = 2; // of a call, in each of decoding, scaling and encoding
};

class FfmpegVideoProcessor final : public ports::VideoProcessor
{
public:
    // Silences FFmpeg's log for the whole process. Fault::Unavailable if its libraries were built without what is
    // needed.
    [[nodiscard]] static Result<std::unique_ptr<FfmpegVideoProcessor>> create(const FfmpegSettings &settings = {});

    [[nodiscard]] Result<std::optional<ports::VideoIdentity>> identify(const QString &sourceFile,
                                                                       const ports::VideoLimits &limits) const override;
    [[nodiscard]] Result<ports::VideoFacts> probe(const QString &sourceFile, const ports::VideoLimits &limits,
                                                  const Deadline &deadline) override;
    [[nodiscard]] Result<ports::ProcessedVideo> process(const QString &sourceFile, const ports::VideoLimits &limits,
                                                        const QString &outputFolder, const Deadline &deadline) override;
    [[nodiscard]] QStringList supportedMimeTypes() const override;

private:
    explicit FfmpegVideoProcessor(const FfmpegSettings &settings);

    const FfmpegSettings m_settings;
};

} // namespace graminsta::video
