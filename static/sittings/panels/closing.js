// @ts-check
// The closing of a sitting: what is not dealt with, open or raised, and what becomes of each.
//
// Exports `closing`; used by panels/sitting.js.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button, formNote } from "../button.js";
import { say } from "../i18n.js";
import { openPoll } from "../state.js";

/** @import { Room, Snapshot } from "../types.js" */

/**
 * For the chair: one button where nothing is left, else a form that asks.
 * @param {Room} room
 */
export function closing(room) {
  if (!room.mine.may.includes("close_sitting")) return nothing;
  const left = leftOpen(room.state);
  return left.some ? asking(room, left) : button(room, {
    name: "sitting", label: say("close_sitting"), question: say("close_sitting_ask"),
    message: "sitting.close", data: { sitting: room.state.sitting.id },
  });
}

/** @param {Snapshot} state */
function leftOpen(state) {
  const points = state.agenda.filter((point) => point.state === "pending" || point.state === "suspended");
  const poll = openPoll(state);
  const hands = state.hands.length;
  const questions = state.questions.filter((question) => question.state !== "answered").length;
  return { points, poll, hands, questions, some: Boolean(points.length || poll || hands || questions) };
}

/** @param {Room} room @param {ReturnType<typeof leftOpen>} left */
function asking(room, { points, poll, hands, questions }) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    room.acts.send("sitting", "sitting.close", {
      sitting: room.state.sitting.id,
      count_poll: form.get("count_poll") === "yes",
      postponed: form.getAll("postponed").map(Number),
    });
  };
  return html`<details class="closing" @toggle=${shown}><summary>${say("close_sitting")}</summary>
    <form class="form" @submit=${submit} aria-label=${say("closing_title")}>
      ${points.length ? html`<fieldset><legend>${say("closing_points")}</legend>
        ${points.map(({ id, rank, title }) => check("postponed", String(id), `${rank}. ${title}`))}</fieldset>` : nothing}
      ${poll ? check("count_poll", "yes", say("closing_poll", { question: poll.question })) : nothing}
      ${hands ? html`<p>${say("closing_hands", { count: hands })}</p>` : nothing}
      ${questions ? html`<p>${say("closing_questions", { count: questions })}</p>` : nothing}
      <button type="submit" class="btn btn-primary">${say("closing_send")}</button>
      ${formNote(room.acts.of("sitting"))}
    </form></details>`;
}

// In a tab of the console it may open below the edge.
/** @param {Event} event */
function shown({ currentTarget }) {
  const details = /** @type {HTMLDetailsElement} */ (currentTarget);
  if (details.open) details.scrollIntoView({ block: "nearest" });
}

/** @param {string} name @param {string} value @param {string} label */
function check(name, value, label) {
  const id = `closing-${name}-${value}`;
  return html`<div class="form-check"><input type="checkbox" id=${id} name=${name} value=${value}>
    <label for=${id}>${label}</label></div>`;
}
