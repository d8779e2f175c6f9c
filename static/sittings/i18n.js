// @ts-check
// The sentences of the page in the reader's language, and how numbers, dates and persons are
// written. The server embeds the sentences in the page, in the element `words`
// (consultazione/sittings/room/sentences.py). Every module that shows text imports this one.

/**
 * @typedef {object} Words
 * @property {Record<string, string>} sentences by name, with {placeholders}
 * @property {string[]} any_other_business usual titles of the last point of an agenda
 * @property {Record<string, string>} categories of participants, by code
 * @property {Record<string, string>} grounds why a poll ended as it did, by word
 * @property {Record<string, string>} tallies what is counted, by the word in a tally or a quorum
 * @property {Record<string, string>} choices answers that are words, as they are offered
 * @property {Record<string, string[]>} poll_words the answers of a kind of poll
 * @property {Record<string, Record<string, string>>} rules the values of a poll's rules
 */

/** @type {Words} */
const page = JSON.parse(document.getElementById("words")?.textContent ?? "");
const LANGUAGE = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(LANGUAGE, {
  timeZone: "Europe/Rome",
  hour: "2-digit",
  minute: "2-digit",
});
const calendar = new Intl.DateTimeFormat(LANGUAGE, {
  timeZone: "Europe/Rome", day: "numeric", month: "long", year: "numeric",
});
const decimals = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 2 });

/**
 * The sentence under a name, with {placeholders} filled in; what has no value is left out.
 * @param {string} name
 * @param {Record<string, any>} values
 */
export function say(name, values = {}) {
  return filled(page.sentences[name], values);
}

/** @param {string} sentence @param {Record<string, any>} values */
function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

/**
 * The name of a category of participants.
 * @param {string} code
 */
export function category(code) {
  return page.categories[code] ?? code;
}

/**
 * The answers of a kind of poll that are words.
 * @param {string} kind
 */
export function answers(kind) {
  return page.poll_words[kind] ?? [];
}

/**
 * An answer that is a word, as it is offered.
 * @param {string} word
 */
export function choiceName(word) {
  return page.choices[word] ?? word;
}

/**
 * The name of what a tally or a quorum counts under a word.
 * @param {string} word
 */
export function countName(word) {
  return page.tallies[word] ?? word;
}

/**
 * A rule's value by its name.
 * @param {string} rule
 * @param {string} value
 */
export function ruleName(rule, value) {
  return page.rules[rule][value] ?? value;
}

/**
 * Why a poll ended as it did, with its numbers and the options that prevailed.
 * @param {Pick<import("./types.js").Poll, "grounds" | "numbers" | "winners" | "options">} poll
 */
export function grounds({ grounds: word, numbers, winners, options }) {
  if (word === null) return "";
  const named = (winners ?? []).map((rank) => options[rank - 1] ?? rank).join(", ");
  return filled(page.grounds[word] ?? word, { ...numbers, winners: named }).trim();
}

/**
 * Whether a title is that of the point with which agendas end, in the words usual for it.
 * @param {string} title
 */
export function isAnyOtherBusiness(title) {
  const words = title.toLowerCase().split(/\s+/).join(" ").replace(/^[ .]+|[ .]+$/g, "");
  return page.any_other_business.includes(words);
}

/**
 * A number with two places after the comma at most, as the reader's language writes it.
 * @param {number} number
 */
export function decimal(number) {
  return decimals.format(number);
}

/**
 * A moment as clocks in Italy show it.
 * @param {string} iso
 */
export function time(iso) {
  return clock.format(new Date(iso));
}

/**
 * A day, as calendars in Italy show it.
 * @param {string} iso
 */
export function day(iso) {
  return calendar.format(new Date(`${iso}T12:00:00Z`));
}

/**
 * A person as others see them: name, and for whom they speak.
 * @param {Pick<import("./types.js").Snapshot, "people">} state
 * @param {number | null | undefined} id
 */
export function person(state, id) {
  const known = state.people[String(id)];
  if (!known) return say("somebody");
  return known.organisation ? `${known.name}, ${known.organisation}` : known.name;
}
