// @ts-check
// Checks in the browser that an entry stands in the public log, with nothing but what was published:
// the entry, its proof (C2SP tlog-proof) and the log's key (C2SP signed-note). As docs/transparency.md
// has it, and consultazione/transparency/proofs.py.

/**
 * An entry as /log/entry publishes it; of one that is withheld its place and its digests alone.
 * @typedef {{stream: string, number: number, digest: string, prev_digest: string, kind: string,
 *   at: string, actor_id: number | null, data: Record<string, unknown>, salt: string,
 *   withheld?: string}} Entry
 */

const FIRST = "c2sp.org/tlog-proof@v1";
const ED25519 = 1;
const words = new TextEncoder();

/** What was published does not fit together; the message says where. */
export class Unproven extends Error {}

/**
 * The size of the signed tree in which the entry stands; Unproven if that is not shown.
 * @param {Entry} entry
 * @param {string} proof
 * @param {string} key
 */
export async function provenSize(entry, proof, key) {
  if (!entry.withheld) {
    const said = concat([fromHex(entry.prev_digest), words.encode(canonicalEntry(entry))]);
    require(toHex(await sha256(said)) === entry.digest, "entry");
  }
  const { index, hashes, note } = parsed(proof);
  const { origin, size, root } = await signedCheckpoint(note, key);
  require(key.startsWith(`${origin}+`), "origin");
  const { digest, number, stream } = entry;
  const leaf = await sha256(concat([[0], words.encode(canonical({ digest, number, stream }))]));
  require(same(await rootAbove(leaf, index, size, hashes), root), "root");
  return size;
}

/** @param {unknown} holds @param {string} where @returns {asserts holds} */
function require(holds, where) {
  if (!holds) throw new Unproven(where);
}

/**
 * The JSON of an entry that its digest covers.
 * @param {Entry} entry
 */
function canonicalEntry({ actor_id, at, data, kind, number, salt, stream }) {
  return canonical({ actor_id, at, data, kind, number, salt, stream });
}

/**
 * JSON with sorted keys and no blanks.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(",")}}`;
}

/**
 * The parts of a tlog-proof.
 * @param {string} proof
 */
function parsed(proof) {
  const end = proof.indexOf("\n\n");
  const [first, ...lines] = proof.slice(0, end).split("\n");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "");
  require(end > 0 && first === FIRST && index, "proof");
  const hashes = lines.map(fromBase64);
  require(hashes.length < 64 && hashes.every((one) => one.length === 32), "proof");
  return { index: Number(index[1]), hashes, note: proof.slice(end + 2) };
}

/**
 * The checkpoint of a note that the key signed.
 * @param {string} note
 * @param {string} key
 */
async function signedCheckpoint(note, key) {
  const [, name, id, content] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(key.trim()) ?? [];
  require(content, "key");
  const public_key = fromBase64(content);
  require(public_key.length === 33 && public_key[0] === ED25519, "key");
  const end = note.lastIndexOf("\n\n");
  const text = note.slice(0, end + 1);
  const ours = note.slice(end + 2).split("\n").filter((line) => line.startsWith(`— ${name} `));
  const signatures = ours
    .map((line) => fromBase64(line.split(" ")[2]))
    .filter((one) => toHex(one.subarray(0, 4)) === id);
  require(end > 0 && signatures.length === 1, "signature");
  require(await isSignedBy(public_key.subarray(1), signatures[0].subarray(4), text), "signature");
  const [origin, size, root] = text.split("\n");
  require(/^(0|[1-9][0-9]{0,15})$/.test(size), "checkpoint");
  return { origin, size: Number(size), root: fromBase64(root) };
}

/**
 * @param {Uint8Array} key
 * @param {Uint8Array} signature
 * @param {string} text
 */
async function isSignedBy(key, signature, text) {
  const { subtle } = crypto;
  const signer = await subtle.importKey("raw", bytes(key), "Ed25519", false, ["verify"]);
  return subtle.verify("Ed25519", signer, bytes(signature), bytes(words.encode(text)));
}

/**
 * The root to which a proof of inclusion leads (RFC 9162, 2.1.3.2).
 * @param {Uint8Array} leaf
 * @param {number} index
 * @param {number} size
 * @param {Uint8Array[]} hashes
 */
async function rootAbove(leaf, index, size, hashes) {
  require(index < size, "index");
  let [place, last, found] = [index, size - 1, leaf];
  for (const other of hashes) {
    require(last > 0, "proof");
    const is_right = place % 2 === 1 || place === last;
    found = await sha256(concat([[1], ...(is_right ? [other, found] : [found, other])]));
    while (is_right && place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)];
    [place, last] = [half(place), half(last)];
  }
  require(last === 0, "proof");
  return found;
}

/** @param {number} place */
function half(place) {
  return Math.floor(place / 2);
}

/** @param {Uint8Array} content */
async function sha256(content) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(content)));
}

/** @param {Uint8Array} content @returns {Uint8Array<ArrayBuffer>} */
function bytes(content) {
  return Uint8Array.from(content);
}

/** @param {(Uint8Array | number[])[]} parts */
function concat(parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** @param {string} text */
function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Unproven("base64");
  }
}

/** @param {string} text */
function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** @param {Uint8Array} content */
function toHex(content) {
  return [...content].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
