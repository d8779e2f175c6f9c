// @ts-check
// What the reader votes in a poll: for themselves, and for those whose proxy they hold.
//
// Exports `hasVote`, `whyNot`, `heldFor`, `mayVote` and `awaitsVote`; used by live.js, calls.js and
// panels/poll.js.

import { isPresent } from "./presence.js";

/** @import { Mine, Poll, Room } from "./types.js" */

/**
 * Why a reader who is present has no vote in a poll; null if they have one, or it is not known.
 * @param {Pick<Mine, "standing">} mine
 * @param {Poll} poll
 */
export function whyNot({ standing }, { rules, effect, organisations }) {
  if (!standing) return null;
  if (rules.franchise === "persons") return effect === "consultative" ? standing.opinion : standing.persons;
  if (standing.organisations) return standing.organisations;
  return String(standing.organisation_id) in (organisations ?? {}) ? null : "no_weight";
}

/**
 * True if a vote of the reader's own is cast, or may be.
 * @param {Pick<Mine, "standing" | "ballots">} mine
 * @param {Poll} poll
 */
export function hasVote(mine, poll) {
  return poll.id in mine.ballots || !whyNot(mine, poll);
}

/**
 * The proxies by which the reader votes in a poll.
 * @param {Pick<Mine, "proxies">} mine
 * @param {Poll} poll
 */
export function heldFor({ proxies = [] }, { rules, organisations }) {
  if (rules.franchise === "persons") return proxies;
  return proxies.filter(({ organisation_id }) => String(organisation_id) in (organisations ?? {}));
}

/**
 * True if the reader can vote in a poll that is open now.
 * @param {Pick<Room, "state" | "mine">} room
 */
export function mayVote({ state, mine }) {
  return mine.may.includes("cast_ballot") && isPresent({ state, mine });
}

/**
 * True while a reader who can vote has cast nothing. One press casts all their votes, so those by
 * proxy call only who has none of their own.
 * @param {Pick<Room, "state" | "mine">} room
 * @param {Poll} poll
 */
export function awaitsVote({ state, mine }, poll) {
  if (!mayVote({ state, mine })) return false;
  if (hasVote(mine, poll)) return !(poll.id in mine.ballots);
  const held = heldFor(mine, poll);
  return held.length > 0 && held.every(({ ballots }) => !(poll.id in ballots));
}
