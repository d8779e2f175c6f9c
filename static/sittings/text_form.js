// @ts-check
// A form of the room with text fields. It stands outside the parts that are redrawn, so typed text
// is never lost.
//
// Exports `textForm`; room.js creates one for suspending, questions, statements and the video.

import { render } from "../vendor/lit-html/lit-html.js";
import { formNote } from "./button.js";

/** @import { Room } from "./types.js" */

/**
 * @typedef {object} TextFormOptions
 * @property {string} message what the form sends
 * @property {() => object} data what goes with its fields
 * @property {(room: Room) => boolean} shown whether it is offered
 * @property {() => void} [done] called once it has been taken
 */

/**
 * Wires the form in the section `id`, if the page has one; returns what brings it up to date
 * with the room.
 * @param {Room["acts"]} acts
 * @param {string} id
 * @param {TextFormOptions} options
 * @returns {(room: Room) => void}
 */
export function textForm(acts, id, { message, data, shown, done = () => {} }) {
  const section = document.getElementById(id);
  if (!section) return () => {};
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const place = /** @type {HTMLElement} */ (section.querySelector("[data-note]"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(form));
    acts.send(id, message, { ...data(), ...typed }, () => {
      empty(form, typed);
      done();
    });
  });
  return (room) => {
    section.hidden = !shown(room);
    render(formNote(acts.of(id)), place);
  };
}

// Keeps text that was typed after the form was sent.
/** @param {HTMLFormElement} form @param {Record<string, FormDataEntryValue>} sent */
function empty(form, sent) {
  for (const [name, value] of Object.entries(sent)) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    if (field.value === value) field.value = "";
  }
}
