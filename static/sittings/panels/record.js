// @ts-check
// Statements of vote and notes to the record: the newest, one's own, those left out.
//
// Exports `recordPanel` and `recordCount` (a panel and its count, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { person, say } from "../i18n.js";
import { reasonForm } from "./reason.js";

/** @import { OwnStatement, Room, Statement } from "../types.js" */

/**
 * How many statements there are; nothing of them waits, not for the chair either.
 * @param {Room} room
 */
export const recordCount = ({ state }) => ({ count: state.record.count });

/** @param {Room} room */
export function recordPanel(room) {
  const { sitting, record } = room.state;
  if (["convened", "cancelled"].includes(sitting.state) || (sitting.state === "closed" && !record.count)) return nothing;
  const others = record.statements.filter(({ person_id }) => person_id !== room.mine.person_id);
  return html`${own(room)}
    ${others.length
      ? html`<ul class="rows">${repeat(others, (statement) => statement.id, (statement) => row(room, statement))}</ul>`
      : html`<p class="quiet">${say("no_statements")}</p>`}
    ${record.count > record.statements.length
      ? html`<p class="quiet">${say("statements_more", { count: record.count - record.statements.length })}</p>` : nothing}
    ${hidden(room)}`;
}

/** @param {Room} room @param {Statement} statement */
function row(room, statement) {
  return html`<li><div><p>${kind(room, statement)} <span class="quiet">${person(room.state, statement.person_id)}</span></p>
    <p class="written">${statement.body}</p>
    ${leaving(room, statement)}</div></li>`;
}

/** @param {Room} room @param {Statement | OwnStatement} statement */
function kind({ state }, { kind: name, poll_id }) {
  const poll = state.polls.find(({ id }) => id === poll_id);
  return html`<strong>${poll ? say("statement_on", { question: poll.question }) : say(`statement_${name}`)}</strong>`;
}

/** @param {Room} room @param {Statement} statement */
function leaving(room, statement) {
  if (room.state.sitting.state !== "open" || !room.mine.may.includes("hide_statement")) return nothing;
  return reasonForm(room, {
    name: `hide-statement-${statement.id}`, words: say("hide_statement"), label: say("hide_statement_ask"),
    message: "statement.hide", data: { statement: statement.id }, done: room.refreshRecord,
  });
}

/** @param {Room} room */
function own(room) {
  const open = room.state.sitting.state === "open";
  const mine = room.ownRecord.own;
  if (!mine.length) return nothing;
  return html`<h3>${say("own_statements")}</h3>
    <ul class="rows">${repeat(mine, (statement) => statement.id, (statement) => html`<li><div>
      <p>${kind(room, statement)}</p><p class="written">${statement.body}</p>
      ${statement.state === "hidden" ? html`<p class="text-danger">${say("statement_hidden", statement)}</p>` : nothing}
      ${open ? html`<div class="panel__actions">${button(room, {
        name: `withdraw-${statement.id}`, label: say("withdraw_statement"), about: statement.body,
        tone: "outline-primary btn-sm", message: "statement.withdraw", data: { statement: statement.id },
        question: say("withdraw_statement_ask"), done: room.refreshRecord,
      })}</div>` : nothing}</div></li>`)}</ul>`;
}

/** @param {Room} room */
function hidden(room) {
  const left = room.ownRecord.hidden;
  if (!left.length || room.state.sitting.state !== "open") return nothing;
  return html`<h3>${say("hidden_statements", { count: left.length })}</h3>
    <ul class="rows">${repeat(left, (statement) => statement.id, (statement) => html`<li><div>
      <p class="written">${statement.body}</p><p class="quiet">${say("statement_hidden", statement)}</p>
      <div class="panel__actions">${button(room, {
        name: `show-statement-${statement.id}`, label: say("show_statement"), about: statement.body,
        tone: "outline-primary btn-sm", message: "statement.show", data: { statement: statement.id },
        done: room.refreshRecord,
      })}</div></div></li>`)}</ul>`;
}
