// @ts-check
// Applause for who speaks, else for the point under discussion: the number, and the button.
//
// Exports `applause`, for panels/now.js, and `applauseNow`, for the screen of the hall too.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { isPresent } from "../presence.js";
import { currentPoint } from "../state.js";
import { say } from "../i18n.js";

/** @import { ApplauseFrame, Room, Snapshot } from "../types.js" */

/**
 * How much applause what goes on has got; 0 if the last number was of something before.
 * @param {Pick<Snapshot, "agenda" | "floor">} state
 * @param {ApplauseFrame | null} told
 */
export function applauseNow(state, told) {
  if (!told) return 0;
  const isOfSpeech = told.hand_id !== null && told.hand_id === state.floor?.hand_id;
  const isOfPoint = !state.floor && told.point_id !== null && told.point_id === currentPoint(state)?.id;
  return isOfSpeech || isOfPoint ? told.count : 0;
}

/** @param {Room} room */
export function applause(room) {
  const { floor, sitting } = room.state;
  const what = floor ? `hand-${floor.hand_id}` : currentPoint(room.state)?.id;
  if (!what || sitting.suspended) return nothing;
  const count = applauseNow(room.state, room.applause);
  const claps = mayApplaud(room);
  if (!count && !claps) return nothing;
  return html`<div class="panel__actions applause">${claps ? clap(room, what) : nothing}
    ${count ? html`<span>${say("applause", { count })}</span>` : nothing}</div>`;
}

/** @param {Room} room */
function mayApplaud(room) {
  const isOwn = room.state.floor?.person_id === room.mine.person_id;
  return isPresent(room) && !isOwn && room.mine.may.includes("applaud");
}

/** @param {Room} room @param {string | number} what */
function clap(room, what) {
  return button(room, {
    name: `applaud-${what}`, label: say("applaud"), tone: "outline-primary btn-sm",
    message: "applause.give", data: { sitting: room.state.sitting.id },
  });
}
