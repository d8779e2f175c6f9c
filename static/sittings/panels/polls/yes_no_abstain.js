// In favour, against, abstained: one press is the ballot.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { answers, choiceName } from "../../i18n.js";
import { bars } from "./result.js";

/** A button for each answer. */
export function ballot({ poll, press }) {
  return html`<div class="choices" role="group" aria-labelledby="poll-title">
    ${answers(poll.poll_kind).map((word) => press(word, choiceName(word)))}
  </div>`;
}

/** An answer in words. */
export function said(_poll, choice) {
  return choiceName(choice);
}

export { bars as result };
