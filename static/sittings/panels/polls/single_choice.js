// @ts-check
// A poll on one of several options. A kind of poll, see index.js.

import { choiceName, say } from "../../i18n.js";
import { form, ticked, ticks } from "./form.js";
import { bars } from "./result.js";

/** @import { BallotOptions, Poll } from "../../types.js" */

/**
 * A button of which one is pressed, and a vote for it.
 * @param {BallotOptions} options
 */
export function ballot({ poll, chosen, cast, label, scope }) {
  return form({
    poll, cast, label, hint: say("vote_now_one"),
    parts: ticks(poll, "radio", [chosen], scope),
    read: (elements) => ticked(elements).join(","),
  });
}

/**
 * The option that was chosen.
 * @param {Poll} poll
 * @param {string} choice
 */
export function said(poll, choice) {
  return poll.options[Number(choice) - 1] ?? choiceName(choice);
}

export { bars as result };
