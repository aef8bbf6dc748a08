// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/wording.h>

#include <QDateTime>
#include <QLocale>

#include <array>
#include <utility>

namespace graminsta
{

namespace
{

QDateTime toLocal(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(time)).toLocalTime();
}

// The character that an entity stands for ("amp", "#39", "#x27"); empty if it is unknown.
QString decodedEntity(QStringView name)
{
    static constexpr std::array<std::pair<QLatin1String, char16_t>, 6> kNamed { { { QLatin1String("amp"), u'&' },
                                                                                  { QLatin1String("lt"), u'<' },
                                                                                  { QLatin1String("gt"), u'>' },
                                                                                  { QLatin1String("quot"), u'"' },
                                                                                  { QLatin1String("apos"), u'\'' },
                                                                                  { QLatin1String("nbsp"),
                                                                                    u'\u00a0' } } };
    for (const auto &[word, character] : kNamed) {
        if (name == word) {
            return QString(QChar(character));
        }
    }
    if (!name.startsWith(u'#')) {
        return {};
    }
    const bool hexadecimal = name.size() > 1 && (name[1] == u'x' || name[1] == u'X');
    bool ok = false;
    const uint code = name.mid(hexadecimal ? 2 : 1).toUInt(&ok, hexadecimal ? 16 : 10);
    const char32_t character = code;
    return ok && code > 0 && code <= 0x10ffff ? QString::fromUcs4(&character, 1) : QString();
}

// What a tag leaves behind in plain text.
QLatin1String textOfTag(QStringView tag)
{
    const qsizetype end = tag.indexOf(u' ');
    const QStringView name = end < 0 ? tag : tag.left(end);
    if (name == u"br" || name == u"br/") {
        return QLatin1String("\n");
    }
    return name == u"/p" || name == u"/li" ? QLatin1String("\n\n") : QLatin1String();
}

} // namespace

QString briefAge(Timestamp then, Timestamp now)
{
    using namespace std::chrono;
    const auto age = now - then;
    if (age < minutes(1)) {
        return QStringLiteral("now");
    }
    if (age < hours(1)) {
        return QStringLiteral("%1 min").arg(duration_cast<minutes>(age).count());
    }
    if (age < days(1)) {
        return QStringLiteral("%1 h").arg(duration_cast<hours>(age).count());
    }
    if (age < days(7)) {
        return QStringLiteral("%1 d").arg(duration_cast<days>(age).count());
    }
    const QDateTime local = toLocal(then);
    const bool sameYear = local.date().year() == toLocal(now).date().year();
    return QLocale().toString(local.date(), sameYear ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy"));
}

QString fullTime(Timestamp then)
{
    return QLocale().toString(toLocal(then), QLocale::LongFormat);
}

QString briefCount(qint64 count)
{
    const auto shortened = [](qint64 tenths, QLatin1String unit) {
        const QString whole = QString::number(tenths / 10);
        return tenths >= 100 || tenths % 10 == 0 ? whole + unit
                                                 : whole + QLatin1Char('.') + QString::number(tenths % 10) + unit;
    };
    if (count < 1000) {
        return QString::number(count);
    }
    return count < 1'000'000 ? shortened(count / 100, QLatin1String("k"))
                             : shortened(count / 100'000, QLatin1String("M"));
}

QString counted(qint64 count, const QString &one, const QString &many)
{
    return briefCount(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

QString fileSize(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString messageOf(const Error &error)
{
    if (!error.safe.isEmpty()) {
        return error.safe;
    }
    switch (error.fault) {
    case Fault::NotFound:
    case Fault::Gone:
        return QStringLiteral("It is not there any more.");
    case Fault::Unauthorized:
        return QStringLiteral("The server asks you to sign in again.");
    case Fault::Forbidden:
        return QStringLiteral("The server does not allow this.");
    case Fault::TooLarge:
        return QStringLiteral("That is too large for this server.");
    case Fault::RateLimited:
        return QStringLiteral("Too many requests. Wait a little, then try again.");
    case Fault::Unavailable:
        return QStringLiteral("The server cannot be reached.");
    case Fault::Timeout:
        return QStringLiteral("The server took too long to answer.");
    case Fault::Cancelled:
        return QStringLiteral("Cancelled.");
    default:
        return QStringLiteral("Something went wrong.");
    }
}

bool worthRetrying(const Error &error)
{
    return error.fault == Fault::Unavailable || error.fault == Fault::Timeout || error.fault == Fault::RateLimited
        || error.fault == Fault::Internal;
}

QString plainText(const QString &html)
{
    QString text;
    text.reserve(html.size());
    const QStringView all(html);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QChar character = all[i];
        if (character == u'<') {
            const qsizetype end = all.indexOf(u'>', i);
            if (end < 0) {
                break;
            }
            text += textOfTag(all.mid(i + 1, end - i - 1));
            i = end;
        } else if (character == u'&') {
            const qsizetype end = all.indexOf(u';', i);
            const QString decoded = end > i && end - i <= 10 ? decodedEntity(all.mid(i + 1, end - i - 1)) : QString();
            text += decoded.isEmpty() ? QString(character) : decoded;
            i = decoded.isEmpty() ? i : end;
        } else {
            text += character;
        }
    }
    return text.trimmed();
}

} // namespace graminsta
