// SPDX-License-Identifier: GPL-3.0-or-later
#include "encryption.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <openssl/evp.h>

namespace graminsta::push
{

namespace
{

constexpr int kTagSize = 16;
constexpr int kRecordSize = 4096;
constexpr int kSaltSize = 16;
constexpr int kKeySize = 16;
constexpr int kNonceSize = 12;

struct CipherFreed {
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};

QByteArray hmac(const QByteArray &key, const QByteArray &message)
{
    return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256);
}

// HKDF (RFC 5869) for at most 32 bytes: one round.
QByteArray derived(const QByteArray &salt, const QByteArray &secret, const QByteArray &info, int size)
{
    return hmac(hmac(salt, secret), info + '\x01').first(size);
}

// A text with the zero that ends it.
QByteArray labelled(const char *text)
{
    return QByteArray(text, static_cast<qsizetype>(qstrlen(text)) + 1);
}

Result<QByteArray> sealed(const QByteArray &plain, const QByteArray &key, const QByteArray &nonce)
{
    const std::unique_ptr<EVP_CIPHER_CTX, CipherFreed> context(EVP_CIPHER_CTX_new());
    QByteArray out(plain.size() + kTagSize, '\0');
    auto *to = reinterpret_cast<unsigned char *>(out.data());
    const auto bytes = [](const QByteArray &from) { return reinterpret_cast<const unsigned char *>(from.constData()); };
    int size = 0;
    int rest = 0;
    if (!context || EVP_EncryptInit_ex2(context.get(), EVP_aes_128_gcm(), bytes(key), bytes(nonce), nullptr) != 1
        || EVP_EncryptUpdate(context.get(), to, &size, bytes(plain), static_cast<int>(plain.size())) != 1
        || EVP_EncryptFinal_ex(context.get(), to + size, &rest) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, to + size + rest) != 1)
        return makeError(Fault::Internal, {}, QStringLiteral("OpenSSL: a message cannot be encrypted"));
    return out;
}

QByteArray bigEndian(quint32 number, int size)
{
    QByteArray bytes;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bytes.append(static_cast<char>((number >> shift) & 0xff));
    return bytes;
}

QByteArray withLength(const QByteArray &key)
{
    return bigEndian(static_cast<quint32>(key.size()), 2) + key;
}

Result<> checkSize(const QByteArray &plain, const QByteArray &salt, int overhead)
{
    Q_ASSERT(salt.size() == kSaltSize);
    if (plain.size() + overhead > kRecordSize)
        return makeError(Fault::TooLarge, QStringLiteral("A push message has at most 4096 bytes"));
    return {};
}

} // namespace

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray fromBase64Url(const QByteArray &text)
{
    QByteArray url = text;
    url.replace('+', '-').replace('/', '_');
    auto decoded = QByteArray::fromBase64Encoding(
        std::move(url), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::move(decoded.decoded) : QByteArray();
}

Result<Encrypted> encrypt(const QByteArray &plain, const Recipient &recipient, const KeyPair &sender,
                          const QByteArray &salt)
{
    GI_TRY(checkSize(plain, salt, kTagSize + 1 + kSaltSize + 4 + 1 + 65));
    // RFC 8291 section 3.4.
    const QByteArray secret = derived(recipient.authSecret, GI_TRY(sender.sharedSecret(recipient.publicKey)),
                                      labelled("WebPush: info") + recipient.publicKey + sender.publicKey(), 32);
    const QByteArray key = derived(salt, secret, labelled("Content-Encoding: aes128gcm"), kKeySize);
    const QByteArray nonce = derived(salt, secret, labelled("Content-Encoding: nonce"), kNonceSize);
    Encrypted message;
    // RFC 8188 section 2.1: the salt, the size of a record, whose key; and 2 ends the last record.
    message.body = salt + bigEndian(kRecordSize, 4) + static_cast<char>(sender.publicKey().size()) + sender.publicKey()
        + GI_TRY(sealed(plain + '\x02', key, nonce));
    message.headers = { { "Content-Encoding", "aes128gcm" } };
    return message;
}

Result<Encrypted> encryptByDraft(const QByteArray &plain, const Recipient &recipient, const KeyPair &sender,
                                 const QByteArray &salt)
{
    GI_TRY(checkSize(plain, salt, kTagSize + 2));
    const QByteArray secret = derived(recipient.authSecret, GI_TRY(sender.sharedSecret(recipient.publicKey)),
                                      labelled("Content-Encoding: auth"), 32);
    const QByteArray context = labelled("P-256") + withLength(recipient.publicKey) + withLength(sender.publicKey());
    const QByteArray key = derived(salt, secret, labelled("Content-Encoding: aesgcm") + context, kKeySize);
    const QByteArray nonce = derived(salt, secret, labelled("Content-Encoding: nonce") + context, kNonceSize);
    Encrypted message;
    message.body = GI_TRY(sealed(QByteArray(2, '\0') + plain, key, nonce));
    message.headers = { { "Content-Encoding", "aesgcm" },
                        { "Encryption", "salt=" + base64Url(salt) },
                        { "Crypto-Key", "dh=" + base64Url(sender.publicKey()) } };
    return message;
}

} // namespace graminsta::push
