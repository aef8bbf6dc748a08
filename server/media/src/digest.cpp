// SPDX-License-Identifier: GPL-3.0-or-later
#include "digest.h"

namespace graminsta::media
{

Result<Digest> Digest::create(ports::ChecksumKind kind)
{
    Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const EVP_MD *algorithm = kind == ports::ChecksumKind::Sha1 ? EVP_sha1() : EVP_sha256();
    if (!context || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1)
        return makeError(Fault::Internal, {}, QStringLiteral("OpenSSL does not have a digest that is asked for"));
    return Digest(std::move(context));
}

void Digest::add(QByteArrayView piece)
{
    EVP_DigestUpdate(m_context.get(), piece.data(), static_cast<size_t>(piece.size()));
}

QByteArray Digest::finish()
{
    QByteArray value(EVP_MD_CTX_size(m_context.get()), Qt::Uninitialized);
    EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char *>(value.data()), nullptr);
    return value;
}

} // namespace graminsta::media
