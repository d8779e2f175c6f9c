// @ts-check
// Computes a chosen file's digest, and those of its revisions, and asks the site for them alone.
//
// The revisions are found as consultazione/verification/revisions.py finds them.

const MOST = 16;
const BREAKS = [[], [10], [13], [13, 10]];
const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-verify]"));

if (section && globalThis.crypto?.subtle) {
  section.hidden = false;
  const chosen = /** @type {HTMLInputElement} */ (section.querySelector("input"));
  chosen.addEventListener("change", () => {
    const file = chosen.files?.[0];
    if (file) void look(file, section.dataset.verify ?? "");
  });
}

/**
 * Go to the page that says what is known of a file.
 * @param {File} file
 * @param {string} page
 */
async function look(file, page) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const whole = await digest(bytes);
  const parts = await Promise.all(revisions(bytes).map(digest));
  location.assign(`${page}/${whole}?revisioni=${parts.join(",")}`);
}

/**
 * The parts of a PDF that were whole once, alone or inside an envelope.
 * @param {Uint8Array} bytes
 */
function revisions(bytes) {
  const begin = find(bytes, "%PDF-", 0);
  const parts = [];
  let end = begin < 0 ? -1 : find(bytes, "%%EOF", begin);
  while (end >= 0 && parts.length < MOST) {
    const stop = end + 5;
    for (const mark of BREAKS) {
      if (mark.every((byte, at) => bytes[stop + at] === byte)) {
        parts.push(bytes.subarray(begin, stop + mark.length));
      }
    }
    end = find(bytes, "%%EOF", stop);
  }
  return parts.slice(0, MOST);
}

/**
 * Where some words stand in the bytes, from a place on; -1 if nowhere.
 * @param {Uint8Array} bytes
 * @param {string} words
 * @param {number} from
 */
function find(bytes, words, from) {
  const sought = new TextEncoder().encode(words);
  let at = bytes.indexOf(sought[0], from);
  while (at >= 0 && !sought.every((byte, place) => bytes[at + place] === byte)) {
    at = bytes.indexOf(sought[0], at + 1);
  }
  return at;
}

/**
 * SHA-256 in hexadecimal.
 * @param {Uint8Array} bytes
 */
async function digest(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {any} */ (bytes)));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
