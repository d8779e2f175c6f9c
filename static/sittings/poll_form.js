// @ts-check
// The form in which the chair writes a poll. It stands outside the parts that are redrawn, so typed
// text is never lost.
//
// Exports `pollForm`; used by room.js.

import { render } from "../vendor/lit-html/lit-html.js";
import { formNote } from "./button.js";
import { currentPoint } from "./state.js";

/** @import { Room } from "./types.js" */

/**
 * The fields of the form by their names.
 * @typedef {HTMLFormControlsCollection & Record<string, HTMLInputElement>} Fields
 */

const NAME = "ask";
const WORDS = ["effect", "poll_kind", "franchise", "majority", "majority_of", "quorum_of"];
const TICKS = ["secret", "changeable", "live"];

/**
 * Wires the form, if the page has one; returns what brings it up to date with the room.
 * @param {Room["acts"]} acts
 * @param {number} sittingId
 * @returns {(room: Pick<Room, "state" | "mine">) => void}
 */
export function pollForm(acts, sittingId) {
  const section = document.getElementById("panel-ask");
  if (!section) return () => {};
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const place = /** @type {HTMLElement} */ (section.querySelector("[data-note]"));
  const fields = /** @type {Fields} */ (form.elements);
  form.addEventListener("change", () => showFitting(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = { sitting: sittingId, ...question(fields) };
    acts.send(NAME, "poll.open", asked, () => {
      emptied(fields, asked);
      showFitting(form);
      foldAway(section, fields);
    });
  });
  showFitting(form);
  const offer = offering(fields);
  return ({ state, mine }) => {
    offer(currentPoint(state)?.title ?? "");
    const { state: stands, suspended } = state.sitting;
    section.hidden = stands !== "open" || Boolean(suspended) || !mine.may.includes("open_poll");
    render(formNote(acts.of(NAME)), place);
  };
}

// The poll that is open now stands there in its place, unless the next question is being written already.
/** @param {HTMLElement} section @param {Fields} fields */
function foldAway(section, { question: field }) {
  const fold = section.closest("details");
  if (!fold || field.value) return;
  if (fold.contains(document.activeElement)) fold.querySelector("summary")?.focus();
  fold.open = false;
}

// Begins the question with the title of the point at hand; what was typed, or emptied, stays.
/** @param {Fields} fields @returns {(title: string) => void} */
function offering({ question: field }) {
  let offered = "";
  return (title) => {
    if (title !== offered && (field.value === "" || field.value === offered)) field.value = title;
    offered = title;
  };
}

// Only the fields that the kind of poll, its voters and what it is for call for.
/** @param {HTMLFormElement} form */
function showFitting(form) {
  const { poll_kind: kind, franchise, effect } = /** @type {Fields} */ (form.elements);
  const parts = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-for]"));
  for (const part of parts) {
    const fits = (part.dataset.for ?? "").split(" ");
    part.hidden = ![kind, franchise, effect].some(({ value }) => fits.includes(value));
  }
}

/** @param {Fields} fields */
function question(fields) {
  /** @type {Record<string, any>} */
  const asked = { question: fields.question.value };
  for (const name of WORDS) if (shown(fields[name])) asked[name] = fields[name].value;
  for (const name of TICKS) asked[name] = fields[name].checked;
  for (const name of ["least", "most", "grades", "options", "entitled", "quorum"]) {
    if (shown(fields[name]) && fields[name].value) asked[name] = fields[name].value;
  }
  if (asked.options) asked.options = lines(asked.options);
  return { ...asked, weights: weights(fields) };
}

/** @param {Fields} fields */
function weights(fields) {
  const found = /** @type {HTMLInputElement[]} */ ([...fields]).filter((field) => field.name.startsWith("weight-") && shown(field));
  return Object.fromEntries(
    found.filter(({ value }) => value).map(({ name, value }) => [name.slice(7), value]),
  );
}

/** @param {string} text */
function lines(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

/** @param {Element} field */
function shown(field) {
  return !field.closest("[data-for][hidden]");
}

// Keeps text that was typed after the question was sent. What makes a poll secret, or of opinions
// alone, is chosen anew for each: nobody should ask the next one so without noticing.
/** @param {Fields} fields @param {Record<string, any>} sent */
function emptied(fields, sent) {
  if (fields.question.value === sent.question) fields.question.value = "";
  if (sent.options && lines(fields.options.value).join("\n") === sent.options.join("\n")) {
    fields.options.value = "";
  }
  if (fields.secret.checked === sent.secret) fields.secret.checked = false;
  if (fields.effect.value === sent.effect) fields.effect.value = "binding";
}
