// SPDX-License-Identifier: GPL-3.0-or-later
// What can be listened to, by the names of Mastodon's streaming API. Values and pure functions.
// https://docs.joinmastodon.org/methods/streaming/
#pragma once

#include <graminsta/core/ids.h>
#include <graminsta/core/result.h>
#include <graminsta/entities/viewer.h>
#include <graminsta/model/stream.h>

#include <QStringList>

namespace graminsta::handlers
{

enum class ChannelKind {
    Home, // "user": the home timeline, and notifications where the token allows them
    Notifications, // "user:notification"
    Public, // "public", "public:local"
    Tag, // "hashtag", "hashtag:local"
    Silent, // what this server has none of: "public:remote", "list", "direct"
};

struct Channel {
    ChannelKind kind = ChannelKind::Silent;
    QStringList names; // as its messages are named: {"hashtag", "cats"}
    QString tag; // of Tag, lower case
    bool onlyMedia = false; // of Public
    bool withNotifications = false; // of Home

    // Two channels of one stream with the same key are one.
    [[nodiscard]] QString key() const { return names.join(QLatin1Char('/')); }
};

// The channel that a client asks for. Fault::Invalid if there is none of that name or its tag is missing;
// Fault::Unauthorized or Forbidden with Mastodon's words if the viewer may not listen to it.
[[nodiscard]] Result<Channel> channelOf(const model::StreamCommand &command, const entities::Viewer &viewer);

} // namespace graminsta::handlers
