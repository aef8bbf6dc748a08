// SPDX-License-Identifier: GPL-3.0-or-later
// The encryption of push messages: RFC 8291, and the draft before it that old clients ask for. Pure functions but for
// the random numbers; thread-safe.
#pragma once

#include "keypair.h"

#include <QList>
#include <QPair>

namespace graminsta::push
{

struct Encrypted {
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers; // that say how to read it
};

// Who may read it.
struct Recipient {
    QByteArray publicKey; // 65 bytes
    QByteArray authSecret; // 16 bytes
};

// "aes128gcm", one record. `sender` is made for this message alone, `salt` has 16 random bytes. Fault::TooLarge above
// what one record of 4,096 bytes holds, Fault::Internal where OpenSSL cannot.
[[nodiscard]] Result<Encrypted> encrypt(const QByteArray &plain, const Recipient &recipient, const KeyPair &sender,
                                        const QByteArray &salt);
// "aesgcm", draft-ietf-webpush-encryption-04.
[[nodiscard]] Result<Encrypted> encryptByDraft(const QByteArray &plain, const Recipient &recipient,
                                               const KeyPair &sender, const QByteArray &salt);

[[nodiscard]] QByteArray base64Url(const QByteArray &bytes);
// Empty for what is none. With or without padding, as clients send it.
[[nodiscard]] QByteArray fromBase64Url(const QByteArray &text);

} // namespace graminsta::push
