// @ts-check
// A poll on a proposal: in favour, against, abstained; one press is the ballot. A kind of poll,
// see index.js.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { answers, choiceName } from "../../i18n.js";
import { bars } from "./result.js";

/** @import { BallotOptions, Poll } from "../../types.js" */

/**
 * A button for each answer.
 * @param {Pick<BallotOptions, "poll" | "press">} options
 */
export function ballot({ poll, press }) {
  return html`<div class="choices" role="group" aria-labelledby="poll-title">
    ${answers(poll.poll_kind).map((word) => press?.(word, choiceName(word)))}
  </div>`;
}

/**
 * An answer in words.
 * @param {Poll} _poll
 * @param {string} choice
 */
export function said(_poll, choice) {
  return choiceName(choice);
}

export { bars as result };
