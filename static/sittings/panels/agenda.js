// @ts-check
// The agenda, point by point, with the time taken against the time planned. The chair conducts the
// sitting from here.
//
// Exports `agendaPanel` (a panel, see index.js), and `control`, `reading` and `standing` for panels/now.js.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { isAnyOtherBusiness, say } from "../i18n.js";

/** @import { Material, Point, Room } from "../types.js" */

/** @param {Room} room */
export function agendaPanel(room) {
  const { agenda } = room.state;
  return agenda.length
    ? html`<ol class="rows rows--numbered">${repeat(agenda, (point) => point.id, (point) => row(room, point))}</ol>`
    : html`<p class="quiet">${say("no_agenda")}</p>`;
}

/** @param {Room} room @param {Point} point */
function row(room, point) {
  return html`<li aria-current=${point.state === "current" ? "step" : nothing}>
    <span>${point.title}${quiet(standing(room, point))}${reading(room, point)}</span>
    <span class="row__controls">${control(room, point)}</span>
  </li>`;
}

/** @param {string} words */
function quiet(words) {
  return words ? html` <span class="quiet">– ${words}</span>` : nothing;
}

/**
 * What is to be read on a point: its proposal, and the materials beside it.
 * @param {Pick<Room, "urls">} room
 * @param {Point} point
 */
export function reading({ urls }, { proposal_id, materials, title }) {
  if (!proposal_id && !materials.length) return nothing;
  return html`<ul class="links">
    ${proposal_id ? html`<li><a href=${urls.proposal.replace("/0", `/${proposal_id}`)}
      aria-label=${`${say("read_proposal")}: ${title}`}>${say("read_proposal")}</a></li>` : nothing}
    ${materials.map((one) => html`<li><a href=${address(urls.material, one)}>${one.title}</a></li>`)}</ul>`;
}

/** @param {string} pattern @param {Material} material */
function address(pattern, { id, file_name }) {
  return pattern.replace("/0/-", `/${id}/${encodeURIComponent(file_name)}`);
}

/**
 * How a point stands, with the minutes that it has taken of those planned.
 * @param {Pick<Room, "mine">} room
 * @param {Point} point
 */
export function standing(room, point) {
  const { state, minutes_planned: planned } = point;
  if (state === "postponed" || state === "removed") return say(`point_${state}_row`);
  if (state === "pending") return planned ? say("minutes_planned", { minutes: planned }) : "";
  const taken = Math.floor(spent(room, point) / 60);
  const time = planned ? say("minutes_of", { taken, planned }) : say("minutes_taken", { taken });
  const over = planned && taken >= planned && state === "current" ? say("over_plan") : "";
  const stands = say(state === "suspended" ? "point_is_suspended" : `point_${state}`);
  return `${stands}, ${time} ${over}`;
}

/** @param {Pick<Room, "mine">} room @param {Point} point */
function spent({ mine }, { spent: before, running_since }) {
  if (!running_since) return before;
  const now = Date.now() + mine.clock_ahead;
  return before + Math.max(0, Math.floor((now - Date.parse(running_since)) / 1000));
}

/**
 * What the chair can do with a point.
 * @param {Room} room
 * @param {Point} point
 * @param {string} [key] of the keyboard, that concludes the point under discussion
 */
export function control(room, point, key) {
  const { sitting } = room.state;
  const goesOn = sitting.state === "open" && !sitting.suspended;
  if (["done", "postponed", "removed"].includes(point.state)) return nothing;
  if (point.state === "current") {
    return goesOn && room.mine.may.includes("close_point")
      ? html`${act(room, point, "close_point", "agenda.close", undefined, key)}${act(room, point, "suspend_point", "agenda.suspend")}`
      : nothing;
  }
  return html`${goesOn && room.mine.may.includes("start_point") ? act(room, point, "start_point", "agenda.start") : nothing}
    ${moves(room, point)}`;
}

/** @param {Room} room @param {Point} point */
function moves(room, point) {
  if (["closed", "cancelled"].includes(room.state.sitting.state) || !room.mine.may.includes("move_point")) return nothing;
  const toCome = room.state.agenda.filter(({ state }) => state === "pending" || state === "suspended");
  const place = toCome.indexOf(point);
  const before = toCome[place - 1];
  const after = toCome[place + 1];
  const stays = lastToStay(room.state.agenda);
  return html`${before && point !== stays ? move(room, point, "move_up", before.id) : nothing}
    ${after && after !== stays ? move(room, point, "move_down", toCome[place + 2]?.id ?? null) : nothing}`;
}

/**
 * The point with which the agenda ends, if it is one that stays at the end.
 * @param {Point[]} agenda
 */
function lastToStay(agenda) {
  const last = agenda.at(-1);
  return last && isAnyOtherBusiness(last.title) ? last : undefined;
}

/** @param {Room} room @param {Point} point @param {string} words @param {number | null} before */
function move(room, point, words, before) {
  return act(room, point, words, "agenda.move", { point: point.id, before });
}

/**
 * @param {Room} room
 * @param {Point} point
 * @param {string} words
 * @param {string} message
 * @param {object} data
 * @param {string} [key]
 */
function act(room, point, words, message, data = { point: point.id }, key = undefined) {
  return button(room, {
    name: `${words}-${point.id}`, label: say(words), about: point.title,
    tone: "outline-primary btn-sm", message, data, key,
  });
}
