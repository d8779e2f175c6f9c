// Questions in writing: those that are shown, one's own, and for who presides all others.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button, note } from "../button.js";
import { person, say } from "../i18n.js";

// What who presides types about a question: an answer, or why it is not shown.
const TYPED = {
  answer: { message: "question.answer", opens: "answer_writing", label: "answer_field", sends: "send_answer" },
  reason: { message: "question.hide", opens: "hide_question", label: "hide_question_ask", sends: "send_hidden" },
};
const BRIEF = 60;

/** How many questions are shown; for who presides also how many wait to be shown or not. */
export function questionsCount({ state, asked }) {
  const waits = asked.moderated?.filter(({ reason }) => !reason).length;
  return { count: state.questions.length, waits };
}

export function questionsPanel(room) {
  const { questions, sitting } = room.state;
  if (sitting.state === "convened" || (sitting.state === "closed" && !questions.length)) return nothing;
  const ordered = [...questions].sort(byWish);
  return html`${moderation(room)}
    ${questions.length
      ? html`<ul class="rows">${repeat(ordered, (one) => one.id, (one) => row(room, one))}</ul>`
      : html`<p class="quiet">${say("no_questions")}</p>`}
    ${own(room)}`;
}

// Those without an answer first, and of these the most wished for.
function byWish(one, other) {
  const answered = (row) => (row.state === "answered" ? 1 : 0);
  return answered(one) - answered(other) || other.upvotes - one.upvotes || one.id - other.id;
}

function row(room, one) {
  return html`<li><div><p>${one.body} <span class="quiet">${person(room.state, one.person_id)}</span></p>
    ${one.state === "answered" ? answered(one) : waiting(room, one)}
    ${room.mine.may.includes("answer_question") && one.state === "shown" ? answering(room, one) : nothing}
  </div></li>`;
}

function waiting(room, one) {
  return html`<p class="quiet">${say("upvotes", { count: one.upvotes })}</p>
    <div class="panel__actions">${wish(room, one)}</div>`;
}

function answered({ answer }) {
  return html`<p><strong>${answer === null ? say("answered_live") : say("answered_with", { answer })}</strong></p>`;
}

function wish(room, { id, person_id, body }) {
  const { mine, asked } = room;
  const present = mine.present ?? room.state.presence.present.includes(mine.person_id);
  if (!present || person_id === mine.person_id) return nothing;
  const wished = asked.upvoted.includes(id);
  return button(room, {
    name: `wish-${id}`, label: say(wished ? "downvote" : "upvote"), about: brief(body),
    tone: "outline-primary btn-sm",
    message: wished ? "question.downvote" : "question.upvote",
    data: { question: id }, done: room.askedAgain,
  });
}

function own({ asked }) {
  const kept = asked.asked.filter(({ state }) => state === "waiting" || state === "hidden");
  return kept.map((one) => html`<p class="quiet">${say(`question_${one.state}`, one)}</p>`);
}

function answering(room, one) {
  return html`<div class="panel__actions">${button(room, {
      name: `live-${one.id}`, label: say("answer_live"), about: brief(one.body), tone: "primary btn-sm",
      message: "question.answer", data: { question: one.id, answer: null },
    })}</div>
    ${typed(room, one, "answer")}
    ${typed(room, one, "reason")}`;
}

function moderation(room) {
  const { moderated } = room.asked;
  if (!moderated?.length) return nothing;
  return html`<h3>${say("moderation_title", { count: moderated.length })}</h3>
    <ul class="rows">${repeat(moderated, (one) => one.id, (one) => unseen(room, one))}</ul>`;
}

function unseen(room, one) {
  return html`<li><div><p>${one.body}</p>
    ${one.reason ? html`<p class="quiet">${say("moderated_hidden", one)}</p>` : nothing}
    <div class="panel__actions">${button(room, {
      name: `show-${one.id}`, label: say("show_question"), about: brief(one.body), tone: "primary btn-sm",
      message: "question.show", data: { question: one.id }, done: room.askedAgain,
    })}</div>
    ${one.reason ? nothing : typed(room, one, "reason")}
    ${merging(room, one)}</div></li>`;
}

// Fields keep what is typed into them: they stay the same elements while the list is drawn.
function typed(room, { id, body }, field) {
  const { message, opens, label, sends } = TYPED[field];
  const name = `${field}-${id}`;
  const submit = (event) => {
    event.preventDefault();
    const value = new FormData(event.target).get(field);
    room.acts.send(name, message, { question: id, [field]: value }, room.askedAgain);
  };
  return html`<details><summary>${say(opens)}<span class="visually-hidden">: ${brief(body)}</span></summary>
    <form class="form" @submit=${submit}>
    <label for=${name}>${say(label)}</label>
    <input class="form-control" id=${name} name=${field} maxlength="300" required>
    <button type="submit" class="btn btn-outline-primary btn-sm" aria-label="${say(sends)}: ${brief(body)}">${say(sends)}</button>
    ${note(room.acts.of(name))}</form></details>`;
}

function merging(room, { id, body }) {
  const shown = room.state.questions.filter(({ state }) => state === "shown");
  if (!shown.length) return nothing;
  const name = `merge-${id}`;
  const submit = (event) => {
    event.preventDefault();
    const into = Number(new FormData(event.target).get("into"));
    room.acts.send(name, "question.merge", { question: id, into }, room.askedAgain);
  };
  return html`<form class="form" @submit=${submit}>
    <label for=${name}>${say("merge_field")}</label>
    <select class="form-select" id=${name} name="into">
      ${shown.map((one) => html`<option value=${one.id}>${one.body}</option>`)}</select>
    <button type="submit" class="btn btn-outline-primary btn-sm" aria-label="${say("merge_question")}: ${brief(body)}">${say("merge_question")}</button>
    ${note(room.acts.of(name))}</form>`;
}

// Enough of a question to tell its buttons from those of others.
function brief(body) {
  return body.length > BRIEF ? `${body.slice(0, BRIEF).trimEnd()}…` : body;
}
