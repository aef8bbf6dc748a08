// SPDX-License-Identifier: GPL-3.0-or-later
// Which endpoint a request is for, by the table of endpoints and not by the server's router. Thread-safe.
#pragma once

#include <graminsta/api/endpoint.h>

#include <QString>

namespace graminsta::rig
{

// The row of the table; of two that match, the one with fewer parameters. Null if there is none. `target` may have a
// query and slashes at the end.
[[nodiscard]] const api::Endpoint *endpointFor(const QString &verb, const QString &target);

} // namespace graminsta::rig
