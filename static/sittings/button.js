// @ts-check
// A button that sends one act and shows what became of it.
//
// Exports `button`; `note`, the line beside it; and `formNote`, the line beneath a form. Used by
// the panels and by the forms of the room.

import { confirmed } from "../js/confirm.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { say } from "./i18n.js";

/** @import { Act, Answer, Room } from "./types.js" */

/**
 * @typedef {object} ButtonOptions
 * @property {string} name tells this act from others on the page
 * @property {string} label
 * @property {string} [about] what it is done to, where only the place on the page shows it
 * @property {string} message what is sent
 * @property {object} data
 * @property {string} [question] asked first
 * @property {string} [tone] of the button, in the words of the style sheet
 * @property {string} [pressed] "true" or "false" for a choice
 * @property {(answer: Answer) => void} [done]
 * @property {string} [key] of the keyboard that presses it, in the chair's console
 * @property {boolean} [noted] false where the page says elsewhere what became of the act
 */

/**
 * A button for an act.
 * @param {Pick<Room, "acts">} room
 * @param {ButtonOptions} options
 */
export function button(room, { name, label, message, data, ...rest }) {
  const { tone = "outline-primary", about, question, pressed, done, key, noted = true } = rest;
  const mine = lastAct(room, name, message, data);
  const press = async () => {
    if (question && !(await confirmed(question))) return;
    room.acts.send(name, message, data, done);
  };
  return html`<button
      type="button"
      class="btn btn-${tone}"
      aria-label=${about ? `${label}: ${about}` : nothing}
      aria-keyshortcuts=${key ?? nothing}
      aria-pressed=${pressed ?? nothing}
      aria-busy=${mine?.status === "sending" ? "true" : nothing}
      @click=${press}
    >${label}</button>${noted ? note(mine) : nothing}`;
}

/**
 * What stands beside a button: not sent yet, or refused and why.
 * @param {Pick<Act, "status" | "detail"> | undefined} act
 */
export function note(act) {
  if (act?.status === "waiting") return html`<p class="quiet">${say("not_sent")}</p>`;
  if (act?.status === "refused") return html`<p class="text-danger">${act.detail}</p>`;
  return nothing;
}

/**
 * What stands beneath a form: as `note`, but of a refusal the fault of the first field.
 * @param {Act | undefined} act
 */
export function formNote(act) {
  if (!act) return nothing;
  const [first] = Object.values(act.fields ?? {});
  return note({ status: act.status, detail: first?.[0] ?? act.detail });
}

/**
 * What became of the button's own act: another button may have sent under the same name.
 * @param {Pick<Room, "acts">} room
 * @param {string} name
 * @param {string} message
 * @param {object} data
 */
function lastAct(room, name, message, data) {
  const act = room.acts.of(name);
  return act?.message === message && sameData(act.data, data) ? act : undefined;
}

/** @param {object} one @param {object} other */
function sameData(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
