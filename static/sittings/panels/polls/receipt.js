// The receipt of a sealed ballot, which the voter asks for while the poll is open.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { button } from "../../button.js";
import { say } from "../../words.js";

const shown = new Map(); // by poll, for as long as this page is open

/** The receipt, or a button that shows it. */
export function receipt(room, poll) {
  const known = shown.get(poll.id);
  if (known) {
    return html`<p><strong>${say("receipt", { receipt: known })}</strong></p>
      <p class="quiet">${say("receipt_keep")}</p>`;
  }
  return html`<div class="panel__actions">${button(room, {
    name: "receipt", label: say("receipt_show"), message: "ballot.receipt", data: { poll: poll.id },
    done: (answer) => shown.set(poll.id, answer.receipt),
  })}</div>`;
}
