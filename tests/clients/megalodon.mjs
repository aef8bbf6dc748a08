// SPDX-License-Identifier: GPL-3.0-or-later
// megalodon, which first finds out what kind of server it is: see session.mjs for what a script is given and says.
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import megalodon from "megalodon";
import { codeFrom, finish, first, friendName, friendToken, outOfBand, sayVersion, second, step, until, url } from "./session.mjs";

const { default: generator, detector } = megalodon;
const scopes = ["read", "write", "follow"];
const ids = (response) => response.data.map((entity) => entity.id);

await sayVersion("megalodon");
const kind = await detector(url);
assert.equal(kind, "mastodon");
const nobody = generator(kind, url);
const app = await nobody.registerApp("megalodon test", { scopes, redirect_uris: outOfBand });
const code = await codeFrom(app.url);
const token = await nobody.fetchAccessToken(app.client_id, app.client_secret, code, outOfBand);
const client = generator(kind, url, token.access_token);
const friends = generator(kind, url, friendToken);
const self = (await client.verifyAccountCredentials()).data;
assert.equal((await client.verifyAppCredentials()).data.name, "megalodon test");
assert.equal((await client.getInstance()).data.uri, new URL(url).host);
step("log in");

const media = [];
for (const [file, description] of [[first, "A falcon on a branch"], [second, "The same falcon, gone"]]) {
  const sent = (await client.uploadMedia(createReadStream(file), { description })).data;
  assert.equal((await client.getMedia(sent.id)).data.description, description);
  media.push(sent.id);
}
const status = (await client.postStatus("By megalodon #film", { media_ids: media })).data;
assert.deepEqual(
  status.media_attachments.map((photo) => photo.description),
  ["A falcon on a branch", "The same falcon, gone"],
);
step("post a carousel with alt texts");

assert.ok(ids(await client.getHomeTimeline()).includes(status.id));
step("home");
assert.ok(ids(await client.getPublicTimeline({ only_media: true })).includes(status.id));
assert.ok(ids(await client.getLocalTimeline()).includes(status.id));
step("public");
assert.ok(ids(await client.getTagTimeline("film", { only_media: true })).includes(status.id));
step("tag");
const [friend] = (await client.searchAccount(friendName)).data;
assert.equal(friend.locked, true);
assert.equal((await client.getAccount(friend.id)).data.acct, friendName);
const [post] = (await client.getAccountStatuses(friend.id)).data;
step("account");

assert.equal((await client.followAccount(friend.id)).data.requested, true);
step("ask to follow a locked account");
assert.deepEqual(ids(await friends.getFollowRequests()), [self.id]);
assert.equal((await friends.acceptFollowRequest(self.id)).data.followed_by, true);
const relationship = (await client.getRelationship(friend.id)).data;
assert.ok(relationship.following && !relationship.requested);
assert.deepEqual(ids(await client.getAccountFollowers(friend.id)), [self.id]);
step("accept a follower");

const stream = await client.userStreaming();
const arrival = (kind) => new Promise((resolve) => stream.on(kind, resolve));
const update = await until(arrival("update"), () => friends.postStatus("live"));
assert.equal(update.account.id, friend.id);
const notice = await until(arrival("notification"), () => friends.favouriteStatus(status.id));
assert.deepEqual([notice.type, notice.status.id], ["favourite", status.id]);
stream.stop();
step("stream");

assert.equal((await client.favouriteStatus(post.id)).data.favourited, true);
assert.deepEqual(ids(await client.getStatusFavouritedBy(post.id)), [self.id]);
step("like");
const reply = (await client.postStatus(`@${friendName} nice`, { in_reply_to_id: post.id })).data;
assert.deepEqual((await client.getStatusContext(post.id)).data.descendants.map((one) => one.id), [reply.id]);
step("comment");
const told = (await friends.getNotifications({ limit: 30 })).data.map((one) => one.type);
assert.ok(told.includes("favourite") && told.includes("mention"), told.join());
step("notifications");
assert.equal((await client.search(`@${friendName}`, { type: "accounts" })).data.accounts[0].id, friend.id);
step("search");

const edited = (await client.editStatus(status.id, { status: "Edited #film", media_ids: media })).data;
assert.ok(edited.edited_at && edited.media_attachments.length === 2);
assert.equal((await client.getStatusSource(status.id)).data.text, "Edited #film");
step("edit");
for (const nothing of ["getLists", "getDomainBlocks", "getInstanceCustomEmojis"]) assert.deepEqual((await client[nothing]()).data, []);
assert.equal((await client.bookmarkStatus(post.id)).data.bookmarked, true);
assert.deepEqual(ids(await client.getBookmarks()), [post.id]);
assert.deepEqual(ids(await client.getFavourites()), [post.id]);

assert.equal((await client.getStatus(status.id)).data.id, status.id);
await client.deleteStatus(status.id);
await assert.rejects(client.getStatus(status.id));
step("delete");
assert.equal((await client.blockAccount(friend.id)).data.blocking, true);
assert.deepEqual(ids(await client.getBlocks()), [friend.id]);
assert.equal((await client.unblockAccount(friend.id)).data.blocking, false);
step("block");

await client.revokeToken(app.client_id, app.client_secret, token.access_token);
await assert.rejects(client.verifyAccountCredentials());
step("revoke the token");
finish();
