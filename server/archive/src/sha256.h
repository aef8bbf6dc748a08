// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of what comes piece by piece, by OpenSSL. Not thread-safe.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace graminsta::archive
{

class Sha256
{
public:
    Sha256();
    void add(QByteArrayView bytes);
    // In hex. It begins anew after that.
    [[nodiscard]] QByteArray take();

private:
    struct Free {
        void operator()(void *context) const;
    };
    std::unique_ptr<void, Free> m_context;
};

} // namespace graminsta::archive
