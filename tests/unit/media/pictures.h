// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures for the tests of server/media: real ones, generated ones, and what to look for in the results.
#pragma once

#include <graminsta/ports/imageprocessor.h>

#include <QImage>
#include <QTemporaryDir>

#include <memory>

namespace graminsta::test
{

// Empty if the real photos are not on this machine.
[[nodiscard]] QString photosFolder();
[[nodiscard]] QByteArray photo(const QString &name);

// A smooth picture with a different colour in each corner.
[[nodiscard]] QImage corners(int width, int height);
[[nodiscard]] QByteArray encoded(const QImage &image, const char *format, int quality = -1);
[[nodiscard]] QByteArray withOrientation(const QByteArray &jpeg, int orientation);
// A PNG that says it is so large and ends after its header.
[[nodiscard]] QByteArray pngHeader(quint32 width, quint32 height);
[[nodiscard]] QByteArray jpegHeader(quint16 width, quint16 height);

// A square that wanders over a ground, a picture for each of its steps; each is shown for `delay` milliseconds.
[[nodiscard]] QByteArray animated(const char *format, QSize size, int frames, int delay = 100); // "gif" or "webp"

// The parts of a JPEG, PNG, GIF or WebP file that are not needed to show it: metadata segments, comments, trailing
// bytes.
[[nodiscard]] QStringList surplusParts(const QByteArray &file);

// The mean of the absolute differences of all channels, 0..255; 255 if the sizes differ.
[[nodiscard]] double meanDifference(const QImage &a, const QImage &b);

[[nodiscard]] ports::VariantSpec jpeg(entities::VariantSize size, int maxSide, ports::Fit fit = ports::Fit::Inside);
[[nodiscard]] ports::VariantSpec webp(entities::VariantSize size, int maxSide);
[[nodiscard]] QList<ports::VariantSpec> usualVariants(); // 320, 1080, full as JPEG; 320, 1080 as WebP
[[nodiscard]] QList<ports::VariantSpec> servedVariants(); // as usual, but the full size as it came where it can be

// A processor with a folder of its own for what goes in and comes out.
class Workbench
{
public:
    // Without a processor it makes one that works in this process.
    explicit Workbench(std::unique_ptr<ports::ImageProcessor> processor = {});

    [[nodiscard]] Result<ports::ProcessedImage> process(const QByteArray &file,
                                                        const QList<ports::VariantSpec> &variants = usualVariants(),
                                                        const QString &name = QStringLiteral("upload"),
                                                        std::chrono::milliseconds time = std::chrono::seconds(60));
    ports::ImageLimits limits; // of process()
    [[nodiscard]] ports::ImageProcessor &processor() { return *m_processor; }
    [[nodiscard]] QString outputFolder() const { return m_output.path(); }
    // Deletes them: call it at the end of each test.
    int takeOutputFiles();

private:
    QTemporaryDir m_input;
    QTemporaryDir m_output;
    std::unique_ptr<ports::ImageProcessor> m_processor;
};

} // namespace graminsta::test
