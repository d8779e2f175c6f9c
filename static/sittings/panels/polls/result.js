// @ts-check
// What results of several kinds of poll share: a bar for each line of the tally.
//
// Exports `bars` and `bar`; used by the kinds of poll beside it.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { headline, keyName } from "../../tally.js";

/** @import { Counts, Poll } from "../../types.js" */

/**
 * A tally as bars against the votes that were cast.
 * @param {Poll} poll
 * @param {Counts} tally
 * @param {number | null} of
 */
export function bars(poll, tally, of) {
  return html`<dl class="tally">${headline(tally).map(([key, count]) => bar(keyName(key, poll.options), count, of))}</dl>`;
}

/**
 * One bar of a tally.
 * @param {string} label
 * @param {number} count
 * @param {number | null} of
 */
export function bar(label, count, of) {
  return html`<div><dt>${label}</dt>
    <dd>${count} <progress value=${count} max=${of || 1} aria-label=${label}></progress></dd></div>`;
}
