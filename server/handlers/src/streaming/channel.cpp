// SPDX-License-Identifier: GPL-3.0-or-later
#include "streaming/channel.h"

#include <algorithm>

namespace graminsta::handlers
{

namespace
{

constexpr qsizetype kMaxName = 255;

struct NamedChannel {
    const char *name;
    ChannelKind kind;
    const char *scope; // nullptr: none, and no account
    bool onlyMedia = false;
};

constexpr NamedChannel kChannels[] = {
    { "user", ChannelKind::Home, "read:statuses" },
    { "user:notification", ChannelKind::Notifications, "read:notifications" },
    { "public", ChannelKind::Public, nullptr },
    { "public:media", ChannelKind::Public, nullptr, true },
    // All that is here is from here.
    { "public:local", ChannelKind::Public, nullptr },
    { "public:local:media", ChannelKind::Public, nullptr, true },
    { "public:remote", ChannelKind::Silent, nullptr },
    { "public:remote:media", ChannelKind::Silent, nullptr },
    { "hashtag", ChannelKind::Tag, nullptr },
    { "hashtag:local", ChannelKind::Tag, nullptr },
    { "list", ChannelKind::Silent, "read:lists" },
    { "direct", ChannelKind::Silent, "read:statuses" },
};

Result<> checkViewer(const NamedChannel &channel, const entities::Viewer &viewer)
{
    if (!channel.scope)
        return {};
    if (!viewer.hasAccount())
        return makeError(Fault::Unauthorized, QStringLiteral("Missing access token"));
    if (!viewer.scopes.grant(QLatin1String(channel.scope)))
        return makeError(Fault::Forbidden, QStringLiteral("Access token does not have the required scopes"));
    return {};
}

} // namespace

Result<Channel> channelOf(const model::StreamCommand &command, const entities::Viewer &viewer)
{
    QString name = command.stream;
    if (command.onlyMedia && name.startsWith(QLatin1String("public")) && !name.endsWith(QLatin1String(":media")))
        name += QLatin1String(":media");
    const auto *const found =
        std::find_if(std::begin(kChannels), std::end(kChannels),
                     [&name](const NamedChannel &one) { return name == QLatin1String(one.name); });
    if (found == std::end(kChannels))
        return makeError(Fault::Invalid, QStringLiteral("Unknown stream type"));
    GI_TRY(checkViewer(*found, viewer));
    Channel channel;
    channel.kind = found->kind;
    channel.names = { name };
    channel.onlyMedia = found->onlyMedia;
    channel.withNotifications = viewer.scopes.grant(QLatin1String("read:notifications"));
    if (found->kind == ChannelKind::Tag) {
        channel.tag = command.tag.left(kMaxName).toLower();
        if (channel.tag.startsWith(QLatin1Char('#')))
            channel.tag.remove(0, 1);
        if (channel.tag.isEmpty())
            return makeError(Fault::Invalid, QStringLiteral("Missing tag name parameter"));
        channel.names.append(channel.tag);
    } else if (name == QLatin1String("list")) {
        channel.names.append(command.list.left(kMaxName));
    }
    return channel;
}

} // namespace graminsta::handlers
