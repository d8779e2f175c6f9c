// The proof of an entry, checked in the browser, over trees that the test builds by the definition
// of RFC 6962 (2.1) and signs itself.

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";

import { canonical, provenSize, Unproven } from "../../static/verification/log_proof.js";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const PUBLIC = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
const ORIGIN = "example.org/log";
const KEY_ID = sha256(Buffer.concat([Buffer.from(`${ORIGIN}\n\x01`), PUBLIC])).subarray(0, 4);
const KEY = `${ORIGIN}+${KEY_ID.toString("hex")}+${Buffer.concat([Buffer.from([1]), PUBLIC]).toString("base64")}\n`;

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest();
}

function entryOf(number) {
  const content = {
    actor_id: null, at: "2026-11-30T08:00:00.000000+00:00", data: { digest: "d", b: [1, "à\n"], a: null },
    kind: "document.registered", number, salt: "00", stream: "register:1",
  };
  const prev_digest = "0".repeat(64);
  const digest = sha256(Buffer.concat([Buffer.from(prev_digest, "hex"), Buffer.from(canonical(content))]));
  return { ...content, prev_digest, digest: digest.toString("hex") };
}

function leafOf({ digest, number, stream }) {
  return sha256(`\0{"digest":"${digest}","number":${number},"stream":"${stream}"}`);
}

function largestPowerBelow(size) {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  const cut = largestPowerBelow(leaves.length);
  return sha256(Buffer.concat([Buffer.from([1]), rootOf(leaves.slice(0, cut)), rootOf(leaves.slice(cut))]));
}

function pathTo(index, leaves) {
  if (leaves.length === 1) return [];
  const cut = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, cut), leaves.slice(cut)];
  return index < cut ? [...pathTo(index, left), rootOf(right)] : [...pathTo(index - cut, right), rootOf(left)];
}

function proofOf(index, leaves) {
  const text = `${ORIGIN}\n${leaves.length}\n${rootOf(leaves).toString("base64")}\n`;
  const signature = Buffer.concat([KEY_ID, sign(null, Buffer.from(text), privateKey)]).toString("base64");
  const hashes = pathTo(index, leaves).map((hash) => `${hash.toString("base64")}\n`).join("");
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${text}\n— ${ORIGIN} ${signature}\n`;
}

test("every entry of a tree of every small size is proven", async () => {
  for (let size = 1; size <= 20; size += 1) {
    const entries = Array.from({ length: size }, (_, number) => entryOf(number + 1));
    const leaves = entries.map(leafOf);
    for (const [index, entry] of entries.entries()) {
      assert.equal(await provenSize(entry, proofOf(index, leaves), KEY), size);
    }
  }
});

const ENTRIES = [1, 2, 3, 4, 5].map(entryOf);
const LEAVES = ENTRIES.map(leafOf);
const PROOF = proofOf(2, LEAVES);
const OTHER_KEY = KEY.replace(/\+[0-9a-f]{8}\+/, "+00000000+");

test("the place of an entry whose content is withheld is proven", async () => {
  const { stream, number, digest, prev_digest } = ENTRIES[2];
  const withheld = { stream, number, digest, prev_digest, withheld: "personal" };
  assert.equal(await provenSize(withheld, PROOF, KEY), 5);
  await assert.rejects(provenSize({ ...withheld, number: 9 }, PROOF, KEY), Unproven);
});

for (const [what, entry, proof, key] of [
  ["an entry with another word", { ...ENTRIES[2], data: { digest: "e" } }, PROOF, KEY],
  ["another entry", ENTRIES[1], PROOF, KEY],
  ["another place", ENTRIES[2], PROOF.replace("index 2", "index 3"), KEY],
  ["a place beyond the tree", ENTRIES[2], PROOF.replace("index 2", "index 5"), KEY],
  ["a hash too few", ENTRIES[2], PROOF.replace(/(index 2\n).*\n/, "$1"), KEY],
  ["a hash too many", ENTRIES[2], PROOF.replace(/(index 2\n)(.*\n)/, "$1$2$2"), KEY],
  ["another size", ENTRIES[2], PROOF.replace("\n5\n", "\n6\n"), KEY],
  ["another log", ENTRIES[2], PROOF.replaceAll(ORIGIN, "example.org/other"), KEY],
  ["another key", ENTRIES[2], PROOF, OTHER_KEY],
  ["no proof", ENTRIES[2], "Not found", KEY],
  ["no key", ENTRIES[2], PROOF, "Not found"],
]) {
  test(`${what} is not proven`, async () => {
    await assert.rejects(provenSize(entry, proof, key), Unproven);
  });
}
