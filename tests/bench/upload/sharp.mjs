// SPDX-License-Identifier: GPL-3.0-or-later
// Photos through npm's sharp, to the sizes and formats that our processor makes of them:
//   node sharp.mjs OUTPUT_FOLDER AT_ONCE ROUNDS PHOTO...
// Prints {"photos", "seconds", "cpuSeconds"}; starting up and a first photo, for warming up, do not count.
import { join } from "node:path";
import sharp from "sharp";

const [folder, atOnce, rounds, ...photos] = process.argv.slice(2);
sharp.cache(false);
sharp.concurrency(1); // as ours: one photo, one thread

async function make(photo, slot) {
    const file = (name) => join(folder, `${slot}-${name}`);
    const within = (side) => [side, side, { fit: "inside", withoutEnlargement: true }];
    // Decoded once for the four small ones, as ours: twice as fast as a pipeline for each.
    const { data, info } = await sharp(photo)
        .autoOrient()
        .resize(...within(1080))
        .raw()
        .toBuffer({ resolveWithObject: true });
    const feed = () => sharp(data, { raw: info });
    await feed().jpeg({ quality: 85 }).toFile(file("feed.jpg"));
    await feed().webp({ quality: 80, effort: 2 }).toFile(file("feed.webp"));
    const grid = () => feed().resize(...within(320));
    await grid().jpeg({ quality: 80 }).toFile(file("grid.jpg"));
    await grid().webp({ quality: 76, effort: 2 }).toFile(file("grid.webp"));
    await sharp(photo).autoOrient().jpeg({ quality: 88, optimiseCoding: false }).toFile(file("full.jpg"));
}

await make(photos[0], 0);
const queue = Array.from({ length: Number(rounds) }, () => photos).flat();
const total = queue.length;
const started = process.hrtime.bigint();
const cpuBefore = process.cpuUsage();
await Promise.all(
    Array.from({ length: Number(atOnce) }, async (_, slot) => {
        for (let photo = queue.shift(); photo !== undefined; photo = queue.shift()) await make(photo, slot);
    }),
);
const cpu = process.cpuUsage(cpuBefore);
console.log(
    JSON.stringify({
        photos: total,
        seconds: Number(process.hrtime.bigint() - started) / 1e9,
        cpuSeconds: (cpu.user + cpu.system) / 1e6,
    }),
);
