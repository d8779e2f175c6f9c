// @ts-check
// The keys of the chair's console. A key presses the control that bears it (aria-keyshortcuts), or
// goes to a field; it is a letter and nothing else while somebody writes. The sheet lists the keys
// and switches them off (WCAG 2.2, 2.1.4).
//
// Exports `startKeys`; room.js calls it once. templates/sittings/room_keys.html is the sheet.

import { announce } from "../js/announce.js";
import { say } from "./i18n.js";
import { reveal } from "./tabs.js";

const PLACE = "keys";
/** @type {Record<string, string>} */
const FIELDS = { v: "#field-question", s: "#field-reason", a: "#note-body" };

/** Wires the keys and their sheet, if the page has one. */
export function startKeys(storage = localStorage) {
  const sheet = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));
  if (!sheet) return;
  const opener = /** @type {HTMLElement} */ (document.getElementById("keys-open"));
  const on = /** @type {HTMLInputElement} */ (document.getElementById("keys-on"));
  const known = new Set(/** @type {HTMLElement[]} */ ([...sheet.querySelectorAll("[data-key]")]).map(({ dataset }) => dataset.key));
  const show = () => document.body.classList.toggle("with-keys", on.checked);
  on.checked = storage.getItem(PLACE) !== "off";
  on.addEventListener("change", () => {
    storage.setItem(PLACE, on.checked ? "on" : "off");
    show();
  });
  opener.addEventListener("click", () => sheet.showModal());
  opener.hidden = false;
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!on.checked || !known.has(key) || !isForUs(event)) return;
    event.preventDefault();
    press(key);
  });
  show();
}

/** @param {KeyboardEvent} event */
function isForUs({ target, ctrlKey, altKey, metaKey, repeat }) {
  const writes = /** @type {Element} */ (target).closest("input, textarea, select, [contenteditable]");
  return !(ctrlKey || altKey || metaKey || repeat || writes || document.querySelector("dialog[open]"));
}

/** @param {string} key */
function press(key) {
  const control = offered(`[aria-keyshortcuts="${key}"]`);
  const field = control ?? offered(FIELDS[key]);
  if (!field) {
    announce(say("key_not_now"));
    return;
  }
  reveal(field);
  if (control) control.click();
  else field.focus();
}

/** @param {string | undefined} selector */
function offered(selector) {
  if (!selector) return undefined;
  const found = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
  return found.find((one) => !one.closest("[hidden]"));
}
