// One of several options.

import { choiceName, say } from "../../i18n.js";
import { form, ticked, ticks } from "./form.js";
import { bars } from "./result.js";

/** A button of which one is pressed, and a vote for it. */
export function ballot({ poll, chosen, cast, label, scope }) {
  return form({
    poll, cast, label, hint: say("vote_now_one"),
    parts: ticks(poll, "radio", [chosen], scope),
    read: (elements) => ticked(elements).join(","),
  });
}

/** The option that was chosen. */
export function said(poll, choice) {
  return poll.options[choice - 1] ?? choiceName(choice);
}

export { bars as result };
