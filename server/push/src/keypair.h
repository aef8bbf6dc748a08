// SPDX-License-Identifier: GPL-3.0-or-later
// Keys on the curve P-256, by OpenSSL. Values that can be moved; not thread-safe to change, and never changed.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>

#include <memory>

#include <openssl/types.h>

namespace graminsta::push
{

struct PkeyFreed {
    void operator()(EVP_PKEY *key) const;
};
using Pkey = std::unique_ptr<EVP_PKEY, PkeyFreed>;

class KeyPair
{
public:
    // All: Fault::Internal where OpenSSL cannot, and for what is no such key.
    [[nodiscard]] static Result<KeyPair> generate();
    // The number alone, 32 bytes, and the point that belongs to it.
    [[nodiscard]] static Result<KeyPair> fromRaw(const QByteArray &privateKey, const QByteArray &publicKey);

    // The point, uncompressed: 65 bytes.
    [[nodiscard]] const QByteArray &publicKey() const { return m_publicKey; }
    // 32 bytes.
    [[nodiscard]] Result<QByteArray> privateKey() const;
    // With another's point: 32 bytes (ECDH).
    [[nodiscard]] Result<QByteArray> sharedSecret(const QByteArray &otherPublicKey) const;
    // ECDSA with SHA-256, as JWS wants it: 64 bytes (RFC 7518 section 3.4).
    [[nodiscard]] Result<QByteArray> sign(const QByteArray &data) const;

private:
    KeyPair(Pkey key, QByteArray publicKey)
        : m_key(std::move(key))
        , m_publicKey(std::move(publicKey))
    {
    }

    Pkey m_key;
    QByteArray m_publicKey;
};

// Whether it is a point of the curve.
[[nodiscard]] bool isPublicKey(const QByteArray &publicKey);

} // namespace graminsta::push
