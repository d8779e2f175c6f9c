// Sentences of the page, handed over by the server in the reader's language.

const page = JSON.parse(document.getElementById("words").textContent);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: "Europe/Rome",
  hour: "2-digit",
  minute: "2-digit",
});
const calendar = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: "Europe/Rome", day: "numeric", month: "long", year: "numeric",
});

/** The sentence under a name, with {placeholders} filled in. */
export function say(name, values = {}) {
  return filled(page.sentences[name], values);
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

/** The name of a category of participants. */
export function category(code) {
  return page.categories[code] ?? code;
}

/** The answers of a kind of poll that are words. */
export function answers(kind) {
  return page.poll_words[kind] ?? [];
}

/** An answer that is a word, as it is offered. */
export function choiceName(word) {
  return page.choices[word] ?? word;
}

/** The name of what is counted under a word. */
export function counted(word) {
  return page.tallies[word] ?? word;
}

/** A rule's value by its name. */
export function ruleName(rule, value) {
  return page.rules[rule][value] ?? value;
}

/** Why a poll ended as it did, with its numbers and the options that prevailed. */
export function grounds({ grounds: word, numbers, winners, options }) {
  const named = (winners ?? []).map((rank) => options[rank - 1]).join(", ");
  return filled(page.grounds[word] ?? word, { ...numbers, winners: named }).trim();
}

/** Whether a title is that of the point with which agendas end, in the words usual for it. */
export function isAnyOtherBusiness(title) {
  return page.any_other_business.includes(title.toLowerCase().split(/\s+/).join(" ").replace(/^[ .]+|[ .]+$/g, ""));
}

/** A moment as clocks in Italy show it. */
export function time(iso) {
  return clock.format(new Date(iso));
}

/** A day, as calendars in Italy show it. */
export function day(iso) {
  return calendar.format(new Date(`${iso}T12:00:00Z`));
}

/** A person as others see them: name, and for whom they speak. */
export function person(state, id) {
  const known = state.people[id];
  if (!known) return say("somebody");
  return known.organisation ? `${known.name}, ${known.organisation}` : known.name;
}
