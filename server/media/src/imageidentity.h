// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of an uploaded file without decoding it. Thread-safe.
#pragma once

#include <graminsta/core/imagetypes.h>
#include <graminsta/ports/imageprocessor.h>

#include <QByteArrayView>
#include <QFile>
#include <QStringList>

namespace graminsta::media
{

// All of the file, which must stay open as long as they are used. Fault::TooLarge.
[[nodiscard]] Result<QByteArrayView> contentOf(QFile &file, const ports::ImageLimits &limits);

// By how it begins. Fault::UnsupportedType, Fault::Unprocessable for nothing at all.
[[nodiscard]] Result<const ImageType *> typeOf(QByteArrayView content);

// As ImageProcessor::identify(); Fault::TooLarge also for packed texts without end.
[[nodiscard]] Result<ports::ImageIdentity> identityOf(const QString &sourceFile, const ports::ImageLimits &limits);

// Of all that is taken.
[[nodiscard]] QStringList imageMimeTypes();

} // namespace graminsta::media
