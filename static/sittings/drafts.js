// @ts-check
// Unsaved text, kept across reloads in this window: the drafts of one person at one sitting.
// Another person who signs in here does not find them.
//
// Exports `drafts`; used by notes.js.

const PREFIX = "drafts:";

/**
 * @typedef {object} Drafts texts by a number, such as the id of a point
 * @property {(key: number) => string | undefined} get
 * @property {() => number[]} keys
 * @property {(key: number, text: string) => void} set
 * @property {(key: number) => void} drop
 */

/**
 * The texts of one person at one sitting.
 * @param {number} sittingId
 * @param {number | null} personId
 * @returns {Drafts}
 */
export function drafts(sittingId, personId, storage = sessionStorage) {
  const place = `${PREFIX}${sittingId}:${personId}`;
  for (const other of Object.keys(storage)) {
    if (other.startsWith(PREFIX) && !other.endsWith(`:${personId}`)) storage.removeItem(other);
  }
  const texts = new Map(parsed(storage.getItem(place)));
  const keep = () => {
    if (texts.size) storage.setItem(place, JSON.stringify([...texts]));
    else storage.removeItem(place);
  };
  return {
    get: (key) => texts.get(key),
    keys: () => [...texts.keys()],
    set(key, text) {
      texts.set(key, text);
      keep();
    },
    drop(key) {
      texts.delete(key);
      keep();
    },
  };
}

/** @param {string | null} text @returns {[number, string][]} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null") ?? [];
  } catch {
    return [];
  }
}
