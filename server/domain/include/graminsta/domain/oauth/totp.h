// SPDX-License-Identifier: GPL-3.0-or-later
// One-time codes by time: RFC 6238 on RFC 4226, with SHA-1, steps of 30 seconds and six digits, which every
// authenticator app knows. Pure functions; thread-safe.
#pragma once

#include <graminsta/core/clock.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace graminsta::domain
{

// 160 random bits, as RFC 4226 section 4 advises.
[[nodiscard]] QByteArray newTotpSecret();

// RFC 4648 without padding, as authenticator apps take it.
[[nodiscard]] QString base32(const QByteArray &bytes);

// The number of the step of a time, and the code of a step.
[[nodiscard]] qint64 totpStep(Timestamp time);
[[nodiscard]] QString totpCode(const QByteArray &secret, qint64 step);

// The step whose code this is: the present one, the one before (who types slowly) or the one after (whose clock is
// fast). Nothing if it is none of these. Blanks within the code do not matter.
[[nodiscard]] std::optional<qint64> matchingTotpStep(const QByteArray &secret, const QString &code, Timestamp now);

// What an authenticator app makes a QR code of: otpauth://totp/...
[[nodiscard]] QString totpUri(const QByteArray &secret, const QString &issuer, const QString &account);

} // namespace graminsta::domain
