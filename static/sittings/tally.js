// @ts-check
// Reads the keys of a tally and picks the lines that say how a poll ended.
//
// A key is a word (`yes`), an option (`2`), an option's grade (`2=5`), or a word or an option in a
// round (`1/exhausted`, `1/2`). Used by chronicle.js, screen.js, verdict.js and
// panels/polls/result.js. The counterpart of consultazione/sittings/polls/tally_keys.py,
// polls/open_votes/said.py and polls/sentences.py; tests/parity/tally.json tests both.

import { countName } from "./i18n.js";

/** @typedef {{round: number, word: string, option: number, grade: number}} Key what does not apply is 0 or empty */

// In the order in which they are read; "" stands for the options.
const WORDS = ["yes", "no", "abstain", "full", "reservations", "aside", "block", "", "blank", "exhausted", "ballots"];

/**
 * The lines that say how a poll ended: of rounds the last alone, and no single grades.
 * @param {import("./types.js").Counts} tally
 * @returns {[Key, number][]}
 */
export function headline(tally) {
  /** @type {[Key, number][]} */
  const lines = Object.entries(tally).map(([key, count]) => [parsed(key), count]);
  const last = Math.max(0, ...lines.map(([{ round }]) => round));
  return lines
    .filter(([{ round, grade }]) => !grade && (round === 0 || round === last))
    .sort(([one], [other]) => compare(one, other));
}

/**
 * What is counted under a key; an option by what it says.
 * @param {Pick<Key, "word" | "option">} key
 * @param {string[]} options
 */
export function keyName({ word, option }, options) {
  return word ? countName(word) : (options[option - 1] ?? String(option));
}

/**
 * A ballot's choice in words: a word, an option, several, an order, or grades.
 * @param {string} choice
 * @param {string[]} options
 */
export function choiceSaid(choice, options) {
  if (WORDS.includes(choice)) return countName(choice);
  /** @param {string} rank */
  const option = (rank) => options[Number(rank) - 1] ?? rank;
  if (choice.includes("=")) {
    const pairs = choice.split(",").map((part) => part.split("="));
    return pairs.map(([rank, grade]) => `${option(rank)}: ${grade}`).join(", ");
  }
  if (choice.includes(">")) {
    return choice.split(">").map((rank, index) => `${index + 1}. ${option(rank)}`).join(", ");
  }
  return choice.split(",").map(option).join(", ");
}

/**
 * @param {string} key
 * @returns {Key}
 */
function parsed(key) {
  const [rest, round = "0"] = key.split("/").reverse();
  const [option, grade = "0"] = rest.split("=");
  if (!/^\d+$/.test(option)) return { round: Number(round), word: option, option: 0, grade: 0 };
  return { round: Number(round), word: "", option: Number(option), grade: Number(grade) };
}

/** @param {Key} one @param {Key} other */
function compare(one, other) {
  return one.round - other.round || rank(one.word) - rank(other.word) || one.option - other.option;
}

/** @param {string} word */
function rank(word) {
  const place = WORDS.indexOf(word);
  return place < 0 ? WORDS.length : place;
}
