// @ts-check
// Fills the list of polls that a statement for the record can refer to: those in which the reader
// has voted.
//
// Exports `offerPolls`, which room.js calls on every draw.

import { html, render } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { say } from "./i18n.js";

/** @import { Room } from "./types.js" */

/**
 * Offers the reader's polls, the latest first, in the form of statements; what is chosen stays.
 * @param {Room} room
 */
export function offerPolls({ state, mine }) {
  const polls = state.polls.filter(({ id }) => id in mine.ballots).reverse();
  render(html`<option value="">${say("statement_note")}</option>
    ${repeat(polls, ({ id }) => id, ({ id, question }) =>
      html`<option value=${id}>${say("statement_on", { question })}</option>`)}`,
  /** @type {HTMLElement} */ (document.getElementById("statement-poll")));
}
