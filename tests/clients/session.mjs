// SPDX-License-Identifier: GPL-3.0-or-later
// What the scripts of this folder have in common: their arguments, and what they tell the test on standard output.
//
// node SCRIPT URL FIRST SECOND FRIEND TOKEN   FIRST, SECOND: photos; FRIEND: a locked account that has one public post
// with the tag #friends; TOKEN: the friend's. A script says "version: …" and "step: …", prints the authorize address,
// reads the code from standard input, and says "done" at its end. Exit code 0 if everything came back as expected.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";

export const [url, first, second, friendName, friendToken] = process.argv.slice(2);
export const outOfBand = "urn:ietf:wg:oauth:2.0:oob";

export const step = (name) => console.log(`step: ${name}`);

export async function sayVersion(name) {
  const folder = new URL(`node_modules/${name}/package.json`, import.meta.url);
  console.log(`version: ${JSON.parse(await readFile(folder, "utf8")).version}`);
}

export async function codeFrom(address) {
  console.log(address);
  return (await createInterface({ input: process.stdin }).question("")).trim();
}

// Does `act` again and again until the promise `arrival` is kept: nothing says when a stream has begun.
export async function until(arrival, act) {
  let arrived = false;
  const kept = arrival.then((value) => {
    arrived = true;
    return value;
  });
  for (let i = 0; i < 60 && !arrived; i += 1) {
    await act();
    await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, 500))]);
  }
  assert.ok(arrived, "nothing came by the stream");
  return kept;
}

export function finish() {
  console.log("done");
  process.exit(0);
}
