// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags, as they are used and followed.
#pragma once

#include <graminsta/core/clock.h>

#include <QList>
#include <QString>

namespace graminsta::entities
{

struct TagDay {
    Timestamp day; // its begin, in UTC
    int uses = 0;
    int accounts = 0;
};

struct TagInfo {
    QString name; // lower case, without '#'
    bool following = false;
    QList<TagDay> history; // today first
};

} // namespace graminsta::entities
