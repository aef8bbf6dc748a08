// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/mediagrants.h>

#include <graminsta/core/secrets.h>

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace graminsta::domain
{

namespace
{

constexpr qint64 kDay = 86'400;
constexpr qint64 kDays = 3; // the last one is what rounding leaves
constexpr qsizetype kLongest = 128; // of an expiry, a signature: far more than either has

} // namespace

MediaGrants::MediaGrants(QByteArray key, const Clock &clock)
    : m_key(std::move(key))
    , m_clock(clock)
{
}

void MediaGrants::grant(entities::MediaAttachment &media) const
{
    const qint64 now = toUnixMs(m_clock.now()) / 1000;
    for (entities::MediaVariant &variant : media.variants) {
        variant.grant.clear();
        if (media.published)
            continue;
        // The name is a hash: its digits are spread evenly.
        const qint64 shift = variant.key.first(std::min<qsizetype>(4, variant.key.size())).toInt(nullptr, 16) % kDay;
        const qint64 expiry = ((now + shift) / kDay + kDays) * kDay - shift;
        variant.grant =
            QStringLiteral("e=%1&s=%2").arg(expiry).arg(QString::fromLatin1(signature(variant.key.toLatin1(), expiry)));
    }
}

void MediaGrants::grant(QList<entities::MediaAttachment> &media) const
{
    for (entities::MediaAttachment &one : media)
        grant(one);
}

std::optional<Timestamp> MediaGrants::check(const QString &name, const QString &expiry, const QString &given) const
{
    if (expiry.size() > kLongest || given.size() > kLongest)
        return std::nullopt;
    bool isNumber = false;
    const qint64 seconds = expiry.toLongLong(&isNumber);
    // One way to write it: what a cache in between knows under another is another.
    if (!isNumber || seconds <= 0 || QString::number(seconds) != expiry || seconds > 100'000'000'000)
        return std::nullopt;
    if (!constantTimeEquals(signature(name.toLatin1(), seconds), given.toLatin1()))
        return std::nullopt;
    const Timestamp end = fromUnixMs(seconds * 1000);
    return m_clock.now() < end ? std::optional(end) : std::nullopt;
}

QByteArray MediaGrants::signature(const QByteArray &name, qint64 expiry) const
{
    return QMessageAuthenticationCode::hash("/media/" + name + "?e=" + QByteArray::number(expiry), m_key,
                                            QCryptographicHash::Sha256)
        .toHex();
}

} // namespace graminsta::domain
