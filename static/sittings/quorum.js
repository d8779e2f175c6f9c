// How a sitting stands with its quorum, in words; the counterpart of quorums/words.py.

import { category, counted, say } from "./i18n.js";

/** Whether enough is there of everything. */
export function isMet(needed, there) {
  return Object.entries(needed).every(([name, least]) => there[name] >= least);
}

/** Whether the quorum is reached and with how many; empty where none was asked for. */
export function standing(needed, there, word = "quorum") {
  if (!needed) return "";
  return say(`${word}_${isMet(needed, there) ? "met" : "missing"}`, { parts: parts(needed, there) });
}

/** How the sitting stands just now. */
export function standingNow({ presence: { quorum } }) {
  return quorum ? standing(quorum.needed, quorum.there) : "";
}

/** What the quorum of a sitting was set to. */
export function terms({ quorum_kind, least, percent, by_category }) {
  const categories = Object.entries(by_category).map(([code, n]) => `${category(code)} ${n}`);
  return say(`quorum_set_${quorum_kind}`, { least, percent, categories: categories.join(", ") });
}

function parts(needed, there) {
  return Object.entries(needed)
    .map(([name, least]) => say("quorum_part", { what: counted(name), there: there[name], needed: least }))
    .join("; ");
}
