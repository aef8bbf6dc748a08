// SPDX-License-Identifier: GPL-3.0-or-later
// One track on its way from the source to the made file: its packets go in, and what became of them is written. Not
// thread-safe; source and file outlive it.
#pragma once

#include "mp4file.h"

namespace graminsta::video
{

class Track
{
public:
    Track() = default;
    virtual ~Track() = default;
    Q_DISABLE_COPY_MOVE(Track)

    // The next packet of the source's track. Takes what is in it.
    [[nodiscard]] virtual Result<> take(AVPacket &packet) = 0;
    // Writes what is still inside.
    [[nodiscard]] virtual Result<> finish() = 0;
};

} // namespace graminsta::video
