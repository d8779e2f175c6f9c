// A page for modules that read one when they are loaded: the sentences of the room, a language,
// elements, stores. Import it first, open the page, then import modules of static/ by `await
// import(...)`.
//
// The sentences come from the application itself: `python -m pytest tests/js` writes them to the
// file that the environment calls ROOM_WORDS.

import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const SENTENCES = JSON.parse(readFileSync(process.env.ROOM_WORDS, "utf8"));
// Third parties' modules are not what is tested here; a browser is needed for them.
const STUBS = new Map([
  ["vendor/lit-html/lit-html.js", "./lit.mjs"],
  ["vendor/lit-html/directives/repeat.js", "./lit.mjs"],
  ["vendor/lit-html/directives/keyed.js", "./lit.mjs"],
  ["vendor/socket.io/socket.io.esm.min.js", "./wire.mjs"],
]);

registerHooks({
  resolve(specifier, context, next) {
    const stub = [...STUBS].find(([end]) => specifier.endsWith(end));
    return stub ? next(new URL(stub[1], import.meta.url).href, context) : next(specifier, context);
  },
});

/** An element of the page with as much of its life as the modules ask for. */
export class Element {
  dataset = {};
  hidden = false;
  textContent = "";
  #listeners = new Map();
  #parts = new Map();

  constructor(fields = {}) {
    Object.assign(this, fields);
  }

  addEventListener(event, hear) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), hear]);
  }

  /** Lets an event happen. */
  fire(event, details = {}) {
    const happened = { preventDefault() {}, target: this, ...details };
    for (const hear of this.#listeners.get(event) ?? []) hear(happened);
  }

  /** Puts elements where a selector finds them. */
  put(selector, ...elements) {
    this.#parts.set(selector, elements);
    return this;
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  querySelectorAll(selector) {
    return this.#parts.get(selector) ?? [];
  }

  getElementById(id) {
    return this.querySelector(`#${id}`);
  }
}

/** A store as browsers have it: keys are its own properties, values are text. */
export class Store {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, value) {
    this[key] = String(value);
  }

  removeItem(key) {
    delete this[key];
  }
}

/** A form's values, from the `fields` that a test has given it. */
class Values {
  constructor({ fields }) {
    this.fields = fields;
  }

  get(name) {
    return this.fields[name] ?? null;
  }

  getAll(name) {
    return [this.fields[name] ?? []].flat();
  }

  [Symbol.iterator]() {
    return Object.entries(this.fields)[Symbol.iterator]();
  }
}

/** Opens a page in a language, with elements by their id; gives back its document. */
export function openPage(lang = "en", elements = {}) {
  const document = new Element({ documentElement: { lang }, activeElement: null });
  document.put("#words", new Element({ textContent: JSON.stringify(SENTENCES[lang]) }));
  document.put("#announcer", new Element());
  for (const [id, element] of Object.entries(elements)) document.put(`#${id}`, element);
  Object.assign(globalThis, {
    document, FormData: Values, sessionStorage: new Store(), localStorage: new Store(),
  });
  return document;
}
