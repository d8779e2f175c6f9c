// @ts-check
// The form in which the chair annuls a poll, open or counted, and says why.
//
// Exports `annulling`; used by panels/poll.js.

import { confirmed } from "../../../js/confirm.js";
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { note } from "../../button.js";
import { say } from "../../i18n.js";

/** @import { Poll, Room } from "../../types.js" */

/**
 * The form, folded away; nothing for those who may not, and once the sitting is closed.
 * @param {Room} room
 * @param {Poll} poll
 */
export function annulling(room, poll) {
  const { sitting } = room.state;
  if (poll.state === "annulled" || sitting.state !== "open" || !room.mine.may.includes("annul_poll")) return nothing;
  const name = `annul-poll-${poll.id}`;
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const reason = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("reason");
    if (!(await confirmed(say("annul_poll_sure")))) return;
    room.acts.send(name, "poll.annul", { poll: poll.id, reason });
  };
  return html`<details class="poll-annul"><summary>${say("annul_poll")}</summary>
    <form class="form" @submit=${submit}>
      <label for=${name}>${say("annul_poll_ask")}</label>
      <input class="form-control" id=${name} name="reason" maxlength="300" required>
      <button type="submit" class="btn btn-outline-danger btn-sm">${say("annul_poll")}</button>
      ${note(room.acts.of(name))}
    </form></details>`;
}
