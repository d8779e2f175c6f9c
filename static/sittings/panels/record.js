// Statements of vote and notes to the record: the newest, one's own, those left out.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { person, say } from "../i18n.js";
import { reasonForm } from "./reason.js";

/** How many statements there are; for who presides, nothing of them waits. */
export const recordCount = ({ state }) => ({ count: state.record.count });

export function recordPanel(room) {
  const { sitting, record } = room.state;
  if (sitting.state === "convened" || (sitting.state === "closed" && !record.count)) return nothing;
  const others = record.statements.filter(({ person_id }) => person_id !== room.mine.person_id);
  return html`${own(room)}
    ${others.length
      ? html`<ul class="rows">${repeat(others, (one) => one.id, (one) => row(room, one))}</ul>`
      : html`<p class="quiet">${say("no_statements")}</p>`}
    ${record.count > record.statements.length
      ? html`<p class="quiet">${say("statements_more", { count: record.count - record.statements.length })}</p>` : nothing}
    ${hidden(room)}`;
}

function row(room, one) {
  return html`<li><div><p>${kind(room, one)} <span class="quiet">${person(room.state, one.person_id)}</span></p>
    <p class="written">${one.body}</p>
    ${leaving(room, one)}</div></li>`;
}

function kind({ state }, { kind: name, poll_id }) {
  const poll = state.polls.find(({ id }) => id === poll_id);
  return html`<strong>${poll ? say("statement_on", { question: poll.question }) : say(`statement_${name}`)}</strong>`;
}

function leaving(room, one) {
  if (room.state.sitting.state !== "open" || !room.mine.may.includes("hide_statement")) return nothing;
  return reasonForm(room, {
    name: `hide-statement-${one.id}`, words: say("hide_statement"), label: say("hide_statement_ask"),
    message: "statement.hide", data: { statement: one.id }, done: room.recordAgain,
  });
}

function own(room) {
  const open = room.state.sitting.state === "open";
  const mine = room.record.own;
  if (!mine.length) return nothing;
  return html`<h3>${say("own_statements")}</h3>
    <ul class="rows">${repeat(mine, (one) => one.id, (one) => html`<li><div>
      <p>${kind(room, one)}</p><p class="written">${one.body}</p>
      ${one.state === "hidden" ? html`<p class="text-danger">${say("statement_hidden", one)}</p>` : nothing}
      ${open ? html`<div class="panel__actions">${button(room, {
        name: `withdraw-${one.id}`, label: say("withdraw_statement"), about: one.body,
        tone: "outline-primary btn-sm", message: "statement.withdraw", data: { statement: one.id },
        question: say("withdraw_statement_ask"), done: room.recordAgain,
      })}</div>` : nothing}</div></li>`)}</ul>`;
}

function hidden(room) {
  const left = room.record.hidden;
  if (!left.length || room.state.sitting.state !== "open") return nothing;
  return html`<h3>${say("hidden_statements", { count: left.length })}</h3>
    <ul class="rows">${repeat(left, (one) => one.id, (one) => html`<li><div>
      <p class="written">${one.body}</p><p class="quiet">${say("statement_hidden", one)}</p>
      <div class="panel__actions">${button(room, {
        name: `show-statement-${one.id}`, label: say("show_statement"), about: one.body,
        tone: "outline-primary btn-sm", message: "statement.show", data: { statement: one.id },
        done: room.recordAgain,
      })}</div></div></li>`)}</ul>`;
}
