// SPDX-License-Identifier: GPL-3.0-or-later
#include "contenthash.h"

#include <QFile>

#include <memory>
#include <openssl/evp.h>

namespace graminsta::media
{

Result<QByteArray> sha256OfFile(const QString &path)
{
    const auto failed = [](const QString &reason) {
        return makeError(Fault::Unavailable, QStringLiteral("The picture cannot be read now."), reason);
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failed(file.errorString());

    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
        return failed(QStringLiteral("OpenSSL has no SHA-256"));
    QByteArray block(64 * 1024, Qt::Uninitialized);
    qint64 size = 0;
    while ((size = file.read(block.data(), block.size())) > 0)
        EVP_DigestUpdate(context.get(), block.constData(), static_cast<size_t>(size));
    if (size < 0)
        return failed(file.errorString());

    QByteArray hash(EVP_MD_get_size(EVP_sha256()), Qt::Uninitialized);
    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(hash.data()), nullptr);
    return hash;
}

} // namespace graminsta::media
