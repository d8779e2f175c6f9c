// The keys of a tally: a word, an option (`2`), its grade (`2=5`), an option in a round (`1/2`).

import { counted } from "./i18n.js";

const WORDS = ["yes", "no", "abstain", "full", "reservations", "aside", "block", "", "blank", "exhausted", "ballots"];

/** The lines that say how a poll ended: of rounds the last alone, and no single grades. */
export function headline(tally) {
  const lines = Object.entries(tally).map(([key, count]) => [parsed(key), count]);
  const last = Math.max(0, ...lines.map(([{ round }]) => round));
  return lines
    .filter(([{ round, grade }]) => !grade && (round === 0 || round === last))
    .sort(([one], [other]) => place(one) - place(other));
}

/** What is counted under a key; an option by what it says. */
export function keyName({ word, option }, { options }) {
  return word ? counted(word) : (options[option - 1] ?? option);
}

function parsed(key) {
  const [rest, round = 0] = key.split("/").reverse();
  const [option, grade] = rest.split("=");
  const word = /^\d+$/.test(option) ? "" : option;
  return { round: Number(round), word, option: Number(option) || 0, grade };
}

function place({ round, word, option }) {
  return round * 10_000 + WORDS.indexOf(word) * 100 + option;
}
