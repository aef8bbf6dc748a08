// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of an image worker and what it answers, as JSON. Reading answers is for strangers' words: whatever is
// missing or odd gives an Error. Pure functions: thread-safe.
#pragma once

#include <graminsta/ports/imageprocessor.h>

#include <QJsonObject>

#include <optional>

namespace graminsta::media
{

// What the source is called in the input folder of the worker.
inline constexpr QLatin1String kSourceName { "source" };

struct ImageRequest {
    ports::ImageLimits limits;
    QList<ports::VariantSpec> variants;
    std::chrono::milliseconds time {};
};

[[nodiscard]] QJsonObject toJson(const ImageRequest &request);
[[nodiscard]] ImageRequest imageRequest(const QJsonObject &object);

// Of the variants' files only the names are told; both ends know the folder.
[[nodiscard]] QJsonObject toJson(const Result<ports::ProcessedImage> &answer);
// The error in an answer, if it is one.
[[nodiscard]] std::optional<Error> refusal(const QJsonObject &answer);
// The picture in an answer that is no refusal. Fault::Unprocessable if it cannot be true: other variants than were
// asked for, sizes beyond the limits, names that lead elsewhere. MadeVariant::file is in `folder`.
[[nodiscard]] Result<ports::ProcessedImage> processedImage(const QJsonObject &answer, const ImageRequest &request,
                                                           const QString &folder);

} // namespace graminsta::media
