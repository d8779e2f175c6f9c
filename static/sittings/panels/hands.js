// @ts-check
// The list of those asking for the floor, in order, and the buttons to ask and to withdraw.
//
// Exports `handsPanel` (a panel, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { isUsedUp, queue } from "../state/queue.js";
import { category, person, say } from "../i18n.js";
import { conducting, handControls } from "./conduct.js";

/** @import { Hand, HandKind, Room } from "../types.js" */

/** @type {HandKind[]} */
const KINDS = ["floor", "point_of_order", "reply"];

/** @param {Room} room */
export function handsPanel(room) {
  const { sitting, speakers } = room.state;
  if (sitting.state !== "open") return nothing;
  const hands = queue(room.state);
  return html`<h2 class="panel__title" id="hands-title">
      ${say("hands_title")} <span class="panel__count">${hands.length}</span>
    </h2>
    ${mayAsk(room) ? own(room, hands) : nothing}
    <p class="quiet">${say(`order_is_${speakers.ordering}`)}</p>
    ${hands.length
      ? html`<ol class="rows rows--numbered">${repeat(hands, (hand) => hand.id, (hand) => row(room, hands, hand))}</ol>`
      : html`<p class="quiet">${say("no_hands")}</p>`}
    ${conducting(room)}`;
}

/** @param {Room} room @param {Hand[]} hands @param {Hand} hand */
function row(room, hands, hand) {
  const { controls, drag } = handControls(room, hands, hand);
  return html`<li draggable=${drag ? "true" : nothing} data-hand=${hand.id}
      @dragstart=${drag?.start ?? null} @dragover=${drag?.over ?? null} @drop=${drag?.drop ?? null}>
    <span>${person(room.state, hand.person_id)}${kind(hand)}${quota(room, hand)}</span> ${controls}</li>`;
}

/** @param {Hand} hand */
function kind({ hand_kind }) {
  if (hand_kind === "floor") return nothing;
  return html` <strong class="quiet">${say(`kind_${hand_kind}`)}</strong>`;
}

/** @param {Room} room @param {Hand} hand */
function quota({ state }, hand) {
  if (!isUsedUp(state, hand)) return nothing;
  return html`<br><span class="quiet">${say("quota_used_up", { category: category(hand.category) })}</span>`;
}

/** @param {Room} room */
function mayAsk({ state, mine }) {
  const speaking = state.floor?.person_id === mine.person_id;
  return mine.may.includes("raise_hand") && !speaking;
}

/** @param {Room} room @param {Hand[]} hands */
function own(room, hands) {
  const place = hands.findIndex((hand) => hand.person_id === room.mine.person_id);
  return html`${place < 0 ? nothing : html`<p>${say("own_place", { place: place + 1 })}</p>`}
    <div class="panel__actions">${KINDS.map((kind) => asking(room, kind))}</div>`;
}

// One button in two guises, so that it stays under the finger and keeps the focus.
/** @param {Room} room @param {HandKind} kind */
function asking(room, kind) {
  const name = `hand-${kind}`;
  const raised = room.state.hands.find(
    (hand) => hand.person_id === room.mine.person_id && hand.hand_kind === kind,
  );
  if (raised) {
    return button(room, { name, label: say(`withdraw_${kind}`), message: "hand.withdraw",
      data: { hand: raised.id } });
  }
  if (kind === "reply" && !room.state.floor) return nothing;
  return button(room, { name, label: say(`raise_${kind}`), message: "hand.raise",
    tone: kind === "floor" ? "primary" : "outline-primary btn-sm",
    data: { sitting: room.state.sitting.id, kind } });
}
