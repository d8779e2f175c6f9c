// @ts-check
// Whether enough are there for the sitting to decide; the chair has it verified.
//
// Exports `quorumPanel` (a panel, see index.js), and `missingQuorum` for panels/now.js.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { standingNow } from "../quorum.js";
import { say } from "../i18n.js";

/** @import { Room } from "../types.js" */

/** @param {Room} room */
export function quorumPanel(room) {
  const now = standingNow(room.state);
  if (!now || room.state.sitting.state !== "open") return nothing;
  return html`<h3 class="panel__title" id="quorum-title">${say("quorum_title")}</h3>
    <p>${now}</p>
    ${room.mine.may.includes("verify_quorum") ? html`<div class="panel__actions">${button(room, {
      name: "quorum", key: "q", label: say("verify_quorum"),
      message: "quorum.verify", data: { sitting: room.state.sitting.id },
    })}</div>` : nothing}`;
}

/**
 * Said beside what goes on, while too few are there.
 * @param {Room} room
 */
export function missingQuorum({ state }) {
  const { quorum } = state.presence;
  return quorum && !quorum.met ? html`<p><strong>${standingNow(state)}</strong></p>` : nothing;
}
