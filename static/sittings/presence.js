// @ts-check
// Tells whether the reader is in the sitting. In a crowd only the first are listed by name.
//
// Exports `isPresent`; used by the panels.

/** @import { Room } from "./types.js" */

/**
 * True if the reader of the page is among those present.
 * @param {Pick<Room, "state" | "mine">} room
 */
export function isPresent({ state, mine }) {
  const { count, present } = state.presence;
  const isListed = present.includes(mine.person_id ?? 0);
  return isListed || (count > present.length && Boolean(mine.present));
}
