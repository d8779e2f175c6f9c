// Sentences of the page, handed over by the server in the reader's language.

const page = JSON.parse(document.getElementById("words").textContent);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: "Europe/Rome",
  hour: "2-digit",
  minute: "2-digit",
});

/** The sentence under a name, with {placeholders} filled in. */
export function say(name, values = {}) {
  return page.sentences[name].replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

/** The name of a category of participants. */
export function category(code) {
  return page.categories[code] ?? code;
}

/** The choices of a kind of poll: pairs of value and label. */
export function choices(kind) {
  return page.choices[kind] ?? [];
}

/** The name of a choice's count. */
export function counted(value) {
  return page.tallies[value] ?? value;
}

/** The label of a choice. */
export function choice(kind, value) {
  return choices(kind).find(([known]) => known === value)?.[1] ?? value;
}

/** Why a poll carried or did not, as a sentence. */
export function grounds(word) {
  return page.grounds[word] ?? word;
}

/** A moment as clocks in Italy show it. */
export function time(iso) {
  return clock.format(new Date(iso));
}

/** A person as others see them: name, and for whom they speak. */
export function person(state, id) {
  const known = state.people[id];
  if (!known) return say("somebody");
  return known.organisation ? `${known.name}, ${known.organisation}` : known.name;
}
