// What was undertaken in the sitting, by whom and until when; to take down more.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button, note } from "../button.js";
import { day, person, say } from "../i18n.js";

export const commitmentsCount = ({ state }) => ({ count: state.record.commitments.length });

export function commitmentsPanel(room) {
  const { sitting, record } = room.state;
  const presides = sitting.state === "open" && room.mine.may.includes("make_commitment");
  if (!presides && !record.commitments.length) return nothing;
  return html`${record.commitments.length
      ? html`<ul class="rows">${repeat(record.commitments, (one) => one.id, (one) => row(room, one, presides))}</ul>`
      : html`<p class="quiet">${say("no_commitments")}</p>`}
    ${presides ? html`<details><summary>${say("make_commitment")}</summary>${fields(room, "commitment", {
      words: say("make_commitment"), message: "commitment.make", data: { sitting: sitting.id },
      done: emptied,
    })}</details>` : nothing}`;
}

function row(room, one, presides) {
  return html`<li><div><p class="written">${one.body}</p>
    <p class="quiet">${say("commitment_of", { owner: owner(room, one), day: day(one.due_on) })}</p>
    ${presides ? controls(room, one) : nothing}</div></li>`;
}

function owner({ state }, { organisation, person_id }) {
  return organisation ?? person(state, person_id);
}

function controls(room, one) {
  return html`<div class="panel__actions">${button(room, {
      name: `cancel-${one.id}`, label: say("cancel_commitment"), about: one.body,
      tone: "outline-primary btn-sm", question: say("cancel_commitment_ask"),
      message: "commitment.cancel", data: { commitment: one.id },
    })}</div>
    <details><summary aria-label=${`${say("revise_commitment")}: ${one.body}`}>${say("revise_commitment")}</summary>
    ${fields(room, `commitment-${one.id}`, {
      one, words: say("save_commitment"), message: "commitment.revise", data: { commitment: one.id },
      done: folded,
    })}</details>`;
}

// What is typed stays: the fields are the same elements while the list is drawn.
function fields(room, name, { one, words, message, data, done }) {
  const submit = (event) => {
    event.preventDefault();
    const form = event.target;
    const { body, owner: who, due_on } = Object.fromEntries(new FormData(form));
    const [kind, id] = who.split("-");
    const owned = id ? { [kind]: Number(id) } : {};
    room.acts.send(name, message, { ...data, ...owned, body, due_on }, () => done(form));
  };
  const now = one ? (one.organisation_id ? `organisation-${one.organisation_id}` : `person-${one.person_id}`) : "";
  return html`<form class="form" @submit=${submit} novalidate>
    <div class="field"><label for=${`${name}-body`}>${say("commitment_body")}</label>
      <textarea class="form-control" id=${`${name}-body`} name="body" rows="2" maxlength="500"
        .defaultValue=${one?.body ?? ""}></textarea></div>
    <div class="field"><label for=${`${name}-owner`}>${say("commitment_owner")}</label>
      <select class="form-select" id=${`${name}-owner`} name="owner">
        <option value="">${say("choose")}</option>
        ${repeat(owners(room, one), ([value]) => value, ([value, label]) =>
          html`<option value=${value} ?selected=${value === now}>${label}</option>`)}</select></div>
    <div class="field"><label for=${`${name}-due`}>${say("commitment_due")}</label>
      <input class="form-control" type="date" id=${`${name}-due`} name="due_on" .defaultValue=${one?.due_on ?? ""}></div>
    <button type="submit" class="btn btn-primary btn-sm">${words}</button>
    ${note(plain(room.acts.of(name)))}</form>`;
}

// Those who are there, and organisations; and whoever it is now, also when they have left.
function owners(room, one) {
  const { state, record } = room;
  const present = new Set(state.presence.present);
  if (one?.person_id) present.add(one.person_id);
  const persons = [...present].map((id) => [`person-${id}`, person(state, id)]);
  const organisations = new Map(record.organisations.map(({ id, name }) => [`organisation-${id}`, name]));
  if (one?.organisation_id) organisations.set(`organisation-${one.organisation_id}`, one.organisation);
  return [...persons, ...organisations];
}

function emptied(form) {
  form.reset();
}

function folded(form) {
  form.closest("details").open = false;
}

function plain(act) {
  const [first] = Object.values(act?.fields ?? {});
  return first ? { ...act, detail: first[0] } : act;
}
