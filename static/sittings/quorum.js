// @ts-check
// The quorum of a sitting in words: `standing` and `standingNow` say whether it is reached, `terms`
// says what it requires.
//
// Used by chronicle.js, screen.js, panels/quorum.js and panels/poll.js. The counterpart of
// consultazione/sittings/quorums/sentences.py; tests/parity/quorum.json tests both.

import { category, countName, say } from "./i18n.js";

/** @typedef {import("./types.js").Counts} Counts by `persons`, `seats` or the code of a category */

/**
 * Whether the quorum is reached and with how many; empty where nobody in particular is needed.
 * @param {Counts | null} needed
 * @param {Counts | null} there
 * @param {"quorum" | "quorum_verified"} word which sentence
 */
export function standing(needed, there, word = "quorum") {
  if (!needed || !there || !Object.keys(needed).length) return "";
  return say(`${word}_${isMet(needed, there) ? "met" : "missing"}`, { parts: parts(needed, there) });
}

/**
 * How the sitting stands just now.
 * @param {Pick<import("./types.js").Snapshot, "presence">} state
 */
export function standingNow({ presence: { quorum } }) {
  return quorum ? standing(quorum.needed, quorum.there) : "";
}

/**
 * How many must be there, in one sentence.
 * @param {{quorum_kind: string, least: number, percent: number, by_category: Counts}} set
 */
export function terms({ quorum_kind, least, percent, by_category }) {
  const categories = Object.entries(by_category).map(([code, n]) => `${category(code)} ${n}`);
  return say(`quorum_set_${quorum_kind}`, { least, percent, categories: categories.join(", ") });
}

/**
 * Whether there is enough of everything.
 * @param {Counts} needed
 * @param {Counts} there
 */
function isMet(needed, there) {
  return Object.entries(needed).every(([name, least]) => there[name] >= least);
}

/** @param {Counts} needed @param {Counts} there */
function parts(needed, there) {
  return Object.entries(needed)
    .map(([name, least]) => say("quorum_part", { what: countName(name), there: there[name], needed: least }))
    .join("; ");
}
