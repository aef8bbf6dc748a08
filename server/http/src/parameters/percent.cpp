// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/percent.h"

#include <QStringDecoder>

namespace graminsta::http
{

namespace
{

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

std::optional<QString> decodeUtf8(QByteArrayView bytes)
{
    if (bytes.contains('\0'))
        return std::nullopt;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

std::optional<QString> decodePercent(QByteArrayView text, PercentRule rule)
{
    const bool plain = !text.contains('%') && (rule == PercentRule::Path || !text.contains('+'));
    if (plain)
        return decodeUtf8(text);
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
            const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
            if (low >= 0) {
                bytes += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
            if (rule == PercentRule::Path)
                return std::nullopt;
        }
        bytes += c == '+' && rule == PercentRule::Form ? ' ' : c;
    }
    return decodeUtf8(bytes);
}

} // namespace graminsta::http
