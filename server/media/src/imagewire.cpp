// SPDX-License-Identifier: GPL-3.0-or-later
#include "imagewire.h"

#include <graminsta/core/imagetypes.h>

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace graminsta::media
{

namespace
{

// Each structure is taken apart by a structured binding, which does not compile when a member is added: then the wire
// must carry it.

constexpr qsizetype kMostWords = 2000;

// What a decoder may find; anything else a child says is a defect of ours, or not its own word.
constexpr Fault kFaults[] = { Fault::UnsupportedType, Fault::TooLarge, Fault::Unprocessable, Fault::Timeout,
                              Fault::Unavailable };

Error untrue(const QString &what)
{
    return makeError(Fault::Unprocessable, QStringLiteral("The picture is damaged or incomplete."),
                     QStringLiteral("the child process gave an answer that cannot be true: ") + what);
}

QJsonObject toJson(const ports::VariantSpec &spec)
{
    const auto &[size, maxSide, mimeType, fit] = spec;
    return { { QStringLiteral("size"), static_cast<int>(size) },
             { QStringLiteral("maxSide"), maxSide },
             { QStringLiteral("mimeType"), mimeType },
             { QStringLiteral("fit"), static_cast<int>(fit) } };
}

ports::VariantSpec variantSpec(const QJsonObject &object)
{
    return { static_cast<entities::VariantSize>(object[QLatin1String("size")].toInt()),
             object[QLatin1String("maxSide")].toInt(), object[QLatin1String("mimeType")].toString(),
             static_cast<ports::Fit>(object[QLatin1String("fit")].toInt()) };
}

QJsonObject toJson(const ports::MadeVariant &made)
{
    // Hash and length are for who trusts the child: nobody.
    const auto &[size, mimeType, file, sha256, bytes, width, height] = made;
    return { { QStringLiteral("size"), static_cast<int>(size) },
             { QStringLiteral("mimeType"), mimeType },
             { QStringLiteral("file"), QFileInfo(file).fileName() },
             { QStringLiteral("width"), width },
             { QStringLiteral("height"), height } };
}

Result<ports::MadeVariant> madeVariant(const QJsonObject &object, const ports::VariantSpec &spec, const QString &folder)
{
    ports::MadeVariant made;
    made.size = spec.size;
    made.mimeType = object[QLatin1String("mimeType")].toString();
    if (!spec.mimeType.isEmpty() && made.mimeType != spec.mimeType)
        return untrue(QStringLiteral("a variant of the type ") + made.mimeType.left(100));
    const QString name = object[QLatin1String("file")].toString();
    if (name.isEmpty() || name.startsWith(QLatin1Char('.')) || name.contains(QLatin1Char('/')))
        return untrue(QStringLiteral("a file called \"%1\"").arg(name.left(100)));
    made.file = folder + QLatin1Char('/') + name;
    made.width = object[QLatin1String("width")].toInt();
    made.height = object[QLatin1String("height")].toInt();
    if (object[QLatin1String("size")].toInt() != static_cast<int>(spec.size) || made.width < 1 || made.height < 1
        || (spec.maxSide > 0 && std::max(made.width, made.height) > spec.maxSide))
        return untrue(QStringLiteral("a variant of %1 x %2 pixels for a side of %3")
                          .arg(made.width)
                          .arg(made.height)
                          .arg(spec.maxSide));
    return made;
}

QJsonObject toJson(const Error &error)
{
    return { { QStringLiteral("fault"), static_cast<int>(error.fault) },
             { QStringLiteral("safe"), error.safe.left(kMostWords) },
             { QStringLiteral("detail"), error.detail.left(kMostWords) } };
}

} // namespace

QJsonObject toJson(const ImageRequest &request)
{
    const auto &[maxBytes, maxPixels, maxSide, maxFrames, maxAnimationPixels, maxDuration] = request.limits;
    QJsonArray variants;
    for (const ports::VariantSpec &spec : request.variants)
        variants.append(toJson(spec));
    return { { QStringLiteral("maxBytes"), maxBytes },
             { QStringLiteral("maxPixels"), maxPixels },
             { QStringLiteral("maxSide"), maxSide },
             { QStringLiteral("maxFrames"), maxFrames },
             { QStringLiteral("maxAnimationPixels"), maxAnimationPixels },
             { QStringLiteral("maxSeconds"), static_cast<qint64>(maxDuration.count()) },
             { QStringLiteral("milliseconds"), static_cast<qint64>(request.time.count()) },
             { QStringLiteral("variants"), variants } };
}

ImageRequest imageRequest(const QJsonObject &object)
{
    ImageRequest request;
    request.limits = { object[QLatin1String("maxBytes")].toInteger(),
                       object[QLatin1String("maxPixels")].toInteger(),
                       object[QLatin1String("maxSide")].toInt(),
                       object[QLatin1String("maxFrames")].toInt(),
                       object[QLatin1String("maxAnimationPixels")].toInteger(),
                       std::chrono::seconds(object[QLatin1String("maxSeconds")].toInteger()) };
    request.time = std::chrono::milliseconds(object[QLatin1String("milliseconds")].toInteger());
    for (const auto &variant : object[QLatin1String("variants")].toArray())
        request.variants.append(variantSpec(variant.toObject()));
    return request;
}

QJsonObject toJson(const Result<ports::ProcessedImage> &answer)
{
    if (!answer)
        return { { QStringLiteral("error"), toJson(answer.error()) } };
    const auto &[mimeType, extension, sha256, width, height, blurhash, variants] = *answer;
    QJsonArray files;
    for (const ports::MadeVariant &made : variants)
        files.append(toJson(made));
    return { { QStringLiteral("mimeType"), mimeType },
             { QStringLiteral("width"), width },
             { QStringLiteral("height"), height },
             { QStringLiteral("blurhash"), blurhash },
             { QStringLiteral("variants"), files } };
}

std::optional<Error> refusal(const QJsonObject &answer)
{
    const QJsonValue error = answer[QLatin1String("error")];
    if (!error.isObject())
        return std::nullopt;
    const int fault = error[QLatin1String("fault")].toInt();
    const auto *known = std::find_if(std::begin(kFaults), std::end(kFaults),
                                     [fault](Fault one) { return static_cast<int>(one) == fault; });
    const QString safe = error[QLatin1String("safe")].toString().simplified().left(kMostWords);
    const QString detail = error[QLatin1String("detail")].toString().simplified().left(kMostWords);
    if (known == std::end(kFaults) || safe.isEmpty())
        return makeError(Fault::Internal, QStringLiteral("The picture could not be processed."), safe + detail);
    return makeError(*known, safe, detail);
}

Result<ports::ProcessedImage> processedImage(const QJsonObject &answer, const ImageRequest &request,
                                             const QString &folder)
{
    ports::ProcessedImage image;
    const ImageType *type = imageTypeByMime(answer[QLatin1String("mimeType")].toString());
    if (type == nullptr)
        return untrue(QStringLiteral("a type that is not accepted"));
    image.mimeType = type->mimeType;
    image.extension = type->extension;
    image.width = answer[QLatin1String("width")].toInt();
    image.height = answer[QLatin1String("height")].toInt();
    const ports::ImageLimits &limits = request.limits;
    if (image.width < 1 || image.height < 1 || std::max(image.width, image.height) > limits.maxSide
        || qint64 { image.width } * image.height > limits.maxPixels)
        return untrue(QStringLiteral("a picture of %1 x %2 pixels").arg(image.width).arg(image.height));
    image.blurhash = answer[QLatin1String("blurhash")].toString();
    if (image.blurhash.size() < 6 || image.blurhash.size() > 100)
        return untrue(QStringLiteral("a blurhash of %1 characters").arg(image.blurhash.size()));

    const QJsonArray variants = answer[QLatin1String("variants")].toArray();
    if (variants.size() != request.variants.size())
        return untrue(QStringLiteral("%1 variants").arg(variants.size()));
    for (qsizetype i = 0; i < variants.size(); ++i)
        image.variants.append(GI_TRY(madeVariant(variants[i].toObject(), request.variants[i], folder)));
    return image;
}

} // namespace graminsta::media
