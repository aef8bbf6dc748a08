// SPDX-License-Identifier: GPL-3.0-or-later
#include "colourcodes.h"

#include <QFile>

#include <array>
#include <cmath>
#include <functional>
#include <libheif/heif.h>

namespace graminsta::media
{

namespace
{

constexpr char kPrimariesField[] = "graminsta-colour-primaries";
constexpr char kTransferField[] = "graminsta-transfer";

// ITU-T H.273 tables 2 and 3, those that differ from sRGB and occur in photos.
enum Primaries { Bt601Pal = 5, Bt601Ntsc = 6, Bt2020 = 9, DisplayP3 = 12 };
enum Transfer { Gamma22 = 4, Linear = 8, Pq = 16, Hlg = 18 };

constexpr double kPaperWhite = 203; // cd/m2; ITU-R BT.2408
constexpr double kBrightest = 1000;
constexpr double kKnee = 0.7;
constexpr double kHlgSystemGamma = 1.2; // for kBrightest; ITU-R BT.2100
constexpr int kSteps16 = 65536;
// libvips shifts 10 and 12 bits up to 16: this is the white of 10.
constexpr double kWhite16 = 1023 << 6;

using Matrix = std::array<std::array<double, 3>, 3>;

struct Chromaticities {
    double redX, redY, greenX, greenY, blueX, blueY;
};

Chromaticities chromaticitiesOf(int primaries)
{
    switch (primaries) {
    case Bt601Pal:
        return { 0.640, 0.330, 0.290, 0.600, 0.150, 0.060 };
    case Bt601Ntsc:
        return { 0.630, 0.340, 0.310, 0.595, 0.155, 0.070 };
    case Bt2020:
        return { 0.708, 0.292, 0.170, 0.797, 0.131, 0.046 };
    case DisplayP3:
        return { 0.680, 0.320, 0.265, 0.690, 0.150, 0.060 };
    default:
        return { 0.640, 0.330, 0.300, 0.600, 0.150, 0.060 };
    }
}

Matrix product(const Matrix &a, const Matrix &b)
{
    Matrix result {};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 3; ++column) {
            for (size_t i = 0; i < 3; ++i)
                result[row][column] += a[row][i] * b[i][column];
        }
    }
    return result;
}

Matrix inverse(const Matrix &m)
{
    const auto minor = [&m](size_t row, size_t column) {
        const size_t r1 = (row + 1) % 3;
        const size_t r2 = (row + 2) % 3;
        const size_t c1 = (column + 1) % 3;
        const size_t c2 = (column + 2) % 3;
        return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]; // signed already, by the cyclic order
    };
    const double determinant = m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2);
    Matrix result {};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 3; ++column)
            result[row][column] = minor(column, row) / determinant;
    }
    return result;
}

// From linear RGB to XYZ; all of these have the white of D65.
Matrix toXyz(int primaries)
{
    const Chromaticities c = chromaticitiesOf(primaries);
    const auto tall = [](double x, double y) { return std::array<double, 3> { x / y, 1, (1 - x - y) / y }; };
    const std::array<double, 3> red = tall(c.redX, c.redY);
    const std::array<double, 3> green = tall(c.greenX, c.greenY);
    const std::array<double, 3> blue = tall(c.blueX, c.blueY);
    const std::array<double, 3> white = tall(0.3127, 0.3290);
    Matrix m {};
    for (size_t row = 0; row < 3; ++row)
        m[row] = { red[row], green[row], blue[row] };
    const Matrix back = inverse(m);
    for (size_t column = 0; column < 3; ++column) {
        const double share = back[column][0] * white[0] + back[column][1] * white[1] + back[column][2] * white[2];
        for (size_t row = 0; row < 3; ++row)
            m[row][column] *= share;
    }
    return m;
}

double fromPq(double signal)
{
    const double power = std::pow(signal, 1 / 78.84375);
    const double ratio = std::max(power - 0.8359375, 0.0) / (18.8515625 - 18.6875 * power);
    return 10'000 * std::pow(ratio, 1 / 0.1593017578125) / kPaperWhite;
}

// The light of the scene, 0..1.
double fromHlg(double signal)
{
    constexpr double a = 0.17883277;
    constexpr double b = 1 - 4 * a;
    const double c = 0.5 - a * std::log(4 * a);
    return signal <= 0.5 ? signal * signal / 3 : (std::exp((signal - c) / a) + b) / 12;
}

double fromSrgb(double signal)
{
    return signal <= 0.04045 ? signal / 12.92 : std::pow((signal + 0.055) / 1.055, 2.4);
}

