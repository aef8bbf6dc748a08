// SPDX-License-Identifier: GPL-3.0-or-later
// Passwords as argon2id hashes by libsodium, in the usual text form that names its own parameters. Thread-safe.
#pragma once

#include <graminsta/ports/passwordhasher.h>

#include <memory>

namespace graminsta::security
{

// What one hash costs. The default is the smaller of OWASP's two equal recommendations for argon2id (m = 19 MiB, t = 2,
// p = 1): a sign-in must fit into a small server's memory.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
struct PasswordCost {
    quint64 passes = 2;
    size_t memoryBytes = 19 * 1024 * 1024;
};

class SodiumPasswordHasher final : public ports::PasswordHasher
{
public:
    // Fault::Unavailable if libsodium cannot start (no source of randomness).
    [[nodiscard]] static Result<std::unique_ptr<SodiumPasswordHasher>> create(const PasswordCost &cost = {});

    [[nodiscard]] Result<QByteArray> hash(const QString &password) const override;
    [[nodiscard]] bool verify(const QByteArray &hash, const QString &password) const override;
    [[nodiscard]] bool needsRehash(const QByteArray &hash) const override;

private:
    explicit SodiumPasswordHasher(const PasswordCost &cost)
        : m_cost(cost)
    {
    }

    const PasswordCost m_cost;
};

} // namespace graminsta::security
