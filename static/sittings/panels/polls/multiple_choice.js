// @ts-check
// A poll on several of several options, within limits. A kind of poll, see index.js.

import { choiceName, say } from "../../i18n.js";
import { form, ticked, ticks } from "./form.js";
import { bars } from "./result.js";

/** @import { BallotOptions, Poll } from "../../types.js" */

/**
 * A box to tick for each option.
 * @param {BallotOptions} options
 */
export function ballot({ poll, chosen, cast, label, scope }) {
  return form({
    poll, cast, label, hint: say("choose_some", poll.rules),
    parts: ticks(poll, "checkbox", chosen?.split(",") ?? [], scope),
    read: (elements) => ticked(elements).join(","),
  });
}

/**
 * The options that were chosen.
 * @param {Poll} poll
 * @param {string} choice
 */
export function said(poll, choice) {
  if (choice === "blank") return choiceName(choice);
  return choice.split(",").map((rank) => poll.options[Number(rank) - 1]).join(", ");
}

export { bars as result };
