// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures made on the spot. Pure function: thread-safe.
#pragma once

#include <QByteArray>

namespace graminsta::rig
{

// A small JPEG (96 x 64) that differs for each number.
[[nodiscard]] QByteArray makePhoto(int number);

} // namespace graminsta::rig
