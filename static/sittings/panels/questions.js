// @ts-check
// Questions in writing: those that are shown, one's own, and for the chair all others.
//
// Exports `questionsPanel` and `questionsCount` (a panel and its count, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button, note } from "../button.js";
import { person, say } from "../i18n.js";

/** @import { OwnQuestion, Question, Room } from "../types.js" */

// What the chair types about a question: an answer, or why it is not shown.
const TYPED = {
  answer: { message: "question.answer", opens: "answer_writing", label: "answer_field", sends: "send_answer" },
  reason: { message: "question.hide", opens: "hide_question", label: "hide_question_ask", sends: "send_hidden" },
};
const BRIEF = 60;

/**
 * How many questions are shown; for the chair also how many wait to be shown or not.
 * @param {Room} room
 */
export function questionsCount({ state, ownQuestions }) {
  const waits = ownQuestions.moderated?.filter(({ reason }) => !reason).length;
  return { count: state.questions.length, waits };
}

/** @param {Room} room */
export function questionsPanel(room) {
  const { questions, sitting } = room.state;
  if (["convened", "cancelled"].includes(sitting.state) || (sitting.state === "closed" && !questions.length)) return nothing;
  const ordered = [...questions].sort(byUpvotes);
  return html`${moderation(room)}
    ${questions.length
      ? html`<ul class="rows">${repeat(ordered, (question) => question.id, (question) => row(room, question))}</ul>`
      : html`<p class="quiet">${say("no_questions")}</p>`}
    ${own(room)}`;
}

// Those without an answer first, and of these the most wished for.
/** @param {Question} question @param {Question} other */
function byUpvotes(question, other) {
  /** @param {Question} row */
  const answered = (row) => (row.state === "answered" ? 1 : 0);
  return answered(question) - answered(other) || other.upvotes - question.upvotes || question.id - other.id;
}

/** @param {Room} room @param {Question} question */
function row(room, question) {
  return html`<li><div><p>${question.body} <span class="quiet">${person(room.state, question.person_id)}</span></p>
    ${question.state === "answered" ? answered(question) : waiting(room, question)}
    ${room.mine.may.includes("answer_question") && question.state === "shown" ? answering(room, question) : nothing}
  </div></li>`;
}

/** @param {Room} room @param {Question} question */
function waiting(room, question) {
  return html`<p class="quiet">${say("upvotes", { count: question.upvotes })}</p>
    <div class="panel__actions">${upvoting(room, question)}</div>`;
}

/** @param {Question} question */
function answered({ answer }) {
  return html`<p><strong>${answer === null ? say("answered_live") : say("answered_with", { answer })}</strong></p>`;
}

/** @param {Room} room @param {Question} question */
function upvoting(room, { id, person_id, body }) {
  const { mine, ownQuestions } = room;
  const present = mine.present ?? room.state.presence.present.includes(mine.person_id ?? 0);
  if (!present || person_id === mine.person_id) return nothing;
  const isUpvoted = ownQuestions.upvoted.includes(id);
  return button(room, {
    name: `wish-${id}`, label: say(isUpvoted ? "downvote" : "upvote"), about: brief(body),
    tone: "outline-primary btn-sm",
    message: isUpvoted ? "question.downvote" : "question.upvote",
    data: { question: id }, done: room.refreshQuestions,
  });
}

/** @param {Room} room */
function own({ ownQuestions }) {
  const unshown = ownQuestions.asked.filter(({ state }) => state === "waiting" || state === "hidden");
  return unshown.map((question) => html`<p class="quiet">${say(`question_${question.state}`, question)}</p>`);
}

/** @param {Room} room @param {Question} question */
function answering(room, question) {
  return html`<div class="panel__actions">${button(room, {
      name: `live-${question.id}`, label: say("answer_live"), about: brief(question.body), tone: "primary btn-sm",
      message: "question.answer", data: { question: question.id, answer: null },
    })}</div>
    ${typed(room, question, "answer")}
    ${typed(room, question, "reason")}`;
}

/** @param {Room} room */
function moderation(room) {
  const { moderated } = room.ownQuestions;
  if (!moderated?.length) return nothing;
  return html`<h3>${say("moderation_title", { count: moderated.length })}</h3>
    <ul class="rows">${repeat(moderated, (question) => question.id, (question) => unseen(room, question))}</ul>`;
}

/** @param {Room} room @param {OwnQuestion} question */
function unseen(room, question) {
  return html`<li><div><p>${question.body}</p>
    ${question.reason ? html`<p class="quiet">${say("moderated_hidden", question)}</p>` : nothing}
    <div class="panel__actions">${button(room, {
      name: `show-${question.id}`, label: say("show_question"), about: brief(question.body), tone: "primary btn-sm",
      message: "question.show", data: { question: question.id }, done: room.refreshQuestions,
    })}</div>
    ${question.reason ? nothing : typed(room, question, "reason")}
    ${merging(room, question)}</div></li>`;
}

// The fields stay the same elements while the list is redrawn, so typed text is kept.
/**
 * @param {Room} room
 * @param {Pick<Question, "id" | "body">} question
 * @param {"answer" | "reason"} field
 */
function typed(room, { id, body }, field) {
  const { message, opens, label, sends } = TYPED[field];
  const name = `${field}-${id}`;
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const value = new FormData(/** @type {HTMLFormElement} */ (event.target)).get(field);
    room.acts.send(name, message, { question: id, [field]: value }, room.refreshQuestions);
  };
  return html`<details><summary>${say(opens)}<span class="visually-hidden">: ${brief(body)}</span></summary>
    <form class="form" @submit=${submit}>
    <label for=${name}>${say(label)}</label>
    <input class="form-control" id=${name} name=${field} maxlength="300" required>
    <button type="submit" class="btn btn-outline-primary btn-sm" aria-label="${say(sends)}: ${brief(body)}">${say(sends)}</button>
    ${note(room.acts.of(name))}</form></details>`;
}

/** @param {Room} room @param {OwnQuestion} question */
function merging(room, { id, body }) {
  const shown = room.state.questions.filter(({ state }) => state === "shown");
  if (!shown.length) return nothing;
  const name = `merge-${id}`;
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const into = Number(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("into"));
    room.acts.send(name, "question.merge", { question: id, into }, room.refreshQuestions);
  };
  return html`<form class="form" @submit=${submit}>
    <label for=${name}>${say("merge_field")}</label>
    <select class="form-select" id=${name} name="into">
      ${shown.map((question) => html`<option value=${question.id}>${question.body}</option>`)}</select>
    <button type="submit" class="btn btn-outline-primary btn-sm" aria-label="${say("merge_question")}: ${brief(body)}">${say("merge_question")}</button>
    ${note(room.acts.of(name))}</form>`;
}

// Enough of a question to tell its buttons from those of others.
/** @param {string} body */
function brief(body) {
  return body.length > BRIEF ? `${body.slice(0, BRIEF).trimEnd()}…` : body;
}
