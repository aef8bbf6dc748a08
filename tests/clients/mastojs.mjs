// SPDX-License-Identifier: GPL-3.0-or-later
// masto.js: see session.mjs for what a script is given and what it says.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from "masto";
import { codeFrom, finish, first, friendName, friendToken, outOfBand, sayVersion, second, step, until, url } from "./session.mjs";

const scopes = "read write follow";
const ids = (entities) => entities.map((entity) => entity.id);

await sayVersion("masto");
const app = await createRestAPIClient({ url }).v1.apps.create({
  clientName: "masto.js test",
  redirectUris: outOfBand,
  scopes,
});
const query = new URLSearchParams({
  response_type: "code",
  client_id: app.clientId,
  redirect_uri: outOfBand,
  scope: scopes,
});
const code = await codeFrom(`${url}/oauth/authorize?${query}`);
const oauth = createOAuthAPIClient({ url });
const token = await oauth.token.create({
  clientId: app.clientId,
  clientSecret: app.clientSecret,
  redirectUri: outOfBand,
  code,
  grantType: "authorization_code",
  scope: scopes,
});
const masto = createRestAPIClient({ url, accessToken: token.accessToken });
const friends = createRestAPIClient({ url, accessToken: friendToken });
const self = await masto.v1.accounts.verifyCredentials();
const instance = await masto.v2.instance.fetch();
assert.ok(instance.configuration.mediaAttachments.supportedMimeTypes.includes("image/jpeg"));
step("log in");

// Waits until each photo is ready.
const media = [];
for (const [file, description] of [[first, "A falcon on a branch"], [second, "The same falcon, gone"]]) {
  const photo = await masto.v2.media.create({
    file: new Blob([await readFile(file)], { type: "image/jpeg" }),
    description,
  });
  assert.equal(photo.description, description);
  media.push(photo);
}
const status = await masto.v1.statuses.create({ status: "By masto.js #film", mediaIds: ids(media) });
assert.deepEqual(
  status.mediaAttachments.map((photo) => photo.description),
  ["A falcon on a branch", "The same falcon, gone"],
);
assert.equal(status.account.id, self.id);
step("post a carousel with alt texts");

assert.ok(ids(await masto.v1.timelines.home.list()).includes(status.id));
step("home");
assert.ok(ids(await masto.v1.timelines.public.list({ local: true })).includes(status.id));
step("public");
assert.ok(ids(await masto.v1.timelines.tag.$select("film").list({ onlyMedia: true })).includes(status.id));
step("tag");
const friend = await masto.v1.accounts.lookup({ acct: friendName });
assert.equal(friend.locked, true);
const [post] = await masto.v1.accounts.$select(friend.id).statuses.list();
assert.equal((await masto.v1.accounts.$select(friend.id).fetch()).acct, friendName);
step("account");

assert.equal((await masto.v1.accounts.$select(friend.id).follow()).requested, true);
assert.ok(!ids(await masto.v1.timelines.home.list()).includes(post.id));
step("ask to follow a locked account");
assert.deepEqual(ids(await friends.v1.followRequests.list()), [self.id]);
assert.equal((await friends.v1.followRequests.$select(self.id).authorize()).followedBy, true);
const [relationship] = await masto.v1.accounts.relationships.fetch({ id: [friend.id] });
assert.ok(relationship.following && !relationship.requested);
assert.ok(ids(await masto.v1.timelines.home.list()).includes(post.id));
step("accept a follower");

const streaming = createStreamingAPIClient({
  streamingApiUrl: instance.configuration.urls.streaming,
  accessToken: token.accessToken,
});
async function next(subscription, kind) {
  for await (const event of subscription) if (event.event === kind) return event;
}
const update = await until(next(streaming.user.subscribe(), "update"), () =>
  friends.v1.statuses.create({ status: "live" }),
);
assert.equal(update.payload.account.id, friend.id);
assert.equal(update.payload.content, "<p>live</p>");
const tagged = await until(next(streaming.hashtag.subscribe({ tag: "live" }), "update"), () =>
  friends.v1.statuses.create({ status: "#live" }),
);
assert.equal(tagged.payload.tags[0].name, "live");
streaming.close();
step("stream");

assert.equal((await masto.v1.statuses.$select(post.id).favourite()).favourited, true);
assert.deepEqual(ids(await masto.v1.statuses.$select(post.id).favouritedBy.list()), [self.id]);
step("like");
const reply = await masto.v1.statuses.create({ status: `@${friendName} nice`, inReplyToId: post.id });
const context = await masto.v1.statuses.$select(post.id).context.fetch();
assert.deepEqual(ids(context.descendants), [reply.id]);
step("comment");
const told = (await friends.v1.notifications.list()).map((one) => one.type);
assert.ok(told.includes("favourite") && told.includes("mention"), told.join());
step("notifications");
const search = await masto.v2.search.list({ q: `@${friendName}`, type: "accounts" });
assert.equal(search.accounts[0].id, friend.id);
step("search");

const edited = await masto.v1.statuses.$select(status.id).update({ status: "Edited #film", mediaIds: ids(media) });
assert.ok(edited.editedAt && edited.mediaAttachments.length === 2);
assert.equal((await masto.v1.statuses.$select(status.id).source.fetch()).text, "Edited #film");
assert.equal((await masto.v1.statuses.$select(status.id).history.list()).length, 2);
step("edit");
const changed = await masto.v1.accounts.updateCredentials({
  displayName: "Jo",
  fieldsAttributes: [{ name: "a", value: "b" }],
});
assert.equal(changed.displayName, "Jo");
assert.equal(changed.fields[0].value, "b");

// Every page of a list, by its links.
for (let i = 0; i < 5; i += 1) await masto.v1.statuses.create({ status: `page ${i}` });
let seen = 0;
for await (const page of masto.v1.accounts.$select(self.id).statuses.list({ limit: 2 })) seen += page.length;
assert.equal(seen, 7);

assert.equal((await masto.v1.statuses.$select(status.id).fetch()).id, status.id);
await masto.v1.statuses.$select(status.id).remove();
await assert.rejects(masto.v1.statuses.$select(status.id).fetch());
step("delete");
assert.equal((await masto.v1.accounts.$select(friend.id).block()).blocking, true);
assert.deepEqual(ids(await masto.v1.blocks.list()), [friend.id]);
assert.deepEqual(await masto.v1.accounts.$select(friend.id).statuses.list(), []);
assert.equal((await masto.v1.accounts.$select(friend.id).unblock()).blocking, false);
step("block");

await oauth.revoke({ clientId: app.clientId, clientSecret: app.clientSecret, token: token.accessToken });
await assert.rejects(masto.v1.accounts.verifyCredentials());
step("revoke the token");
finish();
