// @ts-check
// Keeps in this browser what somebody types into a long form, so that neither a reload nor a lost
// sign-in takes it away. Only the person who typed it finds it again; it goes once the form was
// sent and taken, when they sign out, and after thirty days.
//
// <form data-draft="proposal.3.2">… <div data-draft-note hidden>… <button data-draft-drop></div>
// <body data-person="7">
// <div data-draft-done="proposal.3.2" hidden></div>    on the page after a form was taken
//
// A form whose texts the site keeps as well says by `data-draft-version` which version it shows. It
// may take another name while it is open; a text goes on from the version under which it was typed.
//
// Exports `keepDrafts` and `forgetDrafts`; used by boot.js.

const PREFIX = "draft:";
// The editor of a block of the plan keeps its texts by itself (plan/draft.js).
const OF_ALL = [PREFIX, "plan.block."];
const PAUSE = 400;
const LIVES = 30 * 24 * 3_600_000;
const NOT_TYPED = new Set(["hidden", "file", "password", "submit", "button"]);

/** @typedef {Record<string, string[]>} Fields what is typed or chosen, by the name of the field */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * Puts back what was typed into the forms of this page, and keeps what is typed from now on.
 * @param {Document} page
 */
export function keepDrafts(page, storage = localStorage, now = Date.now) {
  const person = page.body.dataset.person;
  if (!person) return;
  const place = (/** @type {string} */ name) => `${PREFIX}${person}:${name}`;
  const done = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-draft-done]"));
  for (const { dataset } of done) storage.removeItem(place(dataset.draftDone ?? ""));
  tidyUp(storage, person, now());
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (page.querySelectorAll("form[data-draft]"));
  for (const form of forms) keep(form, () => place(form.dataset.draft ?? ""), storage, now);
}

/** Forgets all that was kept: nobody who comes next shall find it. */
export function forgetDrafts(storage = localStorage) {
  for (const key of Object.keys(storage)) {
    if (OF_ALL.some((prefix) => key.startsWith(prefix))) storage.removeItem(key);
  }
}

/** @param {HTMLFormElement} form @param {() => string} place @param {Storage} storage @param {() => number} now */
function keep(form, place, storage, now) {
  const first = JSON.stringify(typed(form));
  const note = /** @type {HTMLElement | null} */ (form.querySelector("[data-draft-note]"));
  const kept = read(storage, place());
  // A form that comes back with its errors has what was typed already.
  const isBack = form.querySelector("[aria-invalid]") !== null;
  if (kept && !isBack && JSON.stringify(kept.fields) !== first) {
    fill(form, kept.fields);
    if (kept.version) form.dataset.draftVersion = kept.version;
    if (note) note.hidden = false;
  }
  const store = () => {
    clearTimeout(timer);
    timer = 0;
    const fields = typed(form);
    if (JSON.stringify(fields) === first && !isBack) storage.removeItem(place());
    else write(storage, place(), { at: now(), fields, version: form.dataset.draftVersion });
  };
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(store, PAUSE);
  });
  form.addEventListener("submit", store);
  // Whoever leaves the page within the pause loses nothing either.
  window.addEventListener("pagehide", () => {
    if (timer) store();
  });
  form.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    clearTimeout(timer);
    timer = 0;
    storage.removeItem(place());
    form.reset();
    if (note) note.hidden = true;
    controls(form)[0]?.focus();
  });
}

/** @param {HTMLFormElement} form @returns {Control[]} */
function controls(form) {
  const all = /** @type {Control[]} */ ([...form.elements]);
  return all.filter((one) => one.name && !NOT_TYPED.has(one.type));
}

/** @param {Control} control */
function isChoice({ type }) {
  return type === "checkbox" || type === "radio";
}

/** @param {HTMLFormElement} form @returns {Fields} */
function typed(form) {
  /** @type {Fields} */
  const fields = {};
  for (const control of controls(form)) {
    const values = (fields[control.name] ??= []);
    const isIn = !isChoice(control) || /** @type {HTMLInputElement} */ (control).checked;
    if (isIn) values.push(control.value);
  }
  return fields;
}

/** @param {HTMLFormElement} form @param {Fields} fields */
function fill(form, fields) {
  for (const control of controls(form)) {
    const values = fields[control.name];
    if (!values) continue;
    if (isChoice(control)) {
      /** @type {HTMLInputElement} */ (control).checked = values.includes(control.value);
    } else {
      control.value = values[0] ?? "";
    }
  }
}

/**
 * Forgets what other persons have typed, and what is too old.
 * @param {Storage} storage @param {string} person @param {number} now
 */
function tidyUp(storage, person, now) {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(PREFIX)) continue;
    const isOld = now - (read(storage, key)?.at ?? 0) > LIVES;
    if (isOld || !key.startsWith(`${PREFIX}${person}:`)) storage.removeItem(key);
  }
}

/** @typedef {{at: number, fields: Fields, version?: string}} Kept */

/** @param {Storage} storage @param {string} place @returns {Kept | null} */
function read(storage, place) {
  try {
    return JSON.parse(storage.getItem(place) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Storage} storage @param {string} place @param {Kept} draft */
function write(storage, place, draft) {
  try {
    storage.setItem(place, JSON.stringify(draft));
  } catch {
    // A full store, or one that is switched off: the form works without it.
  }
}
