// A page for modules that read one when they are loaded: the sentences of the room, a
// language, stores, and clocks that the test moves. Import it before any module of static/.
//
// The sentences come from the application itself: `python -m pytest tests/js` writes them to
// the file that the environment calls ROOM_WORDS.

import { readFileSync } from "node:fs";

const sentences = JSON.parse(readFileSync(process.env.ROOM_WORDS, "utf8"));

/** Stands for an element of the page: what a module sets on it can be read, and nothing else. */
export function element(fields = {}) {
  return { dataset: {}, hidden: false, textContent: "", ...fields };
}

/** Makes the page of one language; `elements` by their id. To be called once in a test file. */
export function openPage(lang = "en", elements = {}) {
  const known = { words: element({ textContent: JSON.stringify(sentences[lang]) }), ...elements };
  globalThis.document = {
    documentElement: { lang },
    getElementById: (id) => known[id] ?? null,
    querySelectorAll: () => [],
    createTreeWalker: () => ({}),
    createComment: () => ({}),
    addEventListener() {},
  };
  globalThis.sessionStorage = new Store();
  globalThis.localStorage = new Store();
  return known;
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
