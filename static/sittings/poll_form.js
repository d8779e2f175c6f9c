// The form with which who presides puts a question. It stands outside of what is drawn anew,
// so that nothing that is being typed is ever lost.

import { render } from "../vendor/lit-html/lit-html.js";
import { note } from "./button.js";

const NAME = "ask";
const WORDS = ["poll_kind", "franchise", "majority", "majority_of", "quorum_of"];
const TICKS = ["secret", "changeable", "live"];

/** Wires the form, if the page has one; returns what brings it up to date with the room. */
export function pollForm(acts, sittingId) {
  const section = document.getElementById("panel-ask");
  if (!section) return () => {};
  const form = section.querySelector("form");
  form.addEventListener("change", () => showFitting(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = { sitting: sittingId, ...question(form.elements) };
    acts.send(NAME, "poll.open", asked, () => emptied(form.elements, asked));
  });
  showFitting(form);
  return ({ state, mine }) => {
    const { state: stands, suspended } = state.sitting;
    section.hidden = stands !== "open" || Boolean(suspended) || !mine.may.includes("open_poll");
    render(note(plain(acts.of(NAME))), section.querySelector("[data-note]"));
  };
}

// Only the fields that the kind of poll and its voters call for.
function showFitting(form) {
  const { poll_kind: kind, franchise } = form.elements;
  for (const part of form.querySelectorAll("[data-for]")) {
    const fits = part.dataset.for.split(" ");
    part.hidden = !fits.includes(kind.value) && !fits.includes(franchise.value);
  }
}

function question(fields) {
  const asked = { question: fields.question.value, quorum: fields.quorum.value };
  for (const name of WORDS) asked[name] = fields[name].value;
  for (const name of TICKS) asked[name] = fields[name].checked;
  for (const name of ["least", "most", "grades", "options", "entitled"]) {
    if (shown(fields[name]) && fields[name].value) asked[name] = fields[name].value;
  }
  if (asked.options) asked.options = lines(asked.options);
  return { ...asked, weights: weights(fields) };
}

function weights(fields) {
  const found = [...fields].filter((field) => field.name.startsWith("weight-") && shown(field));
  return Object.fromEntries(
    found.filter(({ value }) => value).map(({ name, value }) => [name.slice(7), value]),
  );
}

function lines(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

function shown(field) {
  return !field.closest("[data-for][hidden]");
}

// What was typed after the question had been sent stays.
function emptied(fields, sent) {
  if (fields.question.value === sent.question) fields.question.value = "";
  if (sent.options && lines(fields.options.value).join("\n") === sent.options.join("\n")) {
    fields.options.value = "";
  }
}

function plain(act) {
  const [first] = Object.values(act?.fields ?? {});
  return first ? { ...act, detail: first[0] ?? act.detail } : act;
}
