// @ts-check
// What the chair does with the list of speakers: gives the floor, puts hands in order by button
// or by dragging, chooses the order, limits the time of each.
//
// Exports `handControls` and `conducting`; used by panels/hands.js.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { person, say } from "../i18n.js";
import { isUsedUp } from "../state/queue.js";
import { quotaForm } from "./quotas.js";

/** @import { Hand, Room } from "../types.js" */

const ORDERS = ["first_come", "alternate", "least_spoken", "by_hand"];
const LIMITS = [null, 120, 180, 300, 600];

/**
 * The controls beside a hand, and how it is dragged: {controls, drag}.
 * @param {Room} room
 * @param {Hand[]} hands
 * @param {Hand} hand
 */
export function handControls(room, hands, hand) {
  if (!room.mine.may.includes("move_hand")) return { controls: nothing, drag: null };
  const late = isUsedUp(room.state, hand);
  const group = hands.filter(
    (other) => other.hand_kind === hand.hand_kind && isUsedUp(room.state, other) === late,
  );
  return {
    controls: html`<span class="row__controls">${give(room, hand, hand === hands[0] ? "p" : undefined)}
      ${up(room, group, hand)}${down(room, group, hand)}</span>`,
    drag: group.length > 1 ? dragging(room, group, hand) : null,
  };
}

/**
 * The choices of the chair: the order of the list, and the time of each speaker.
 * @param {Room} room
 */
export function conducting(room) {
  if (!room.mine.may.includes("choose_order")) return nothing;
  const { ordering, seconds } = room.state.speakers;
  const sitting = room.state.sitting.id;
  return html`<details><summary>${say("conduct_title")}</summary>
    <p id="order-label">${say("order_label")}</p>
    <div class="panel__actions" role="group" aria-labelledby="order-label">
      ${ORDERS.map((order) => option(room, `order-${order}`, say(`order_${order}`), ordering === order,
        "speakers.order", { sitting, ordering: order }))}
    </div>
    <p id="limit-label">${say("limit_label")}</p>
    <div class="panel__actions" role="group" aria-labelledby="limit-label">
      ${LIMITS.map((limit) => option(room, `limit-${limit}`, limitName(limit), seconds === limit,
        "speakers.limit", { sitting, seconds: limit }))}
    </div></details>
    ${quotaForm(room)}`;
}

/** @param {number | null} limit */
function limitName(limit) {
  return limit ? say("minutes_planned", { minutes: limit / 60 }) : say("no_limit");
}

/**
 * @param {Room} room
 * @param {string} name
 * @param {string} label
 * @param {boolean} chosen
 * @param {string} message
 * @param {object} data
 */
function option(room, name, label, chosen, message, data) {
  const tone = `${chosen ? "primary" : "outline-primary"} btn-sm`;
  return button(room, { name, label, tone, pressed: String(chosen), message, data });
}

/** @param {Room} room @param {Hand} hand @param {string} [key] */
function give(room, hand, key) {
  if (room.state.sitting.suspended) return nothing;
  return small(room, hand, {
    name: `give-${hand.id}`, label: say("give_floor"), message: "floor.give", data: { hand: hand.id }, key,
  });
}

/** @param {Room} room @param {Hand[]} group @param {Hand} hand */
function up(room, group, hand) {
  const before = group[group.indexOf(hand) - 1];
  return before ? move(room, hand, "up", before.id) : nothing;
}

/** @param {Room} room @param {Hand[]} group @param {Hand} hand */
function down(room, group, hand) {
  const place = group.indexOf(hand);
  if (place === group.length - 1) return nothing;
  return move(room, hand, "down", group[place + 2]?.id ?? null);
}

/**
 * @param {Room} room
 * @param {Hand} hand
 * @param {"up" | "down"} way
 * @param {number | null} before
 */
function move(room, hand, way, before) {
  return small(room, hand, {
    name: `${way}-${hand.id}`, label: say(`move_${way}`), message: "hand.move", data: { hand: hand.id, before },
  });
}

/**
 * @param {Room} room
 * @param {Hand} hand
 * @param {import("../button.js").ButtonOptions} options
 */
function small(room, hand, options) {
  const about = person(room.state, hand.person_id);
  return button(room, { ...options, about, tone: "outline-primary btn-sm" });
}

// Dropped on another row, a hand takes its place; a hand of another kind is not taken.
/** @param {Room} room @param {Hand[]} group @param {Hand} hand */
function dragging(room, group, hand) {
  /** @param {DragEvent} event */
  const dragged = (event) => Number(event.dataTransfer?.getData("text/plain"));
  return {
    /** @param {DragEvent} event */
    start: (event) => event.dataTransfer?.setData("text/plain", String(hand.id)),
    /** @param {DragEvent} event */
    over: (event) => event.preventDefault(),
    /** @param {DragEvent} event */
    drop: (event) => {
      event.preventDefault();
      const from = group.findIndex(({ id }) => id === dragged(event));
      const to = group.indexOf(hand);
      if (from < 0 || from === to) return;
      const before = (from < to ? group[to + 1]?.id : hand.id) ?? null;
      room.acts.send(`drag-${hand.id}`, "hand.move", { hand: group[from].id, before });
    },
  };
}
