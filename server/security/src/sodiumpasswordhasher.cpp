// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/security/sodiumpasswordhasher.h>

#include <sodium.h>

namespace graminsta::security
{

namespace
{

// One password typed on two systems may arrive composed and decomposed: RFC 8265 section 4.2.2 compares them as NFC.
// Wiped when it goes.
class PasswordBytes
{
public:
    explicit PasswordBytes(const QString &password)
        : m_bytes(password.normalized(QString::NormalizationForm_C).toUtf8())
    {
    }
    ~PasswordBytes() { sodium_memzero(m_bytes.data(), static_cast<size_t>(m_bytes.size())); }
    Q_DISABLE_COPY_MOVE(PasswordBytes)

    [[nodiscard]] const char *data() const { return m_bytes.constData(); }
    [[nodiscard]] unsigned long long size() const { return static_cast<unsigned long long>(m_bytes.size()); }

private:
    QByteArray m_bytes;
};

} // namespace

Result<std::unique_ptr<SodiumPasswordHasher>> SodiumPasswordHasher::create(const PasswordCost &cost)
{
    if (sodium_init() < 0)
        return makeError(Fault::Unavailable, QStringLiteral("Passwords cannot be checked now."),
                         QStringLiteral("sodium_init failed"));
    return std::unique_ptr<SodiumPasswordHasher>(new SodiumPasswordHasher(cost));
}

Result<QByteArray> SodiumPasswordHasher::hash(const QString &password) const
{
    const PasswordBytes bytes(password);
    QByteArray text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(text.data(), bytes.data(), bytes.size(), m_cost.passes, m_cost.memoryBytes,
                              crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return makeError(Fault::Internal, QStringLiteral("The password could not be stored."),
                         QStringLiteral("argon2id failed with %1 bytes of memory").arg(m_cost.memoryBytes));
    text.truncate(static_cast<qsizetype>(qstrlen(text.constData())));
    return text;
}

bool SodiumPasswordHasher::verify(const QByteArray &hash, const QString &password) const
{
    const PasswordBytes bytes(password);
    return hash.size() < qsizetype { crypto_pwhash_STRBYTES }
    && crypto_pwhash_str_verify(hash.constData(), bytes.data(), bytes.size()) == 0;
}

bool SodiumPasswordHasher::needsRehash(const QByteArray &hash) const
{
    return hash.size() >= qsizetype { crypto_pwhash_STRBYTES }
    || crypto_pwhash_str_needs_rehash(hash.constData(), m_cost.passes, m_cost.memoryBytes) != 0;
}

} // namespace graminsta::security
