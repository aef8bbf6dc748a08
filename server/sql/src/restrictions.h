// SPDX-License-Identifier: GPL-3.0-or-later
// The restrictions of an account as the bits of a column. Thread-safe.
#pragma once

#include <graminsta/entities/account.h>

namespace graminsta::sql
{

[[nodiscard]] inline entities::Restrictions restrictionsOf(qint64 bits)
{
    return entities::Restrictions::fromInt(static_cast<entities::Restrictions::Int>(bits));
}

} // namespace graminsta::sql