double toSrgbSignal(double light)
{
    return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

// 1 is the white of paper before and the white of the screen after.
double compressed(double light)
{
    if (light <= kKnee)
        return light;
    constexpr double kRoom = 1 - kKnee;
    constexpr double kMost = (kBrightest / kPaperWhite - kKnee) / kRoom;
    const double over = (light - kKnee) / kRoom;
    return std::min(1.0, kKnee + kRoom * over * (1 + over / (kMost * kMost)) / (1 + over));
}

double lightOf(double signal, int transfer)
{
    switch (transfer) {
    case Gamma22:
        return std::pow(signal, 2.2);
    case Linear:
        return signal;
    case Pq:
        return compressed(fromPq(signal));
    case Hlg:
        return fromHlg(signal);
    default:
        return fromSrgb(signal);
    }
}

template<typename Value> Result<Picture> table(int steps, VipsBandFormat format, const std::function<Value(int)> &value)
{
    std::vector<Value> values;
    values.reserve(static_cast<size_t>(steps));
    for (int i = 0; i < steps; ++i)
        values.push_back(value(i));
    Picture picture(vips_image_new_from_memory_copy(values.data(), values.size() * sizeof(Value), steps, 1, 1, format));
    if (!picture)
        return undecodable();
    return picture;
}

Result<Picture> mapped(const Picture &in, const Picture &table)
{
    return derive(vips_maplut, in, table.get());
}

// Values of 0..1 as whole numbers of 16 bits, which a table can be asked with; clipped.
Result<Picture> inSteps(const Picture &in)
{
    const Picture scaled = GI_TRY(derive(vips_linear1, in, kSteps16 - 1.0, 0.0));
    const Picture rounded = GI_TRY(derive(vips_round, scaled, VIPS_OPERATION_ROUND_RINT));
    return derive(vips_cast, rounded, VIPS_FORMAT_USHORT);
}

// From the light of the scene to that of a screen of kBrightest (BT.2100 table 5), compressed.
Result<Picture> shownHlg(const Picture &scene)
{
    const std::array<double, 3> luminance = toXyz(Bt2020)[1];
    const Picture weights(vips_image_new_matrixv(3, 1, luminance[0], luminance[1], luminance[2]));
    const Picture luma = GI_TRY(derive(vips_recomb, scene, weights.get()));
    const Picture gain = GI_TRY(derive(vips_pow_const1, luma, kHlgSystemGamma - 1));
    VipsImage *product = nullptr;
    if (vips_multiply(scene.get(), gain.get(), &product, nullptr) != 0)
        return undecodable();
    const Picture shown(product);
    const Picture steps = GI_TRY(inSteps(shown));
    const Picture tone = GI_TRY(table<float>(kSteps16, VIPS_FORMAT_FLOAT, [](int step) {
        return static_cast<float>(compressed(step / (kSteps16 - 1.0) * kBrightest / kPaperWhite));
    }));
    return mapped(steps, tone);
}

Result<Picture> toSrgbPrimaries(const Picture &light, int primaries)
{
    const Matrix m = product(inverse(toXyz(1)), toXyz(primaries));
    const Picture matrix(
        vips_image_new_matrixv(3, 3, m[0][0], m[0][1], m[0][2], m[1][0], m[1][1], m[1][2], m[2][0], m[2][1], m[2][2]));
    return derive(vips_recomb, light, matrix.get());
}

std::optional<ColourCodes> readColourCodes(const QByteArray &file)
{
    const std::unique_ptr<heif_context, decltype(&heif_context_free)> context(heif_context_alloc(), heif_context_free);
    heif_image_handle *primary = nullptr;
    if (heif_context_read_from_file(context.get(), file.constData(), nullptr).code != heif_error_Ok
        || heif_context_get_primary_image_handle(context.get(), &primary).code != heif_error_Ok)
        return {}; // the decoder says what is wrong with it
    const std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)> handle(primary,
                                                                                          heif_image_handle_release);
    heif_color_profile_nclx *found = nullptr;
    if (heif_image_handle_get_nclx_color_profile(handle.get(), &found).code != heif_error_Ok || found == nullptr)
        return {};
    const std::unique_ptr<heif_color_profile_nclx, decltype(&heif_nclx_color_profile_free)> nclx(
        found, heif_nclx_color_profile_free);
    return ColourCodes { nclx->color_primaries, nclx->transfer_characteristics };
}

int noted(const Picture &picture, const char *field)
{
    int value = 0;
    const bool isThere = vips_image_get_typeof(picture.get(), field) != 0;
    return isThere && vips_image_get_int(picture.get(), field, &value) == 0 ? value : 0;
}

} // namespace

void noteColourCodes(const Picture &picture, const QByteArray &file)
{
    if (vips_image_get_typeof(picture.get(), VIPS_META_ICC_NAME) != 0)
        return;
    if (const std::optional<ColourCodes> codes = readColourCodes(file)) {
        vips_image_set_int(picture.get(), kPrimariesField, codes->primaries);
        vips_image_set_int(picture.get(), kTransferField, codes->transfer);
    }
}

std::optional<ColourCodes> notedColourCodes(const Picture &picture)
{
    const ColourCodes codes { noted(picture, kPrimariesField), noted(picture, kTransferField) };
    const bool hasOtherPrimaries = codes.primaries == Bt601Pal || codes.primaries == Bt601Ntsc
        || codes.primaries == Bt2020 || codes.primaries == DisplayP3;
    const bool hasOtherTransfer =
        codes.transfer == Gamma22 || codes.transfer == Linear || codes.transfer == Pq || codes.transfer == Hlg;
    return hasOtherPrimaries || hasOtherTransfer ? std::optional(codes) : std::nullopt;
}

Result<Picture> srgbFromCodes(const Picture &picture, const ColourCodes &codes)
{
    const bool isDeep = picture->BandFmt == VIPS_FORMAT_USHORT;
    const double white = isDeep ? kWhite16 : 255;
    const Picture decode = GI_TRY(table<float>(isDeep ? kSteps16 : 256, VIPS_FORMAT_FLOAT, [white, &codes](int signal) {
        return static_cast<float>(lightOf(std::min(1.0, signal / white), codes.transfer));
    }));
    const Picture encode = GI_TRY(table<uchar>(kSteps16, VIPS_FORMAT_UCHAR, [](int step) {
        return static_cast<uchar>(std::lround(toSrgbSignal(step / (kSteps16 - 1.0)) * 255));
    }));
    Picture light = GI_TRY(mapped(picture, decode));
    if (codes.transfer == Hlg)
        light = GI_TRY(shownHlg(light));
    light = GI_TRY(toSrgbPrimaries(light, codes.primaries));
    light = GI_TRY(inSteps(light));
    Picture shown = GI_TRY(mapped(light, encode));
    return derive(vips_copy, shown, "interpretation", VIPS_INTERPRETATION_sRGB);
}

} // namespace graminsta::media
