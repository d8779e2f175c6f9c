// Stands for lit-html in the unit tests: what is drawn can be read as text, and what it hears
// can be called. page.mjs puts it in the place of static/vendor/lit-html.

export const nothing = Symbol("nothing");

export const html = (strings, ...values) => ({ strings, values });

export const repeat = (rows, _key, draw) => [...rows].map(draw);

export const keyed = (_key, drawn) => drawn;

/** Keeps what is drawn with its element: `drawn` itself, and `text`, what is to be read. */
export function render(drawn, element) {
  element.drawn = drawn;
  element.text = text(drawn);
  element.firstElementChild = markup(drawn).trim() ? {} : null;
}

/** What is drawn as mark-up, without what it hears. */
export function markup(drawn) {
  if (drawn === nothing || drawn === null || drawn === undefined || typeof drawn === "function") return "";
  if (Array.isArray(drawn)) return drawn.map(markup).join("");
  if (!drawn.strings) return String(drawn);
  return drawn.strings.map((part, index) => part + markup(drawn.values[index])).join("");
}

/** What is drawn as a reader meets it: words, with single blanks between them. */
export function text(drawn) {
  return markup(drawn).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

/** What a part of the drawing hears: the functions behind `event`, each with the words of its part. */
export function listeners(drawn, event) {
  if (Array.isArray(drawn)) return drawn.flatMap((part) => listeners(part, event));
  if (!drawn?.strings) return [];
  return drawn.strings.flatMap((part, index) => {
    const value = drawn.values[index];
    const own = part.endsWith(`@${event}=`) && value ? [{ words: text(drawn), hear: value }] : [];
    return [...own, ...listeners(value, event)];
  });
}

/** Presses the button that says `words`; gives back what its listener does. */
export function press(drawn, words) {
  const buttons = listeners(drawn, "click").filter((button) => button.words.startsWith(words));
  if (buttons.length !== 1) throw new Error(`${buttons.length} buttons say "${words}" in: ${text(drawn)}`);
  return buttons[0].hear();
}

/** Submits the form among whose words `words` are, with the values of its fields. */
export function submit(drawn, words, fields) {
  const forms = listeners(drawn, "submit").filter((form) => form.words.includes(words));
  if (forms.length !== 1) throw new Error(`${forms.length} forms say "${words}" in: ${text(drawn)}`);
  const form = { fields, reset() { this.wasReset = true; }, closest: () => null };
  forms[0].hear({ preventDefault() {}, target: form });
  return form;
}
