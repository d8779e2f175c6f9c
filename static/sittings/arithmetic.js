// @ts-check
// The electorate, base and arithmetic of a closed poll, as a sentence.
//
// Exports `arithmetic`; used by screen.js and panels/poll.js. The counterpart of
// consultazione/sittings/polls/sentences.py; tests/parity/arithmetic.json tests both.

import { say } from "./i18n.js";

/** @import { Poll } from "./types.js" */

/** @typedef {Pick<Poll, "rules" | "cast" | "electorate" | "entitled" | "unregistered" | "quorum_votes" | "needed" | "needed_of">} Counted */

/**
 * How many were entitled and present, how many voted, and how many votes it took.
 * @param {Counted} poll
 */
export function arithmetic(poll) {
  return parts(poll).map((part) => say(`arithmetic_${part}`, poll)).join(" ");
}

/** @param {Counted} poll */
function parts({ rules, entitled, electorate, unregistered, quorum_votes, needed }) {
  const listed = (entitled ?? 0) > (electorate ?? 0);
  const base = rules.franchise === "persons" && !listed ? "present" : rules.franchise;
  return [
    base,
    ...(unregistered ? ["unregistered"] : []),
    ...(quorum_votes ? ["quorum"] : []),
    ...(needed === null || needed === undefined ? [] : ["needed"]),
  ];
}
