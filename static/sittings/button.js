// A button that does one thing, and says what became of it.

import { confirmed } from "../js/confirm.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { say } from "./i18n.js";

/**
 * A button for an act.
 * name: tells this act from others on the page; label: what it says; about: what it is done to,
 * where only the place on the page shows it, for those who do not see it; message, data: what it
 * sends; question: asked first; pressed: "true" or "false" for a choice; done: gets the answer;
 * noted: false where the page says elsewhere what became of the act.
 */
export function button(room, { name, label, message, data, ...rest }) {
  const { tone = "outline-primary", about, question, pressed, done, noted = true } = rest;
  const act = room.acts.of(name);
  const mine = act?.message === message && sameData(act.data, data) ? act : undefined;
  const press = async () => {
    if (question && !(await confirmed(question))) return;
    room.acts.send(name, message, data, done);
  };
  return html`<button
      type="button"
      class="btn btn-${tone}"
      aria-label=${about ? `${label}: ${about}` : nothing}
      aria-pressed=${pressed ?? nothing}
      aria-busy=${mine?.status === "sending" ? "true" : nothing}
      @click=${press}
    >${label}</button>${noted ? note(mine) : nothing}`;
}

/** What stands beside a button: not sent yet, or refused and why. */
export function note(act) {
  if (act?.status === "waiting") return html`<p class="quiet">${say("not_sent")}</p>`;
  if (act?.status === "refused") return html`<p class="text-danger">${act.detail}</p>`;
  return nothing;
}

function sameData(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
