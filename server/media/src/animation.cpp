// SPDX-License-Identifier: GPL-3.0-or-later
#include "animation.h"

#include "imagesource.h"

namespace graminsta::media
{

namespace
{

// A screen of 3840 x 2160. A decoder holds three pictures of the canvas: 100 MB of this one.
constexpr qint64 kMostCanvasPixels = 8'294'400;

} // namespace

Result<> checkAnimation(const CleanFile &animation, const ports::ImageLimits &limits)
{
    if (!animation.isAnimated())
        return {};
    const qint64 canvas = qint64 { animation.canvas.width() } * animation.canvas.height();
    if (canvas > kMostCanvasPixels)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The animation has %1 x %2 = %3 pixels; at most %4 are allowed where it moves.")
                             .arg(animation.canvas.width())
                             .arg(animation.canvas.height())
                             .arg(canvas)
                             .arg(kMostCanvasPixels));
    const qint64 pixels = canvas * animation.frames;
    if (pixels > limits.maxAnimationPixels)
        return makeError(
            Fault::TooLarge,
            QStringLiteral("The animation has %1 pictures of %2 x %3 = %4 pixels; at most %5 are allowed together.")
                .arg(animation.frames)
                .arg(animation.canvas.width())
                .arg(animation.canvas.height())
                .arg(pixels)
                .arg(limits.maxAnimationPixels));
    if (animation.duration > limits.maxDuration)
        return makeError(Fault::TooLarge,
                         QStringLiteral("The animation lasts %1 seconds; at most %2 are allowed.")
                             .arg(std::chrono::ceil<std::chrono::seconds>(animation.duration).count())
                             .arg(limits.maxDuration.count()));
    return {};
}

Result<> proveAnimation(const QString &file, const ImageType &type, const Deadline &deadline)
{
    const ImageSource animation = GI_TRY(ImageSource::open(file, type, deadline));
    const Picture pictures = GI_TRY(animation.allPictures());
    double average = 0; // asks for every pixel
    if (vips_avg(pictures.get(), &average, nullptr) != 0)
        return undecodable();
    return {};
}

} // namespace graminsta::media
