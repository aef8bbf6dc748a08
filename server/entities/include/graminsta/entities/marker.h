// SPDX-License-Identifier: GPL-3.0-or-later
// How far somebody has read.
#pragma once

#include <graminsta/core/clock.h>

namespace graminsta::entities
{

enum class MarkedTimeline { Home = 0, Notifications = 1 };

struct Marker {
    MarkedTimeline timeline = MarkedTimeline::Home;
    qint64 lastReadId = 0;
    qint64 version = 0; // one higher with each change
    Timestamp updatedAt;
};

} // namespace graminsta::entities
