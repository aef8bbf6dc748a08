// SPDX-License-Identifier: GPL-3.0-or-later
// The same entities in Pixelfed's dialect, which it answers in to "_pe=1" and under /api/v1.1; and what only its
// clients ask. What Graminsta has nothing of (places, people tagged in photos, filters, pronouns…) is null or empty, as
// Pixelfed has it. Thread-safe: functions of their arguments.
#pragma once

#include <graminsta/model/collection.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>

#include <QByteArray>

namespace graminsta::json::pixelfed
{

// With `source` it is the answer of verify_credentials: with `source` and `settings`.
[[nodiscard]] QByteArray encode(const model::Account &account);
[[nodiscard]] QByteArray encode(const QList<model::Account> &accounts);
[[nodiscard]] QByteArray encode(const model::Status &status);
[[nodiscard]] QByteArray encode(const QList<model::Status> &statuses);
[[nodiscard]] QByteArray encode(const model::MediaAttachment &media);
[[nodiscard]] QByteArray encode(const model::Context &context);
// A reblog is a "share", and a mention by a comment a "comment".
[[nodiscard]] QByteArray encode(const model::Notification &notification);
[[nodiscard]] QByteArray encode(const QList<model::Notification> &notifications);
[[nodiscard]] QByteArray encode(const model::Search &search);

[[nodiscard]] QByteArray encode(const model::Collection &collection);
[[nodiscard]] QByteArray encode(const QList<model::Collection> &collections);
[[nodiscard]] QByteArray encode(const QList<model::CollectionWithPosts> &collections);

// Hashtags by how much they are used, each with how often; also with Mastodon's members, which PixelDroid reads.
[[nodiscard]] QByteArray encodeTrendingTags(const QList<model::Tag> &tags);
// {"posts":[…]}, of Mastodon's entities: what discover/posts answers.
[[nodiscard]] QByteArray encodeDiscover(const QList<model::Status> &posts);
[[nodiscard]] QByteArray encode(const model::ComposeSettings &settings);
// What an app keeps on its server; always what it begins with.
[[nodiscard]] QByteArray encodeAppSettings(const QString &accountId, const QString &username);
// Of Pixelfed's own push service, which is none of ours: off.
[[nodiscard]] QByteArray encodePushState(const QString &accountId, const QString &username);
// Whether to ask for leave to push: never.
[[nodiscard]] QByteArray encodeNagState();
// Nobody's stories, as /api/v1.1 and /api/v1.2 have them: the viewer's own and those of others.
[[nodiscard]] QByteArray encodeStories(const model::Account &viewer);
// A conversation with somebody in which nothing has been said.
[[nodiscard]] QByteArray encodeThread(const model::Account &with);
// {"msg":"Successfully sent report","code":200}
[[nodiscard]] QByteArray encodeReportSent();

// Limits and features as Pixelfed says them: the member "metadata.config" of its nodeinfo.
[[nodiscard]] QByteArray encodeConfig(const model::Instance &instance);
// The document that the official app asks before it signs in: of the software whose dialect this is, as it demands, and
// of the version of it that is spoken. The true one is encodeNodeInfo().
[[nodiscard]] QByteArray encodeNodeInfo(const model::Instance &instance);

} // namespace graminsta::json::pixelfed
