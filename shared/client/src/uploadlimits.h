// SPDX-License-Identifier: GPL-3.0-or-later
// What can be known of a file before it is sent. Internal to the library.
#pragma once

#include <graminsta/client/media.h>
#include <graminsta/model/instance.h>

#include <optional>

namespace graminsta::client
{

// Nothing if the server takes the file, as far as it has said; else an error that names the file, the limit and what
// the file has.
[[nodiscard]] std::optional<Error> overLimit(const MediaFile &file, const model::InstanceLimits &limits);

} // namespace graminsta::client
