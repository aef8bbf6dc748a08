// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes passwords. Thread-safe. Slow and memory-hungry by design: callers bound how many run at once.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QString>

namespace graminsta::ports
{

class PasswordHasher
{
public:
    virtual ~PasswordHasher() = default;

    // Fault::Internal if there is not enough memory.
    [[nodiscard]] virtual Result<QByteArray> hash(const QString &password) const = 0;
    // False for a wrong password and for a hash that is not one.
    [[nodiscard]] virtual bool verify(const QByteArray &hash, const QString &password) const = 0;
    // Whether `hash` was made at another cost than hash() has now: replace it at the next sign-in. True for what is no
    // hash.
    [[nodiscard]] virtual bool needsRehash(const QByteArray &hash) const = 0;
};

} // namespace graminsta::ports
