// SPDX-License-Identifier: GPL-3.0-or-later
// tus.mjs SERVER TOKEN PHOTO: uploads the photo with npm's tus-js-client in each way that it knows, makes attachments of
// what has arrived, and says "step: …" for each that went well, "done" at the end. Exit code 1 with a reason otherwise.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tus from 'tus-js-client';

const [server, token, photo] = process.argv.slice(2);
const authorization = { Authorization: `Bearer ${token}` };
const original = readFileSync(photo);
const digest = bytes => createHash('sha256').update(bytes).digest('hex');

const instance = await (await fetch(`${server}/api/v2/instance`)).json();
const endpoint = new URL(instance.configuration.graminsta.uploads.tus, server).href;

// An upload under way: `ended` is its address, or why it has failed.
function start(options = {}, source = original) {
    const handle = {};
    handle.ended = new Promise((resolve, reject) => {
        handle.upload = new tus.Upload(source, {
            endpoint,
            headers: authorization,
            retryDelays: [0, 100, 300, 1000],
            metadata: { filename: 'photo.jpg', filetype: 'image/jpeg' },
            ...options,
            onError: reject,
            onSuccess: () => resolve(handle.upload.url),
        });
        handle.upload.start();
    });
    return handle;
}

async function attach(url) {
    const reply = await fetch(`${server}/api/v2/media`, {
        method: 'POST',
        headers: { ...authorization, 'Content-Type': 'application/json' },
        body: JSON.stringify({ upload: url, description: 'by tus' }),
    });
    assert.ok(reply.status === 200 || reply.status === 202, `${reply.status}: ${await reply.clone().text()}`);
    const { id } = await reply.json();
    const file = await fetch(`${server}/api/graminsta/v1/media/${id}/original`, { headers: authorization });
    assert.equal(digest(Buffer.from(await file.arrayBuffer())), digest(original));
    return id;
}

async function step(name, body) {
    try {
        await body();
    } catch (error) {
        console.log(`failed: ${name}: ${error}`); // not the object, which holds the whole connection
        process.exit(1);
    }
    console.log(`step: ${name}`);
}

await step('in one request', async () => attach(await start().ended));
await step('in chunks', async () => attach(await start({ chunkSize: 100_000 }).ended));
await step('with the creation', async () => attach(await start({ uploadDataDuringCreation: true }).ended));
await step('by POST alone', async () => attach(await start({ overridePatchMethod: true, chunkSize: 100_000 }).ended));
await step('in parallel parts', async () => attach(await start({ parallelUploads: 3, chunkSize: 70_000 }).ended));
await step('several at once', async () => {
    const urls = await Promise.all([1, 2, 3, 4].map(() => start({ chunkSize: 90_000 }).ended));
    const ids = await Promise.all(urls.map(attach));
    assert.equal(new Set(ids).size, urls.length);
});
await step('stopped and resumed', async () => {
    let stopped;
    const pause = new Promise(resolve => {
        stopped = resolve;
    });
    const first = start({
        chunkSize: 60_000,
        onChunkComplete: async (size, accepted) => {
            if (accepted >= 120_000 && stopped) {
                const end = stopped;
                stopped = undefined;
                await first.upload.abort();
                end();
            }
        },
    });
    first.ended.catch(() => {});
    await pause;
    assert.ok(first.upload.url);
    let begun;
    const second = start({
        uploadUrl: first.upload.url,
        chunkSize: 60_000,
        onProgress: sent => {
            begun ??= sent;
        },
    });
    const url = await second.ended;
    assert.equal(url, first.upload.url);
    assert.ok(begun >= 120_000, `it began again at ${begun}`);
    await attach(url);
});
await step('ended', async () => {
    let url;
    await new Promise((resolve, reject) => {
        const handle = start({
            chunkSize: 60_000,
            onChunkComplete: () => {
                if (url)
                    return;
                url = handle.upload.url;
                handle.upload.abort(true).then(resolve, reject);
            },
        });
        handle.ended.catch(() => {});
    });
    const head = await fetch(url, { method: 'HEAD', headers: { ...authorization, 'Tus-Resumable': '1.0.0' } });
    assert.equal(head.status, 404);
});
await step('refused when too large', async () => {
    const large = Buffer.alloc(instance.configuration.graminsta.uploads.max_size + 1);
    const error = await start({ retryDelays: null }, large).ended.then(() => undefined, reason => reason);
    assert.equal(error?.originalResponse?.getStatus(), 413, String(error));
});
console.log('done');
