// @ts-check
// The commitments of the sitting: what, by whom and by when. The chair records, revises and strikes
// them out.
//
// Exports `commitmentsPanel` and `commitmentsCount` (a panel and its count, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button, formNote } from "../button.js";
import { day, person, say } from "../i18n.js";

/** @import { Commitment, Room } from "../types.js" */

/** @param {Room} room */
export const commitmentsCount = ({ state }) => ({ count: state.record.commitments.length });

/** @param {Room} room */
export function commitmentsPanel(room) {
  const { sitting, record } = room.state;
  const presides = sitting.state === "open" && room.mine.may.includes("make_commitment");
  if (!presides && !record.commitments.length) return nothing;
  return html`${record.commitments.length
      ? html`<ul class="rows">${repeat(record.commitments, (commitment) => commitment.id, (commitment) => row(room, commitment, presides))}</ul>`
      : html`<p class="quiet">${say("no_commitments")}</p>`}
    ${presides ? html`<details><summary>${say("make_commitment")}</summary>${fields(room, "commitment", {
      words: say("make_commitment"), message: "commitment.make", data: { sitting: sitting.id },
      done: emptied,
    })}</details>` : nothing}`;
}

/** @param {Room} room @param {Commitment} commitment @param {boolean} presides */
function row(room, commitment, presides) {
  return html`<li><div><p class="written">${commitment.body}</p>
    <p class="quiet">${say("commitment_of", { owner: owner(room, commitment), day: day(commitment.due_on) })}</p>
    ${presides ? controls(room, commitment) : nothing}</div></li>`;
}

/** @param {Room} room @param {Commitment} commitment */
function owner({ state }, { organisation, person_id }) {
  return organisation ?? person(state, person_id);
}

/** @param {Room} room @param {Commitment} commitment */
function controls(room, commitment) {
  return html`<div class="panel__actions">${button(room, {
      name: `cancel-${commitment.id}`, label: say("cancel_commitment"), about: commitment.body,
      tone: "outline-primary btn-sm", question: say("cancel_commitment_ask"),
      message: "commitment.cancel", data: { commitment: commitment.id },
    })}</div>
    <details><summary aria-label=${`${say("revise_commitment")}: ${commitment.body}`}>${say("revise_commitment")}</summary>
    ${fields(room, `commitment-${commitment.id}`, {
      commitment, words: say("save_commitment"), message: "commitment.revise", data: { commitment: commitment.id },
      done: folded,
    })}</details>`;
}

/**
 * The fields stay the same elements while the list is redrawn, so typed text is kept.
 * @param {Room} room
 * @param {string} name
 * @param {{commitment?: Commitment, words: string, message: string, data: object, done: (form: HTMLFormElement) => void}} options
 */
function fields(room, name, { commitment, words, message, data, done }) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const { body, owner: who, due_on } = Object.fromEntries(new FormData(form));
    const [kind, id] = String(who).split("-");
    const owned = id ? { [kind]: Number(id) } : {};
    room.acts.send(name, message, { ...data, ...owned, body, due_on }, () => done(form));
  };
  const now = commitment ? (commitment.organisation_id ? `organisation-${commitment.organisation_id}` : `person-${commitment.person_id}`) : "";
  return html`<form class="form" @submit=${submit} novalidate>
    <div class="field"><label for=${`${name}-body`}>${say("commitment_body")}</label>
      <textarea class="form-control" id=${`${name}-body`} name="body" rows="2" maxlength="500"
        .defaultValue=${commitment?.body ?? ""}></textarea></div>
    <div class="field"><label for=${`${name}-owner`}>${say("commitment_owner")}</label>
      <select class="form-select" id=${`${name}-owner`} name="owner">
        <option value="">${say("choose")}</option>
        ${repeat(owners(room, commitment), ([value]) => value, ([value, label]) =>
          html`<option value=${value} ?selected=${value === now}>${label}</option>`)}</select></div>
    <div class="field"><label for=${`${name}-due`}>${say("commitment_due")}</label>
      <input class="form-control" type="date" id=${`${name}-due`} name="due_on" .defaultValue=${commitment?.due_on ?? ""}></div>
    <button type="submit" class="btn btn-primary btn-sm">${words}</button>
    ${formNote(room.acts.of(name))}</form>`;
}

// Those who are named in the room, and organisations; and the present owner in any case.
/** @param {Room} room @param {Commitment | undefined} commitment @returns {[string, string][]} */
function owners(room, commitment) {
  const { state, ownRecord } = room;
  const named = new Set(Object.keys(state.people).map(Number));
  if (commitment?.person_id) named.add(commitment.person_id);
  /** @type {[string, string][]} */
  const persons = [...named].map((id) => [`person-${id}`, person(state, id)]);
  const organisations = new Map(ownRecord.organisations.map(({ id, name }) => [`organisation-${id}`, name]));
  if (commitment?.organisation_id) organisations.set(`organisation-${commitment.organisation_id}`, commitment.organisation ?? "");
  return [...persons, ...organisations];
}

/** @param {HTMLFormElement} form */
function emptied(form) {
  form.reset();
}

/** @param {HTMLFormElement} form */
function folded(form) {
  const details = form.closest("details");
  if (details) details.open = false;
}
