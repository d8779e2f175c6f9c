// @ts-check
// The sitting as a whole: whether it is open, the chair, how to open, close and leave it.
//
// Exports `sittingPanel` (a panel, see index.js), and `notOpen` for panels/now.js.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { isPresent } from "../presence.js";
import { person, say } from "../i18n.js";
import { closing } from "./closing.js";
import { opening } from "./opening.js";

/** @import { Room } from "../types.js" */

/**
 * While it is open: the chair, and how to leave and to close.
 * @param {Room} room
 */
export function sittingPanel(room) {
  const { sitting } = room.state;
  if (sitting.state !== "open") return nothing;
  return html`<p>${say("is_open", { name: person(room.state, sitting.presided_by) })}
      ${sitting.secretary ? say("secretary_named", { name: person(room.state, sitting.secretary) }) : nothing}</p>
    <div class="panel__actions">${leave(room, sitting.id)}</div>${closing(room)}`;
}

/**
 * What takes the place of what is going on, before the sitting is opened and once it is closed.
 * @param {Room} room
 */
export function notOpen(room) {
  const { state } = room.state.sitting;
  if (state === "convened") return opening(room);
  return state === "closed"
    ? html`<p class="floor">${say("is_closed")}</p>${minutes(room)}`
    : html`<p class="floor">${say("is_cancelled")}</p>`;
}

/** @param {Room} room @param {number} sittingId */
function leave(room, sittingId) {
  if (!isPresent(room)) return nothing;
  return html`${button(room, {
      name: "leave", label: say("leave"), message: "leave", data: { sitting: sittingId },
      done: room.leave,
    })}
    ${button(room, {
      name: "take_over", label: say("take_over"), message: "take_over", data: { sitting: sittingId },
    })}`;
}

/** @param {Room} room */
function minutes({ minutesDrafted, minutesProgress: progress, urls }) {
  if (minutesDrafted) {
    return html`<p>${say("minutes_news")} <a href=${urls.minutes}>${say("minutes_link")}</a></p>`;
  }
  return html`<p>${say("minutes_follow")}</p>
    ${progress ? html`<p>${say("step", progress)}</p>
      <progress max=${progress.of} value=${progress.step} aria-label=${say("minutes_working")}></progress>` : nothing}`;
}
