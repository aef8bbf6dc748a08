// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameterreader.h"

#include "parameters/percent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace graminsta::http
{

namespace
{

Error invalid(const QString &why)
{
    return makeError(Fault::Invalid, why);
}

QString numberText(const QJsonValue &value)
{
    const QVariant number = value.toVariant();
    return number.typeId() == QMetaType::LongLong ? QString::number(number.toLongLong())
                                                  : QString::number(number.toDouble(), 'g', 17);
}

QString within(const QString &name, const QString &key)
{
    return name.isEmpty() ? key : name + QLatin1Char('[') + key + QLatin1Char(']');
}

} // namespace

Result<> ParameterReader::checkName(const QString &name)
{
    if (++m_count > kMaxParameters)
        return invalid(QStringLiteral("Too many parameters: the limit is %1").arg(kMaxParameters));
    if (name.size() > kMaxParameterNameLength)
        return invalid(QStringLiteral("A parameter's name is too long"));
    if (name.count(QLatin1Char('[')) > kMaxParameterDepth)
        return invalid(QStringLiteral("A parameter is nested too deeply"));
    return {};
}

Result<> ParameterReader::add(const QString &name, const QString &value)
{
    GI_TRY(checkName(name));
    m_parameters.add(name, value);
    return {};
}

Result<> ParameterReader::addFile(const QString &name, UploadedFile file)
{
    GI_TRY(checkName(name));
    m_parameters.addFile(name, std::move(file));
    return {};
}

Result<> ParameterReader::addUrlEncoded(QByteArrayView text)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('&');
        const QByteArrayView pair = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const auto name = decodePercent(equals < 0 ? pair : pair.first(equals), PercentRule::Form);
        const auto value = decodePercent(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1), PercentRule::Form);
        if (!name || !value)
            return invalid(QStringLiteral("A parameter is not valid UTF-8 text"));
        if (!name->isEmpty())
            GI_TRY(add(*name, *value));
    }
    return {};
}

Result<> ParameterReader::addJson(const QByteArray &text)
{
    if (text.trimmed().isEmpty())
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return invalid(
            QStringLiteral("The body is not valid JSON: %1 at byte %2").arg(error.errorString()).arg(error.offset));
    if (!document.isObject())
        return invalid(QStringLiteral("The body must be a JSON object"));
    return addValue({}, document.object(), 0);
}

// A null is a parameter that was not given: clients send all their optional ones.
Result<> ParameterReader::addValue(const QString &name, const QJsonValue &value, int depth)
{
    if (depth > kMaxParameterDepth)
        return invalid(QStringLiteral("A parameter is nested too deeply"));
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.constBegin(); member != object.constEnd(); ++member)
            GI_TRY(addValue(within(name, member.key()), member.value(), depth + 1));
        return {};
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        if (array.isEmpty() && !name.isEmpty())
            m_parameters.addEmptyList(name);
        for (qsizetype i = 0; i < array.size(); ++i)
            GI_TRY(addValue(within(name, QString::number(i)), array.at(i), depth + 1));
        return {};
    }
    if (value.isNull() || value.isUndefined())
        return {};
    if (value.isBool())
        return add(name, value.toBool() ? QStringLiteral("true") : QStringLiteral("false"));
    if (value.isDouble())
        return add(name, numberText(value));
    const QString text = value.toString();
    if (text.contains(QChar(u'\0')))
        return invalid(QStringLiteral("%1 must not contain a NUL character").arg(name));
    return add(name, text);
}

} // namespace graminsta::http
