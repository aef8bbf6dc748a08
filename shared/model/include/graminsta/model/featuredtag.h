// SPDX-License-Identifier: GPL-3.0-or-later
// A hashtag on a profile: https://docs.joinmastodon.org/entities/FeaturedTag/
#pragma once

#include <QDate>
#include <QString>

#include <optional>

namespace graminsta::model
{

struct FeaturedTag {
    QString id;
    QString name;
    QString url; // of that person's posts with it
    int statusesCount = 0;
    std::optional<QDate> lastStatusAt;
    friend bool operator==(const FeaturedTag &, const FeaturedTag &) = default;
};

} // namespace graminsta::model
