// @ts-check
// The form in which the chair annuls a poll, open or counted, and says why.
//
// Exports `annulling`; used by panels/poll.js.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { say } from "../../i18n.js";
import { reasonForm } from "../reason.js";

/** @import { Poll, Room } from "../../types.js" */

/**
 * The form, folded away; nothing for those who may not, and once the sitting is closed.
 * @param {Room} room
 * @param {Poll} poll
 */
export function annulling(room, poll) {
  const { sitting } = room.state;
  if (poll.state === "annulled" || sitting.state !== "open" || !room.mine.may.includes("annul_poll")) return nothing;
  return html`<div class="poll-annul">${reasonForm(room, {
    name: `annul-poll-${poll.id}`, words: say("annul_poll"), label: say("annul_poll_ask"),
    question: say("annul_poll_sure"), tone: "outline-danger", message: "poll.annul", data: { poll: poll.id },
  })}</div>`;
}
