// SPDX-License-Identifier: GPL-3.0-or-later
// One POST to a push service, by libcurl. Thread-safe.
#pragma once

#include "encryption.h"

#include <graminsta/core/deadline.h>
#include <graminsta/ports/push.h>

namespace graminsta::push
{

struct Delivery {
    QString endpoint;
    Encrypted message;
    QByteArray authorization;
    std::chrono::seconds lifetime;
    bool allowPrivate = false;
};

// What the service says. The address that is checked is the one that is connected to; redirects are not followed, and
// no proxy is used.
[[nodiscard]] ports::PushAnswer deliver(const Delivery &delivery, const Deadline &deadline);

// What a status of the service means.
[[nodiscard]] ports::PushOutcome outcomeOf(long status);

} // namespace graminsta::push
