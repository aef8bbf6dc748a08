// SPDX-License-Identifier: GPL-3.0-or-later
// Hashtags, as they are used, followed and shown on profiles.
#pragma once

#include <graminsta/core/clock.h>
#include <graminsta/core/ids.h>

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

using FeaturedTagId = Id<struct FeaturedTagTag>;

// A hashtag on somebody's profile, with how often that person has used it where everybody may read it.
struct FeaturedTag {
    FeaturedTagId id;
    QString name; // lower case, without '#'
    int statusesCount = 0;
    StatusId lastStatusId; // null if there is none; tells the time
};

} // namespace graminsta::entities
