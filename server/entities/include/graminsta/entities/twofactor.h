// SPDX-License-Identifier: GPL-3.0-or-later
// The second factor of an account. Never leaves the domain but when it is begun.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

#include <QByteArray>

namespace graminsta::entities
{

struct TwoFactor {
    AccountId accountId;
    QByteArray secret; // raw
    bool confirmed = false; // only then it is asked for
    qint64 lastStep = 0; // of the newest code that was used
    Timestamp createdAt;
};

} // namespace graminsta::entities
