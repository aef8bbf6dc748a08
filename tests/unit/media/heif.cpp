// SPDX-License-Identifier: GPL-3.0-or-later
#include "heif.h"

#include <libheif/heif.h>

#include <cstring>

namespace graminsta::test
{

namespace
{

heif_error append(heif_context *, const void *data, size_t size, void *file)
{
    static_cast<QByteArray *>(file)->append(static_cast<const char *>(data), static_cast<qsizetype>(size));
    return { heif_error_Ok, heif_suberror_Unspecified, "" };
}

heif_image *coded(const QImage &image, int bits, const std::optional<HeifCodes> &codes)
{
    const QImage deep = image.convertToFormat(QImage::Format_RGBX64);
    heif_image *made = nullptr;
    const bool isDeep = bits > 8;
    heif_image_create(deep.width(), deep.height(), heif_colorspace_RGB,
                      isDeep ? heif_chroma_interleaved_RRGGBB_LE : heif_chroma_interleaved_RGB, &made);
    heif_image_add_plane(made, heif_channel_interleaved, deep.width(), deep.height(), bits);
    int stride = 0;
    uint8_t *plane = heif_image_get_plane(made, heif_channel_interleaved, &stride);
    for (int y = 0; y < deep.height(); ++y) {
        const auto *line = reinterpret_cast<const quint16 *>(deep.constScanLine(y));
        for (int x = 0; x < deep.width() * 3; ++x) {
            const auto value = static_cast<quint16>(line[x / 3 * 4 + x % 3] >> (16 - bits));
            if (isDeep)
                std::memcpy(plane + y * stride + x * 2, &value, 2);
            else
                plane[y * stride + x] = static_cast<uint8_t>(value);
        }
    }
    if (codes) {
        heif_color_profile_nclx *nclx = heif_nclx_color_profile_alloc();
        heif_nclx_color_profile_set_color_primaries(nclx, static_cast<uint16_t>(codes->primaries));
        heif_nclx_color_profile_set_transfer_characteristics(nclx, static_cast<uint16_t>(codes->transfer));
        nclx->matrix_coefficients = heif_matrix_coefficients_ITU_R_BT_601_6;
        nclx->full_range_flag = 1;
        heif_image_set_nclx_color_profile(made, nclx);
        heif_nclx_color_profile_free(nclx);
    }
    return made;
}

} // namespace

QByteArray heif(const QImage &image, HeifKind kind, std::optional<HeifCodes> codes)
{
    const bool isHeic = kind == HeifKind::Heic10Bit;
    heif_context *context = heif_context_alloc();
    heif_encoder *encoder = nullptr;
    QByteArray file;
    const heif_error found =
        heif_context_get_encoder_for_format(context, isHeic ? heif_compression_HEVC : heif_compression_AV1, &encoder);
    if (found.code == heif_error_Ok) {
        heif_encoder_set_lossy_quality(encoder, 95);
        heif_image *pixels = coded(image, isHeic ? 10 : 8, codes);
        heif_encoding_options *options = heif_encoding_options_alloc();
        options->macOS_compatibility_workaround_no_nclx_profile = 0;
        const heif_error encoded = heif_context_encode_image(context, pixels, encoder, options, nullptr);
        heif_writer writer { 1, append };
        if (encoded.code == heif_error_Ok)
            heif_context_write(context, &writer, &file);
        heif_encoding_options_free(options);
        heif_image_release(pixels);
        heif_encoder_release(encoder);
    }
    heif_context_free(context);
    return file;
}

QImage heifPixels(const QByteArray &file)
{
    heif_context *context = heif_context_alloc();
    heif_image_handle *handle = nullptr;
    heif_image *image = nullptr;
    QImage pixels;
    if (heif_context_read_from_memory_without_copy(context, file.constData(), static_cast<size_t>(file.size()), nullptr)
                .code
            == heif_error_Ok
        && heif_context_get_primary_image_handle(context, &handle).code == heif_error_Ok
        && heif_decode_image(handle, &image, heif_colorspace_RGB,
                             heif_image_handle_get_luma_bits_per_pixel(handle) > 8 ? heif_chroma_interleaved_RRGGBB_LE
                                                                                   : heif_chroma_interleaved_RGB,
                             nullptr)
                .code
            == heif_error_Ok) {
        int stride = 0;
        const uint8_t *plane = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
        const int bits = heif_image_get_bits_per_pixel_range(image, heif_channel_interleaved);
        const double most = (1 << bits) - 1;
        pixels =
            QImage(heif_image_get_primary_width(image), heif_image_get_primary_height(image), QImage::Format_RGBX64);
        for (int y = 0; y < pixels.height(); ++y) {
            auto *line = reinterpret_cast<quint16 *>(pixels.scanLine(y));
            for (int x = 0; x < pixels.width() * 3; ++x) {
                quint16 value = plane[y * stride + x];
                if (bits > 8)
                    std::memcpy(&value, plane + y * stride + x * 2, 2);
                line[x / 3 * 4 + x % 3] = static_cast<quint16>(qRound(value / most * 65535));
                line[x / 3 * 4 + 3] = 65535;
            }
        }
        if (const size_t size = heif_image_handle_get_raw_color_profile_size(handle); size > 0) {
            QByteArray profile(static_cast<qsizetype>(size), '\0');
            heif_image_handle_get_raw_color_profile(handle, profile.data());
            pixels.setColorSpace(QColorSpace::fromIccProfile(profile));
        }
        heif_image_release(image);
    }
    heif_image_handle_release(handle);
    heif_context_free(context);
    return pixels;
}

} // namespace graminsta::test
