// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the pictures that others see out of an uploaded one. Thread-safe; one call uses one core.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/media.h>

#include <QList>
#include <QString>

namespace graminsta::ports
{

// What is refused before a pixel is decoded.
struct ImageLimits {
    qint64 maxBytes = 26'214'400;
    qint64 maxPixels = 40'000'000;
    int maxSide = 20'000;
};

enum class Fit {
    Inside, // the whole picture; its longer side is at most maxSide
    Cover, // the square in the middle; its side is at most maxSide (avatars)
};

// One picture to make, never enlarged. A `maxSide` of 0 is "as large as the source".
struct VariantSpec {
    entities::VariantSize size = entities::VariantSize::Grid;
    int maxSide = 0;
    QString mimeType; // "image/jpeg" or "image/webp"
    Fit fit = Fit::Inside;
};

struct MadeVariant {
    entities::VariantSize size = entities::VariantSize::Grid;
    QString mimeType;
    QString file; // in the output folder; the caller owns it now
    QByteArray sha256; // raw, of the file
    qint64 bytes = 0;
    int width = 0;
    int height = 0;
};

// What a file is, by its first bytes.
struct ImageIdentity {
    QString mimeType; // "image/jpeg", "image/heic"…
    QString extension; // that fits it, without a dot
    QByteArray sha256; // raw, of the file
    qint64 bytes = 0;
};

struct ProcessedImage {
    QString mimeType; // of the source, by its content: "image/jpeg", "image/heic"…
    QString extension; // that fits it, without a dot
    QByteArray sha256; // raw, of the source file
    int width = 0; // upright
    int height = 0;
    QString blurhash;
    QList<MadeVariant> variants; // in the order asked for
};

class ImageProcessor
{
public:
    virtual ~ImageProcessor() = default;

    // Decides the type by content and checks the bytes against their limit. Decodes nothing: what it lets pass may
    // still be broken. Fault::UnsupportedType (what it is, what would be right), Fault::TooLarge (limit and actual
    // size), Fault::Unprocessable (an empty file).
    [[nodiscard]] virtual Result<ImageIdentity> identify(const QString &sourceFile,
                                                         const ImageLimits &limits) const = 0;

    // Decides the type by content, checks the limits, turns the picture upright, converts to sRGB, drops all metadata
    // (place, serial numbers, maker notes, comments, thumbnails) and writes the variants into `outputFolder` under
    // fresh names. Fault::UnsupportedType (what it is, what would be right), Fault::TooLarge (limit and actual size),
    // Fault::Unprocessable (broken file), Fault::Timeout. After a failure no file is left in the folder.
    [[nodiscard]] virtual Result<ProcessedImage> process(const QString &sourceFile, const ImageLimits &limits,
                                                         const QList<VariantSpec> &variants,
                                                         const QString &outputFolder, const Deadline &deadline) = 0;

    // What process() accepts, as MIME types.
    [[nodiscard]] virtual QStringList supportedMimeTypes() const = 0;
};

} // namespace graminsta::ports
