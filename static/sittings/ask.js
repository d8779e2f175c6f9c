// The form with which who presides puts a question. It stands outside of what is drawn anew,
// so that nothing that is being typed is ever lost.

import { render } from "../vendor/lit-html/lit-html.js";
import { note } from "./button.js";

const NAME = "ask";

/** Wires the form, if the page has one; returns what brings it up to date with the room. */
export function askForm(acts, sittingId) {
  const section = document.getElementById("panel-ask");
  if (!section) return () => {};
  const form = section.querySelector("form");
  const { question } = form.elements;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = { sitting: sittingId, question: question.value };
    acts.send(NAME, "poll.open", asked, () => emptied(question, asked.question));
  });
  return ({ state, mine }) => {
    section.hidden = state.sitting.state !== "open" || !mine.may.includes("open_poll");
    render(note(plain(acts.of(NAME))), section.querySelector("[data-note]"));
  };
}

// What was typed after the question had been sent stays.
function emptied(field, sent) {
  if (field.value === sent) field.value = "";
}

function plain(act) {
  const [first] = Object.values(act?.fields ?? {});
  return first ? { ...act, detail: first[0] } : act;
}
