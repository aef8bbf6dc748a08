// SPDX-License-Identifier: GPL-3.0-or-later
#include "textcolumns.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <charconv>

namespace graminsta::sql
{

using entities::MediaVariant;
using entities::Mention;
using entities::ProfileField;

namespace
{

QString packed(const QJsonArray &array)
{
    return array.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QJsonArray unpacked(QByteArrayView utf8)
{
    if (utf8.isEmpty())
        return {};
    return QJsonDocument::fromJson(QByteArray::fromRawData(utf8.data(), utf8.size())).array();
}

// Takes the text up to the next separator, which goes too.
QByteArrayView takeWord(QByteArrayView &rest, char separator)
{
    const qsizetype end = rest.indexOf(separator);
    const QByteArrayView word = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return word;
}

template<typename Number> Number takeNumber(QByteArrayView &rest)
{
    const QByteArrayView digits = takeWord(rest, ' ');
    Number number = 0;
    std::from_chars(digits.begin(), digits.end(), number);
    return number;
}

// The types that are made share their text: no allocation for each row.
QString mimeType(QByteArrayView word)
{
    if (word == "image/jpeg")
        return QStringLiteral("image/jpeg");
    if (word == "image/webp")
        return QStringLiteral("image/webp");
    if (word == "video/mp4")
        return QStringLiteral("video/mp4");
    return QString::fromUtf8(word);
}

} // namespace

QString packTexts(const QStringList &texts)
{
    return packed(QJsonArray::fromStringList(texts));
}

QStringList unpackTexts(QByteArrayView utf8)
{
    QStringList texts;
    const QJsonArray array = unpacked(utf8);
    for (const auto &value : array)
        texts.append(value.toString());
    return texts;
}

QString packFields(const QList<ProfileField> &fields)
{
    QJsonArray array;
    for (const ProfileField &field : fields)
        array.append(QJsonArray { field.name, field.value });
    return packed(array);
}

QList<ProfileField> unpackFields(QByteArrayView utf8)
{
    QList<ProfileField> fields;
    const QJsonArray array = unpacked(utf8);
    for (const auto &value : array)
        fields.append({ value.toArray().at(0).toString(), value.toArray().at(1).toString() });
    return fields;
}

// Ids as texts: a number of JSON is a double to some readers.
QString packMentions(const QList<Mention> &mentions)
{
    QJsonArray array;
    for (const Mention &mention : mentions)
        array.append(QJsonArray { mention.accountId.toString(), mention.username });
    return packed(array);
}

QList<Mention> unpackMentions(QByteArrayView utf8)
{
    QList<Mention> mentions;
    const QJsonArray array = unpacked(utf8);
    for (const auto &value : array) {
        const QJsonArray pair = value.toArray();
        mentions.append({ AccountId { pair.at(0).toString().toLongLong() }, pair.at(1).toString() });
    }
    return mentions;
}

QString packDescriptions(const QList<entities::StatusEdit::Media> &media)
{
    QJsonArray array;
    for (const entities::StatusEdit::Media &one : media)
        array.append(QJsonArray { one.id.toString(), one.description });
    return packed(array);
}

QList<entities::StatusEdit::Media> unpackDescriptions(QByteArrayView utf8)
{
    QList<entities::StatusEdit::Media> media;
    const QJsonArray array = unpacked(utf8);
    for (const auto &value : array) {
        const QJsonArray pair = value.toArray();
        media.append({ MediaId { pair.at(0).toString().toLongLong() }, pair.at(1).toString() });
    }
    return media;
}

QString packVariants(const QList<MediaVariant> &variants)
{
    QString lines;
    for (const MediaVariant &variant : variants) {
        lines +=
            QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                .arg(QString::number(static_cast<int>(variant.size)), variant.key, variant.mimeType,
                     QString::number(variant.width), QString::number(variant.height), QString::number(variant.bytes));
    }
    return lines;
}

QList<MediaVariant> unpackVariants(QByteArrayView utf8)
{
    QList<MediaVariant> variants;
    while (!utf8.isEmpty()) {
        QByteArrayView line = takeWord(utf8, '\n');
        MediaVariant variant;
        variant.size = static_cast<entities::VariantSize>(takeNumber<int>(line));
        variant.key = QString::fromUtf8(takeWord(line, ' '));
        variant.mimeType = mimeType(takeWord(line, ' '));
        variant.width = takeNumber<int>(line);
        variant.height = takeNumber<int>(line);
        variant.bytes = takeNumber<qint64>(line);
        variants.append(std::move(variant));
    }
    return variants;
}

} // namespace graminsta::sql
