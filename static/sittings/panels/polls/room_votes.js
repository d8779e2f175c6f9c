// @ts-check
// The votes counted in the room, which the chair, and perhaps a second person, enters answer by answer.
//
// Exports `roomVotes`; used by panels/poll.js.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { keyed } from "../../../vendor/lit-html/directives/keyed.js";
import { note } from "../../button.js";
import { answers, choiceName, say } from "../../i18n.js";
import { form } from "./form.js";

/** @import { Answer, Poll, PollKind, Room } from "../../types.js" */

const NAME = "room-votes";

/**
 * What was entered so far, and the form to enter more.
 * @param {Room} room
 * @param {Poll} poll
 * @param {PollKind} kind
 */
export function roomVotes(room, poll, kind) {
  const entered = Object.entries(room.mine.room_votes ?? {});
  const waiting = new Set(room.mine.room_votes_waiting ?? []);
  /** @param {string} choice */
  const enter = (choice) => {
    const field = /** @type {HTMLInputElement} */ (document.getElementById(NAME));
    if (field.value === "") {
      field.focus();
      return;
    }
    const votes = Number(field.value);
    /** @param {Answer} answer */
    const done = (answer) => room.noteRoomVotes(answer.room_votes, answer.room_votes_waiting);
    room.acts.send(NAME, "poll.count_room", { poll: poll.id, choice, votes }, done);
  };
  return html`<details><summary>${say("room_votes_title")}</summary>
    <p class="quiet">${say("room_votes_hint")}</p>
    ${entered.length ? html`<ul class="rows">${entered.map(([choice, votes]) =>
      html`<li>${kind.said(poll, choice)} <span class="panel__count">${votes}</span>
        ${waiting.has(choice) ? html`<span class="quiet">${say("room_votes_waiting")}</span>` : nothing}</li>`)}</ul>` : nothing}
    <div class="field"><label for=${NAME}>${say("room_votes_count")}</label>
      <input class="form-control" id=${NAME} type="number" min="0" max="100000" inputmode="numeric" required></div>
    ${keyed(poll.id, fields(poll, kind, enter))}
    ${note(room.acts.of(NAME))}
  </details>`;
}

/**
 * @param {Poll} poll
 * @param {PollKind} kind
 * @param {(choice: string) => void} cast
 */
function fields(poll, kind, cast) {
  const shared = { poll, cast, label: say("room_votes_enter"), scope: "room" };
  if (poll.options.length) return kind.ballot(shared);
  return form({
    ...shared, hint: "", blank: false, read: (elements) => elements.querySelector("select")?.value ?? "",
    parts: html`<select class="form-select" aria-label=${poll.question}>
      ${answers(poll.poll_kind).map((word) => html`<option value=${word}>${choiceName(word)}</option>`)}
    </select>`,
  });
}
