// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypair.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace graminsta::push
{

namespace
{

constexpr int kNumberSize = 32;
constexpr int kPointSize = 65;
constexpr char kCurve[] = "prime256v1";

template<auto free> struct Freed {
    template<typename T> void operator()(T *thing) const { free(thing); }
};
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

Error failed(const char *what)
{
    return makeError(Fault::Internal, {}, QStringLiteral("OpenSSL: ") + QLatin1String(what));
}

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *bytesOf(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

// `number` may be null: the public half alone. OpenSSL checks that the point is on the curve.
Pkey makeKey(const QByteArray &point, const BIGNUM *number)
{
    if (point.size() != kPointSize || point[0] != 4)
        return {};
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    if (!builder || !context
        || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, kCurve, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(),
                                            static_cast<size_t>(point.size()))
            != 1
        || (number && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number) != 1))
        return {};
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    EVP_PKEY *key = nullptr;
    const int selection = number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    if (!params || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1)
        return {};
    return Pkey(key);
}

} // namespace

void PkeyFreed::operator()(EVP_PKEY *key) const
{
    EVP_PKEY_free(key);
}

bool isPublicKey(const QByteArray &publicKey)
{
    return makeKey(publicKey, nullptr) != nullptr;
}

Result<KeyPair> KeyPair::generate()
{
    Pkey key(EVP_EC_gen(kCurve));
    QByteArray point(kPointSize, '\0');
    size_t size = 0;
    if (!key
        || EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, bytesOf(point),
                                           static_cast<size_t>(point.size()), &size)
            != 1
        || size != kPointSize)
        return failed("no key was made");
    return KeyPair(std::move(key), std::move(point));
}

Result<KeyPair> KeyPair::fromRaw(const QByteArray &privateKey, const QByteArray &publicKey)
{
    const Number number(BN_bin2bn(bytesOf(privateKey), static_cast<int>(privateKey.size()), nullptr));
    if (privateKey.size() != kNumberSize || !number)
        return failed("this is no private key");
    Pkey key = makeKey(publicKey, number.get());
    if (!key)
        return failed("this is no key");
    return KeyPair(std::move(key), publicKey);
}

Result<QByteArray> KeyPair::privateKey() const
{
    BIGNUM *found = nullptr;
    if (EVP_PKEY_get_bn_param(m_key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &found) != 1)
        return failed("the key keeps its number");
    const Number number(found);
    QByteArray raw(kNumberSize, '\0');
    if (BN_bn2binpad(number.get(), bytesOf(raw), kNumberSize) != kNumberSize)
        return failed("the number does not fit");
    return raw;
}

Result<QByteArray> KeyPair::sharedSecret(const QByteArray &otherPublicKey) const
{
    const Pkey other = makeKey(otherPublicKey, nullptr);
    if (!other)
        return failed("this is no public key");
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
    QByteArray secret(kNumberSize, '\0');
    auto size = static_cast<size_t>(secret.size());
    if (!context || EVP_PKEY_derive_init(context.get()) != 1
        || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1
        || EVP_PKEY_derive(context.get(), bytesOf(secret), &size) != 1 || size != kNumberSize)
        return failed("no secret was agreed upon");
    return secret;
}

Result<QByteArray> KeyPair::sign(const QByteArray &data) const
{
    const DigestContext context(EVP_MD_CTX_new());
    size_t size = 0;
    const auto length = static_cast<size_t>(data.size());
    if (!context || EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, m_key.get(), nullptr) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, bytesOf(data), length) != 1)
        return failed("no signature was begun");
    QByteArray der(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(context.get(), bytesOf(der), &size, bytesOf(data), length) != 1)
        return failed("no signature was made");
    const unsigned char *at = bytesOf(der);
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    QByteArray raw(2 * kNumberSize, '\0');
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytesOf(raw), kNumberSize) != kNumberSize
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytesOf(raw) + kNumberSize, kNumberSize) != kNumberSize)
        return failed("the signature cannot be read");
    return raw;
}

} // namespace graminsta::push
