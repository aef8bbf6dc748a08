// SPDX-License-Identifier: GPL-3.0-or-later
// Entities with every field set to something of its own.
#pragma once

#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>

namespace graminsta::samples
{

inline model::Account account()
{
    model::Account account;
    account.id = QStringLiteral("113540000000000001");
    account.username = QStringLiteral("ada");
    account.acct = QStringLiteral("ada");
    account.displayName = QStringLiteral("Ada \"Countess\" 💀");
    account.note = QStringLiteral("<p>Photos &amp; numbers</p>");
    account.url = QStringLiteral("https://example.org/@ada");
    account.uri = QStringLiteral("https://example.org/users/ada");
    account.avatar = QStringLiteral("https://example.org/media/avatar.jpg");
    account.avatarStatic = account.avatar;
    account.header = QStringLiteral("https://example.org/media/header.jpg");
    account.headerStatic = account.header;
    account.locked = true;
    account.createdAt = fromUnixMs(1'700'000'000'123);
    account.lastStatusAt = QDate(2026, 11, 23);
    account.statusesCount = 3;
    account.followersCount = 4;
    account.followingCount = 5;
    account.fields = { { QStringLiteral("Site"), QStringLiteral("<a href=\"x\">x</a>"),
                         fromUnixMs(1'600'000'000'000) } };
    return account;
}

inline model::Account credentialAccount()
{
    model::Account own = account();
    own.source = model::AccountSource { QStringLiteral("Photos & numbers"),
                                        { { QStringLiteral("Site"), QStringLiteral("x"), {} } },
                                        QStringLiteral("unlisted"),
                                        true,
                                        QStringLiteral("de"),
                                        2 };
    own.role = model::Role { QStringLiteral("3"), QStringLiteral("Owner"), QStringLiteral("1") };
    return own;
}

inline model::MediaAttachment media()
{
    model::MediaAttachment media;
    media.id = QStringLiteral("22");
    media.type = QStringLiteral("image");
    media.url = QStringLiteral("https://example.org/media/a.jpg");
    media.previewUrl = QStringLiteral("https://example.org/media/b.jpg");
    media.description = QStringLiteral("A bridge\nin fog");
    media.blurhash = QStringLiteral("UeKUpFxuo~R%0nW;WCnhF6RjaJt757oJodS$");
    media.original = model::MediaSize { 1080, 810 };
    media.small = model::MediaSize { 320, 240 };
    media.focusX = -0.42;
    media.focusY = 0.69;
    return media;
}

inline model::MediaAttachment video()
{
    model::MediaAttachment video = media();
    video.type = QStringLiteral("video");
    video.url = QStringLiteral("https://example.org/media/a.mp4");
    video.video = model::VideoMeta { std::chrono::milliseconds(3'666'250), 30000, 1001, 1'234'567 };
    return video;
}

inline model::Status status()
{
    model::Status status;
    status.id = QStringLiteral("9007199254740993"); // beyond what a double holds
    status.uri = QStringLiteral("https://example.org/users/ada/statuses/1");
    status.url = QStringLiteral("https://example.org/@ada/1");
    status.createdAt = fromUnixMs(1'732'388'573'120);
    status.editedAt = fromUnixMs(1'732'388'600'000);
    status.account = account();
    status.content = QStringLiteral("<p>Fog over the bridge \\ <a href=\"/tags/fog\">#fog</a></p>");
    status.visibility = QStringLiteral("public");
    status.sensitive = true;
    status.spoilerText = QStringLiteral("fog");
    status.language = QStringLiteral("en");
    status.inReplyToId = QStringLiteral("7");
    status.inReplyToAccountId = QStringLiteral("8");
    status.application = model::ApplicationInfo { QStringLiteral("Graminsta"), {} };
    status.mediaAttachments = { media() };
    status.mentions = { { QStringLiteral("8"), QStringLiteral("bob"), QStringLiteral("bob@example.net"),
                          QStringLiteral("https://example.net/@bob") } };
    status.tags = { { QStringLiteral("fog"), QStringLiteral("https://example.org/tags/fog"), {} } };
    status.repliesCount = 1;
    status.reblogsCount = 2;
    status.favouritesCount = 3;
    status.favourited = true;
    status.reblogged = false;
    status.muted = false;
    status.bookmarked = true;
    status.pinned = false;
    return status;
}

inline model::Instance instance()
{
    model::Instance instance;
    instance.domain = QStringLiteral("example.org");
    instance.title = QStringLiteral("Example");
    instance.version = QStringLiteral("4.3.0 (compatible; Graminsta 0.1.0)");
    instance.sourceUrl = QStringLiteral("https://example.org/source");
    instance.shortDescription = QStringLiteral("Photos");
    instance.description = QStringLiteral("<p>Photos</p>");
    instance.contactEmail = QStringLiteral("admin@example.org");
    instance.contactAccount = account();
    instance.thumbnailUrl = QStringLiteral("https://example.org/banner.png");
    instance.languages = { QStringLiteral("en") };
    instance.streamingUrl = QStringLiteral("wss://example.org");
    instance.publicUrl = QStringLiteral("https://example.org");
    instance.limits.maxCharacters = 2200;
    instance.limits.maxMediaAttachments = 20;
    instance.limits.descriptionLimit = 1500;
    instance.limits.imageSizeLimit = 26'214'400;
    instance.limits.imageMatrixLimit = 40'000'000;
    instance.limits.supportedMimeTypes = { QStringLiteral("image/jpeg"), QStringLiteral("image/png") };
    instance.limits.tusPath = QStringLiteral("/files/");
    instance.limits.tusMaxSize = 26'214'400;
    instance.limits.tusExtensions = { QStringLiteral("creation"), QStringLiteral("checksum") };
    instance.registrationsEnabled = true;
    instance.users = 10;
    instance.activeMonth = 5;
    instance.statuses = 100;
    instance.rules = { { QStringLiteral("1"), QStringLiteral("Be kind"), {} } };
    instance.apiVersion = 1;
    instance.graminstaVersion = QStringLiteral("0.1.0");
    return instance;
}

} // namespace graminsta::samples
