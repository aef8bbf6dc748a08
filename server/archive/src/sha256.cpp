// SPDX-License-Identifier: GPL-3.0-or-later
#include "sha256.h"

#include <openssl/evp.h>

#include <array>

namespace graminsta::archive
{

namespace
{

template<typename Free> EVP_MD_CTX *contextOf(const std::unique_ptr<void, Free> &context)
{
    return static_cast<EVP_MD_CTX *>(context.get());
}

} // namespace

void Sha256::Free::operator()(void *context) const
{
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX *>(context));
}

Sha256::Sha256()
    : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(contextOf(m_context), EVP_sha256(), nullptr);
}

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(contextOf(m_context), bytes.data(), size_t(bytes.size()));
}

QByteArray Sha256::take()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest {};
    unsigned int size = 0;
    EVP_DigestFinal_ex(contextOf(m_context), digest.data(), &size);
    EVP_DigestInit_ex(contextOf(m_context), EVP_sha256(), nullptr);
    return QByteArrayView(digest.data(), qsizetype(size)).toByteArray().toHex();
}

} // namespace graminsta::archive
