// SPDX-License-Identifier: GPL-3.0-or-later
// The block of Pixelfed's nodeinfo that PixelDroid takes its limits from; it is in ours, too. Internal to the library.
#pragma once

#include <graminsta/json/writer.h>
#include <graminsta/model/instance.h>

namespace graminsta::json::pixelfed
{

// The object alone, without a key.
void writeConfig(JsonWriter &out, const model::Instance &instance);

} // namespace graminsta::json::pixelfed
