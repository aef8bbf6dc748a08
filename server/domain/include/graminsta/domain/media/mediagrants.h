// SPDX-License-Identifier: GPL-3.0-or-later
// Leave to fetch a picture that is not public: clients load pictures without saying who they are, so the URL itself
// says that they may. "e=<expiry>&s=<signature>" after "/media/<name>?": the expiry in seconds since 1970; the
// signature HMAC-SHA256, in hexadecimal digits, of "/media/<name>?e=<expiry>". Whoever has the key can check it,
// without asking the database. Thread-safe.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/media.h>

#include <QByteArray>
#include <QHash>

#include <optional>

namespace graminsta::domain
{

class MediaGrants
{
public:
    // `key` is the same for all servers of the place.
    MediaGrants(QByteArray key, const Clock &clock);

    // To whoever may see the attachment. Good for two to three days, and the same for one of them, so that what a
    // client has loaded it need not load again; which hour begins the day differs from picture to picture, lest all of
    // them change at once. Nothing where the plain URL will do.
    void grant(entities::MediaAttachment &media) const;
    void grant(QList<entities::MediaAttachment> &media) const;

    // When the grant ends; nothing if it is none for this name, or has ended.
    [[nodiscard]] std::optional<Timestamp> check(const QString &name, const QString &expiry,
                                                 const QString &signature) const;

private:
    [[nodiscard]] QByteArray signature(const QByteArray &name, qint64 expiry) const;

    const QByteArray m_key;
    const Clock &m_clock;
};

} // namespace graminsta::domain
