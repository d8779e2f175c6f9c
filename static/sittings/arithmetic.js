// @ts-check
// The electorate, base and arithmetic of a closed poll, as sentences.
//
// Exports `arithmetic`; used by screen.js and panels/poll.js. The counterpart of
// consultazione/sittings/polls/voters/arithmetic.py; tests/parity/arithmetic.json tests both.

import { say } from "./i18n.js";

/** @import { Poll } from "./types.js" */

/** @typedef {Pick<Poll, "rules" | "effect" | "options" | "cast" | "electorate" | "entitled" | "unregistered" | "represented" | "quorum_votes" | "needed" | "needed_of">} Counted */

/**
 * How many were entitled and present, how many voted, and how many votes it took.
 * @param {Counted} poll
 */
export function arithmetic(poll) {
  return parts(poll)
    .map(([word, number]) => say(`arithmetic_${word}${number === 1 ? "_one" : ""}`, poll))
    .join(" ");
}

/**
 * The parts by name, each with the number by which it is in the singular or the plural.
 * @param {Counted} poll
 * @returns {[string, number | null][]}
 */
function parts(poll) {
  const { effect, options, cast, unregistered, represented, quorum_votes, needed } = poll;
  /** @type {[string, number | null][]} */
  const all = [[base(poll), cast]];
  if (unregistered) all.push(["unregistered", unregistered]);
  if (represented) all.push(["represented", represented]);
  if (effect === "consultative") return all;
  if (quorum_votes) all.push(["quorum", quorum_votes]);
  if (typeof needed === "number") all.push([options.length ? "chosen" : "needed", needed]);
  return all;
}

/** @param {Counted} poll */
function base({ rules, cast, entitled, electorate }) {
  if (!cast) return "nobody";
  if (rules.franchise !== "persons") return rules.franchise;
  return (entitled ?? 0) > (electorate ?? 0) ? "persons" : "present";
}
