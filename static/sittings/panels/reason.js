// @ts-check
// A form, folded away, in which a reason is given for an act.
//
// Exports `reasonForm`; used by the panels where one is asked for.

import { confirmed } from "../../js/confirm.js";
import { html } from "../../vendor/lit-html/lit-html.js";
import { note } from "../button.js";

/** @import { Answer, Room } from "../types.js" */

/**
 * name: tells the act from others on the page; words: what the button says; label: what is to
 * be written; message, data: what is sent beside the reason; field: under which name the reason is
 * sent; question: asked first; tone: the look of the button; done: called once it is taken.
 * @param {Room} room
 * @param {{name: string, words: string, label: string, message: string, data: object, field?: string, question?: string, tone?: string, done?: (answer: Answer) => void}} act
 */
export function reasonForm(room, { name, words, label, message, data, field = "reason", question, tone = "outline-primary", done }) {
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const reason = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("reason");
    if (question && !(await confirmed(question))) return;
    room.acts.send(name, message, { ...data, [field]: reason }, done);
  };
  return html`<details><summary>${words}</summary><form class="form" @submit=${submit}>
    <label for=${name}>${label}</label>
    <input class="form-control" id=${name} name="reason" maxlength="300" required>
    <button type="submit" class=${`btn btn-${tone} btn-sm`}>${words}</button>
    ${note(room.acts.of(name))}</form></details>`;
}
