// Several of several options, within limits.

import { choiceName, say } from "../../i18n.js";
import { form, ticked, ticks } from "./form.js";
import { bars } from "./result.js";

/** A box to tick for each option. */
export function ballot({ poll, chosen, cast, label, scope }) {
  return form({
    poll, cast, label, hint: say("choose_some", poll.rules),
    parts: ticks(poll, "checkbox", chosen?.split(",") ?? [], scope),
    read: (elements) => ticked(elements).join(","),
  });
}

/** The options that were chosen. */
export function said(poll, choice) {
  if (choice === "blank") return choiceName(choice);
  return choice.split(",").map((rank) => poll.options[rank - 1]).join(", ");
}

export { bars as result };
