// Who asks for the floor, in order; to ask for it, to withdraw, and to give it.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { person, say } from "../words.js";

export function handsPanel(room) {
  const { hands, sitting } = room.state;
  if (sitting.state !== "open") return nothing;
  return html`<h2 class="panel__title" id="hands-title">
      ${say("hands_title")} <span class="panel__count">${hands.length}</span>
    </h2>
    ${hands.length
      ? html`<ol class="rows rows--numbered">${repeat(hands, (hand) => hand.id, (hand) => row(room, hand))}</ol>`
      : html`<p class="quiet">${say("no_hands")}</p>`}
    ${mayAsk(room) ? html`<div class="panel__actions">${own(room)}</div>` : nothing}`;
}

function row(room, hand) {
  return html`<li><span>${person(room.state, hand.person_id)}</span> ${give(room, hand)}</li>`;
}

function give(room, hand) {
  if (!room.mine.may.includes("give_floor")) return nothing;
  const label = html`${say("give_floor")}<span class="visually-hidden">: ${person(room.state, hand.person_id)}</span>`;
  return button(room, {
    name: `give-${hand.id}`, label, tone: "outline-primary btn-sm",
    message: "floor.give", data: { hand: hand.id },
  });
}

function mayAsk({ state, mine }) {
  const speaking = state.floor?.person_id === mine.person_id;
  return mine.may.includes("raise_hand") && !speaking;
}

// One button in two guises, so that it stays under the finger and keeps the focus.
function own(room) {
  const raised = room.state.hands.find((hand) => hand.person_id === room.mine.person_id);
  return button(room, raised
    ? { name: "hand", label: say("withdraw_hand"), message: "hand.withdraw", data: { hand: raised.id } }
    : { name: "hand", label: say("raise_hand"), tone: "primary", message: "hand.raise",
        data: { sitting: room.state.sitting.id } });
}
