// @ts-check
// What is happening now: the point under discussion and the speaker; for the chair, the next step.
//
// Exports `nowPanel` (a panel, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { currentPoint } from "../state.js";
import { person, say, time } from "../i18n.js";
import { applause } from "./applause.js";
import { control, reading, standing } from "./agenda.js";
import { missingQuorum } from "./quorum.js";
import { notOpen } from "./sitting.js";

/** @import { Floor, Point, Room, Snapshot } from "../types.js" */

const MORE = 60; // seconds of an extension

/** @param {Room} room */
export function nowPanel(room) {
  const { state } = room.state.sitting;
  return html`<h2 class="panel__title" id="now-title">${say("now_title")}</h2>
    ${state === "open" ? course(room) : notOpen(room)}
    ${state === "closed" || state === "cancelled" ? nothing : watching(room)}`;
}

// Who only watches is told what it takes to take part.
/** @param {Room} room */
function watching({ mine, urls }) {
  if (mine.outside) return html`<p><strong>${say(`outside_${mine.outside}`)}</strong></p>`;
  return mine.person_id ? nothing : html`<p>${say("only_watching")}
    <a href=${urls.signIn}>${say("sign_in")}</a></p>`;
}

/** @param {Room} room */
function course(room) {
  const point = currentPoint(room.state);
  return html`<p class="floor">${point ? `${point.rank}. ${point.title}` : say("no_point")}</p>
    ${point ? html`<p class="quiet">${standing(room, point)}</p>${reading(room, point)}` : nothing}
    ${suspended(room)}${missingQuorum(room)}
    <p>${floor(room.state)}</p>
    ${applause(room)}${actions(room)}${point ? ending(room, point) : nextPoint(room)}`;
}

/** @param {Room} room @param {Point} point */
function ending(room, point) {
  const { suspended } = room.state.sitting;
  if (suspended || !room.mine.may.includes("close_point")) return nothing;
  return html`<div class="panel__actions">${control(room, point, "c")}</div>`;
}

/** @param {Room} room */
function nextPoint(room) {
  const { agenda, sitting } = room.state;
  const next = agenda.find(({ state }) => state === "pending" || state === "suspended");
  if (!next || sitting.suspended || !room.mine.may.includes("start_point")) return nothing;
  return html`<div class="panel__actions">${button(room, {
    name: "next", key: "n", label: say("start_next", next), tone: "primary",
    message: "agenda.start", data: { point: next.id },
  })}</div>`;
}

/** @param {Room} room */
function suspended(room) {
  const { suspended: now, id } = room.state.sitting;
  if (!now) return nothing;
  return html`<p><strong>${say("is_suspended", { time: time(now.since), reason: now.reason })}</strong></p>
    ${room.mine.may.includes("resume_sitting") ? button(room, {
      name: "resume", key: "s", label: say("resume_sitting"), tone: "primary",
      message: "sitting.resume", data: { sitting: id },
    }) : nothing}`;
}

/** @param {Snapshot} state */
function floor(state) {
  if (!state.floor) return say("nobody_speaks");
  const { person_id, since, hand_kind } = state.floor;
  const values = { name: person(state, person_id), time: time(since) };
  return hand_kind === "floor" ? say("speaks", values) : say(`speaks_${hand_kind}`, values);
}

/** @param {Room} room */
function actions(room) {
  const speaking = room.state.floor;
  const mine = speaking?.person_id === room.mine.person_id;
  const presides = room.mine.may.includes("give_floor");
  if (!speaking || !(mine || presides)) return nothing;
  return html`<div class="panel__actions">${button(room, {
    name: "floor", label: say(mine ? "end_my_floor" : "end_floor"), key: presides ? "f" : undefined,
    message: "floor.end", data: { hand: speaking.hand_id },
  })}${extend(room, speaking)}</div>`;
}

/** @param {Room} room @param {Floor} floor */
function extend(room, { hand_id, seconds }) {
  if (!seconds || !room.mine.may.includes("extend_floor")) return nothing;
  return button(room, {
    name: "extend", key: "m", label: say("extend_floor"),
    message: "floor.extend", data: { hand: hand_id, seconds: seconds + MORE },
  });
}
