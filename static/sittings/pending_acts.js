// @ts-check
// Acts that wait for the connection, kept across reloads in this window: the latest twenty of one
// person at one sitting, for a quarter of an hour. Another person who signs in here does not find
// them.
//
// Exports `pendingActs`, which room.js passes to Acts, and `forgetOthers`, which
// panels/polls/receipt.js uses too.

/** @import { PendingAct } from "./types.js" */

const PREFIX = "acts:";
const MOST = 20;
const LIVES = 15 * 60_000;

/**
 * What waits for one person at one sitting: `read()` gives [name, act] pairs, `write(pairs)`
 * keeps them.
 * @param {number} sittingId
 * @param {number | null} personId
 */
export function pendingActs(sittingId, personId, storage = sessionStorage, now = Date.now) {
  const place = `${PREFIX}${sittingId}:${personId}`;
  forgetOthers(storage, PREFIX, personId);
  return {
    read: () => parsed(storage.getItem(place)).filter(([, act]) => act.at > now() - LIVES),
    /** @param {[string, PendingAct][]} pairs */
    write(pairs) {
      const plain = pairs.map(([name, { message, data, key, at }]) => [name, { message, data, key, at }]);
      if (plain.length) storage.setItem(place, JSON.stringify(plain.slice(-MOST)));
      else storage.removeItem(place);
    },
  };
}

/**
 * Forgets what is stored under a prefix for other persons, whom this one has signed out.
 * @param {Storage} storage
 * @param {string} prefix
 * @param {number | null} personId
 */
export function forgetOthers(storage, prefix, personId) {
  for (const place of Object.keys(storage)) {
    if (place.startsWith(prefix) && !place.endsWith(`:${personId}`)) storage.removeItem(place);
  }
}

/** @param {string | null} text @returns {[string, PendingAct][]} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null") ?? [];
  } catch {
    return [];
  }
}
