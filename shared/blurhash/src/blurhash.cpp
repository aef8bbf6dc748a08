// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/blurhash/blurhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace graminsta::blurhash
{

namespace
{

constexpr QStringView kDigits = u"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
constexpr int kMaxComponents = 9;

// Where the reference rounds from double to float, so do we: one unit of difference would be another character.
struct Linear {
    float r = 0;
    float g = 0;
    float b = 0;
};

std::array<float, 256> makeLinearTable()
{
    std::array<float, 256> table {};
    for (size_t i = 0; i < table.size(); ++i) {
        const float v = static_cast<float>(i) / 255;
        table[i] =
            v <= 0.04045 ? static_cast<float>(v / 12.92) : std::pow(static_cast<float>((v + 0.055) / 1.055), 2.4F);
    }
    return table;
}

float toLinear(int value)
{
    static const std::array<float, 256> kTable = makeLinearTable();
    return kTable[static_cast<size_t>(value)];
}

int toSrgb(float value)
{
    const float v = std::clamp(value, 0.0F, 1.0F);
    const double encoded = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, static_cast<float>(1 / 2.4)) - 0.055;
    return static_cast<int>(encoded * 255 + 0.5);
}

float signedPower(float value, float exponent)
{
    return std::copysign(std::pow(std::abs(value), exponent), value);
}

// cos(pi * component * i / length), one row of `length` a component.
std::vector<float> cosines(int components, int length)
{
    std::vector<float> table;
    table.reserve(static_cast<size_t>(components) * static_cast<size_t>(length));
    for (int c = 0; c < components; ++c) {
        for (int i = 0; i < length; ++i)
            table.push_back(std::cos(static_cast<float>(std::numbers::pi * c * i / length)));
    }
    return table;
}

Linear factor(const RgbPixels &pixels, const float *cosX, const float *cosY, bool isConstant)
{
    Linear sum;
    const auto *bytes = reinterpret_cast<const uchar *>(pixels.bytes.constData());
    for (int y = 0; y < pixels.height; ++y) {
        for (int x = 0; x < pixels.width; ++x, bytes += 3) {
            const float basis = cosX[x] * cosY[y];
            sum.r += basis * toLinear(bytes[0]);
            sum.g += basis * toLinear(bytes[1]);
            sum.b += basis * toLinear(bytes[2]);
        }
    }
    const float scale = (isConstant ? 1.0F : 2.0F) / static_cast<float>(pixels.width * pixels.height);
    return { sum.r * scale, sum.g * scale, sum.b * scale };
}

void appendBase83(QString &text, int value, int digits)
{
    int divisor = 1;
    for (int i = 1; i < digits; ++i)
        divisor *= 83;
    for (; divisor > 0; divisor /= 83)
        text += kDigits[value / divisor % 83];
}

std::optional<int> base83(QStringView text)
{
    int value = 0;
    for (const QChar c : text) {
        const qsizetype digit = kDigits.indexOf(c);
        if (digit < 0)
            return std::nullopt;
        value = value * 83 + static_cast<int>(digit);
    }
    return value;
}

int quantised(float value, float maximum)
{
    return static_cast<int>(std::clamp(std::floor(signedPower(value / maximum, 0.5F) * 9 + 9.5F), 0.0F, 18.0F));
}

float dequantised(int value, float maximum)
{
    return signedPower((static_cast<float>(value) - 9) / 9, 2) * maximum;
}

struct Hash {
    Components components;
    std::vector<Linear> factors;
};

std::optional<Hash> parse(QStringView text, float punch)
{
    if (text.size() < 6)
        return std::nullopt;
    const std::optional<int> flags = base83(text.first(1));
    const std::optional<int> maximum = base83(text.sliced(1, 1));
    const std::optional<int> average = base83(text.sliced(2, 4));
    if (!flags || !maximum || !average || *flags >= kMaxComponents * kMaxComponents || *average > 0xffffff)
        return std::nullopt;

    Hash hash { { *flags % 9 + 1, *flags / 9 + 1 }, {} };
    const int count = hash.components.x * hash.components.y;
    if (text.size() != 4 + 2 * count)
        return std::nullopt;
    hash.factors.push_back({ toLinear(*average >> 16), toLinear(*average >> 8 & 255), toLinear(*average & 255) });
    const float scale = static_cast<float>(*maximum + 1) / 166 * punch;
    for (int i = 1; i < count; ++i) {
        const std::optional<int> value = base83(text.sliced(4 + 2 * i, 2));
        if (!value || *value >= 19 * 19 * 19)
            return std::nullopt;
        hash.factors.push_back({ dequantised(*value / (19 * 19), scale), dequantised(*value / 19 % 19, scale),
                                 dequantised(*value % 19, scale) });
    }
    return hash;
}

} // namespace

Components componentsFor(int width, int height)
{
    return { width >= height ? 4 : 3, height >= width ? 4 : 3 };
}

QString encode(const RgbPixels &pixels, Components components)
{
    const std::vector<float> cosX = cosines(components.x, pixels.width);
    const std::vector<float> cosY = cosines(components.y, pixels.height);
    std::vector<Linear> factors;
    for (int y = 0; y < components.y; ++y) {
        for (int x = 0; x < components.x; ++x)
            factors.push_back(factor(pixels, &cosX[static_cast<size_t>(x * pixels.width)],
                                     &cosY[static_cast<size_t>(y * pixels.height)], x == 0 && y == 0));
    }

    float largest = 0;
    for (size_t i = 1; i < factors.size(); ++i)
        largest = std::max({ largest, std::abs(factors[i].r), std::abs(factors[i].g), std::abs(factors[i].b) });
    const bool hasWaves = factors.size() > 1;
    const int maximum = hasWaves ? static_cast<int>(std::clamp(std::floor(largest * 166 - 0.5F), 0.0F, 82.0F)) : 0;
    const float scale = hasWaves ? static_cast<float>(maximum + 1) / 166 : 1;

    QString text;
    appendBase83(text, components.x - 1 + (components.y - 1) * 9, 1);
    appendBase83(text, maximum, 1);
    const Linear &average = factors.front();
    appendBase83(text, (toSrgb(average.r) << 16) + (toSrgb(average.g) << 8) + toSrgb(average.b), 4);
    for (size_t i = 1; i < factors.size(); ++i) {
        const Linear &f = factors[i];
        appendBase83(text, (quantised(f.r, scale) * 19 + quantised(f.g, scale)) * 19 + quantised(f.b, scale), 2);
    }
    return text;
}

std::optional<RgbPixels> decode(QStringView text, int width, int height, float punch)
{
    const std::optional<Hash> hash = parse(text, punch);
    if (!hash || width <= 0 || height <= 0)
        return std::nullopt;

    const std::vector<float> cosX = cosines(hash->components.x, width);
    const std::vector<float> cosY = cosines(hash->components.y, height);
    RgbPixels pixels { width, height, {} };
    pixels.bytes.reserve(qsizetype { width } * height * 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            Linear sum;
            auto f = hash->factors.begin();
            for (int j = 0; j < hash->components.y; ++j) {
                for (int i = 0; i < hash->components.x; ++i, ++f) {
                    const float basis =
                        cosX[static_cast<size_t>(i * width + x)] * cosY[static_cast<size_t>(j * height + y)];
                    sum.r += f->r * basis;
                    sum.g += f->g * basis;
                    sum.b += f->b * basis;
                }
            }
            for (const float channel : { sum.r, sum.g, sum.b })
                pixels.bytes += static_cast<char>(toSrgb(channel));
        }
    }
    return pixels;
}

} // namespace graminsta::blurhash
