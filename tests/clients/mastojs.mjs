// SPDX-License-Identifier: GPL-3.0-or-later
// masto.js signs in, posts a photo, reads the timeline, likes and follows.
//
// node mastojs.mjs URL PHOTO FRIEND   FRIEND: whom to follow; has one post. Prints the authorize address, reads the code
// from standard input. Exit code 0 if everything came back as the library's types say.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { createOAuthAPIClient, createRestAPIClient } from "masto";

const [url, photo, friendName] = process.argv.slice(2);
const redirectUri = "urn:ietf:wg:oauth:2.0:oob";
const scopes = "read write follow";

const app = await createRestAPIClient({ url }).v1.apps.create({
  clientName: "masto.js test",
  redirectUris: redirectUri,
  scopes,
});
const query = new URLSearchParams({
  response_type: "code",
  client_id: app.clientId,
  redirect_uri: redirectUri,
  scope: scopes,
});
console.log(`${url}/oauth/authorize?${query}`);
const code = (await createInterface({ input: process.stdin }).question("")).trim();
const oauth = createOAuthAPIClient({ url });
const token = await oauth.token.create({
  clientId: app.clientId,
  clientSecret: app.clientSecret,
  redirectUri,
  code,
  grantType: "authorization_code",
  scope: scopes,
});

const masto = createRestAPIClient({ url, accessToken: token.accessToken });
const self = await masto.v1.accounts.verifyCredentials();
const instance = await masto.v2.instance.fetch();
assert.ok(instance.configuration.mediaAttachments.supportedMimeTypes.includes("image/jpeg"));

// Waits until the photo is ready.
const media = await masto.v2.media.create({
  file: new Blob([await readFile(photo)], { type: "image/jpeg" }),
  description: "A falcon on a branch",
});
assert.equal(media.description, "A falcon on a branch");
const status = await masto.v1.statuses.create({ status: "By masto.js #film", mediaIds: [media.id] });
assert.equal(status.mediaAttachments[0].description, "A falcon on a branch");
assert.equal(status.account.id, self.id);
assert.ok((await masto.v1.timelines.home.list()).some((entry) => entry.id === status.id));
assert.ok((await masto.v1.timelines.tag.$select("film").list()).some((entry) => entry.id === status.id));

const friend = await masto.v1.accounts.lookup({ acct: friendName });
const relationship = await masto.v1.accounts.$select(friend.id).follow();
assert.equal(relationship.following, true);
const [post] = await masto.v1.accounts.$select(friend.id).statuses.list();
assert.equal((await masto.v1.statuses.$select(post.id).favourite()).favourited, true);
assert.ok((await masto.v1.timelines.home.list()).some((entry) => entry.id === post.id));

const reply = await masto.v1.statuses.create({ status: `@${friendName} nice`, inReplyToId: post.id });
const context = await masto.v1.statuses.$select(post.id).context.fetch();
assert.deepEqual(context.descendants.map((entry) => entry.id), [reply.id]);
const search = await masto.v2.search.list({ q: `@${friendName}`, type: "accounts" });
assert.equal(search.accounts[0].id, friend.id);

const changed = await masto.v1.accounts.updateCredentials({ displayName: "Jo", fieldsAttributes: [{ name: "a", value: "b" }] });
assert.equal(changed.displayName, "Jo");
assert.equal(changed.fields[0].value, "b");

// Every page of a list, by its links.
for (let i = 0; i < 5; i += 1) await masto.v1.statuses.create({ status: `page ${i}` });
let seen = 0;
for await (const page of masto.v1.accounts.$select(self.id).statuses.list({ limit: 2 })) seen += page.length;
assert.equal(seen, 7);

await masto.v1.notifications.list();
await oauth.revoke({ clientId: app.clientId, clientSecret: app.clientSecret, token: token.accessToken });
await assert.rejects(masto.v1.accounts.verifyCredentials());
console.log("done");
process.exit(0);
