// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/oauth/totp.h>

#include <graminsta/core/secrets.h>

#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QtEndian>

namespace graminsta::domain
{

namespace
{

constexpr int kSecretBytes = 20;
constexpr qint64 kStepMs = 30'000;
constexpr quint32 kModulus = 1'000'000;
constexpr int kDigits = 6;

} // namespace

QByteArray newTotpSecret()
{
    return QByteArray::fromBase64(randomToken(kSecretBytes), QByteArray::Base64UrlEncoding);
}

QString base32(const QByteArray &bytes)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QString text;
    quint32 buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | quint8(byte);
        for (bits += 8; bits >= 5; bits -= 5)
            text += QLatin1Char(alphabet[(buffer >> (bits - 5)) & 31]);
    }
    if (bits > 0)
        text += QLatin1Char(alphabet[(buffer << (5 - bits)) & 31]);
    return text;
}

qint64 totpStep(Timestamp time)
{
    return toUnixMs(time) / kStepMs;
}

QString totpCode(const QByteArray &secret, qint64 step)
{
    char counter[8];
    qToBigEndian(step, counter);
    const QByteArray hash =
        QMessageAuthenticationCode::hash(QByteArray(counter, sizeof counter), secret, QCryptographicHash::Sha1);
    // RFC 4226 section 5.3.
    const int offset = hash.back() & 0xF;
    const quint32 number = qFromBigEndian<quint32>(hash.constData() + offset) & 0x7FFFFFFF;
    return QString::number(number % kModulus).rightJustified(kDigits, QLatin1Char('0'));
}

std::optional<qint64> matchingTotpStep(const QByteArray &secret, const QString &code, Timestamp now)
{
    const QByteArray given = QString(code).remove(QLatin1Char(' ')).toUtf8();
    std::optional<qint64> found;
    for (const qint64 step : { totpStep(now) - 1, totpStep(now) + 1, totpStep(now) }) {
        if (constantTimeEquals(totpCode(secret, step).toUtf8(), given))
            found = step;
    }
    return found;
}

QString totpUri(const QByteArray &secret, const QString &issuer, const QString &account)
{
    const auto escaped = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    return QStringLiteral("otpauth://totp/%1:%2?secret=%3&issuer=%1&algorithm=SHA1&digits=6&period=30")
        .arg(escaped(issuer), escaped(account), base32(secret));
}

} // namespace graminsta::domain
