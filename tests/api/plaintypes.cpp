// SPDX-License-Identifier: GPL-3.0-or-later
#include "plaintypes.h"

#include <QRegularExpression>
#include <QUrl>

#include <cmath>

namespace graminsta::api_test
{

namespace
{

bool isUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.scheme().startsWith(QStringLiteral("http"));
}

} // namespace

std::optional<bool> isPlain(const QJsonValue &value, const QString &type)
{
    // Strict clients (toot) need a fraction and the Z.
    static const QRegularExpression time(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z$"));
    static const QRegularExpression date(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d$"));
    static const QRegularExpression id(QStringLiteral("^[1-9]\\d*$"));
    static const QRegularExpression digits(QStringLiteral("^\\d+$"));
    static const QRegularExpression language(QStringLiteral("^[a-z]{2,3}(-[A-Za-z0-9]+)*$"));
    const QString text = value.toString();
    const auto is = [&](const char *name) { return type == QLatin1String(name); };
    const bool string = value.isString();
    if (is("string"))
        return string;
    if (is("text"))
        return string && !text.isEmpty();
    if (is("id"))
        return string && id.match(text).hasMatch();
    if (is("url"))
        return string && isUrl(text);
    if (is("time"))
        return string && time.match(text).hasMatch();
    if (is("date"))
        return string && date.match(text).hasMatch();
    if (is("digits"))
        return string && digits.match(text).hasMatch();
    if (is("language"))
        return string && language.match(text).hasMatch();
    if (is("bool"))
        return value.isBool();
    if (is("number"))
        return value.isDouble();
    if (is("count"))
        return value.isDouble() && value.toDouble() >= 0 && std::floor(value.toDouble()) == value.toDouble();
    if (is("object"))
        return value.isObject();
    return std::nullopt;
}

} // namespace graminsta::api_test
