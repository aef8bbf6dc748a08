// SPDX-License-Identifier: GPL-3.0-or-later
// A checksum of bytes as they come, by OpenSSL. Move-only; not thread-safe.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/ports/uploadstore.h>

#include <QByteArray>

#include <memory>
#include <openssl/evp.h>

namespace graminsta::media
{

class Digest
{
public:
    // Fault::Internal if this OpenSSL does not have it.
    [[nodiscard]] static Result<Digest> create(ports::ChecksumKind kind);

    void add(QByteArrayView piece);
    // Raw. Not to be added to afterwards.
    [[nodiscard]] QByteArray finish();

private:
    using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
    explicit Digest(Context context)
        : m_context(std::move(context))
    {
    }

    Context m_context;
};

} // namespace graminsta::media
