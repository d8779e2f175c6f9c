// @ts-check
// The receipt of a sealed ballot, which the voter asks for while the poll is open. This window keeps
// it across reloads; another person who signs in here does not find it.
//
// Exports `receipt` and `known`; used by panels/poll.js.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { button } from "../../button.js";
import { forgetOthers } from "../../pending_acts.js";
import { say } from "../../i18n.js";

/** @import { Poll, Room } from "../../types.js" */

const PREFIX = "receipts:";

/**
 * The receipt, or a button that shows it.
 * @param {Room} room
 * @param {Poll} poll
 */
export function receipt(room, poll) {
  return html`${known(room, poll)}
    ${poll.id in read(room) ? nothing : html`<div class="panel__actions">${button(room, {
      name: "receipt", label: say("receipt_show"), message: "ballot.receipt", data: { poll: poll.id },
      done: (answer) => keep(room, poll, answer.receipt),
    })}</div>`}`;
}

/**
 * The receipt, if this window has been shown it; also once the poll is closed.
 * @param {Room} room
 * @param {Poll} poll
 */
export function known(room, poll) {
  const found = read(room)[poll.id];
  if (!found) return nothing;
  return html`<p><strong>${say("receipt", { receipt: found })}</strong></p>
    ${poll.state === "open" ? html`<p class="quiet">${say("receipt_keep")}</p>` : nothing}`;
}

/** @param {Room} room @returns {Record<string, string>} */
function read({ mine }) {
  forgetOthers(sessionStorage, PREFIX, mine.person_id);
  return JSON.parse(sessionStorage.getItem(`${PREFIX}${mine.person_id}`) ?? "{}");
}

/** @param {Room} room @param {Poll} poll @param {string} found */
function keep(room, poll, found) {
  const all = JSON.stringify({ ...read(room), [poll.id]: found });
  sessionStorage.setItem(`${PREFIX}${room.mine.person_id}`, all);
}
