// What results of several kinds of poll share: a bar for each line of the tally.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { headline, keyName } from "../../tally.js";

/** A tally as bars against the votes that were cast. */
export function bars(poll, tally, of) {
  return html`<dl class="tally">${headline(tally).map(([key, count]) => bar(keyName(key, poll.options), count, of))}</dl>`;
}

/** One bar of a tally. */
export function bar(label, count, of) {
  return html`<div><dt>${label}</dt>
    <dd>${count} <progress value=${count} max=${of || 1} aria-label=${label}></progress></dd></div>`;
}
