// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets: random tokens, and how they are kept at rest (only their SHA-256). Thread-safe.
#pragma once

#include <QByteArray>

namespace graminsta
{

// `bytes` bytes from the operating system's generator, in base64url without padding.
[[nodiscard]] QByteArray randomToken(int bytes = 32);

// SHA-256, raw (32 bytes): right for tokens of full entropy, never for passwords (those are argon2id).
[[nodiscard]] QByteArray tokenHash(const QByteArray &token);

// Equality in a time that does not depend on the contents.
[[nodiscard]] bool constantTimeEquals(const QByteArray &a, const QByteArray &b);

} // namespace graminsta
