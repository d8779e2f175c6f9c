// @ts-check
// The people in the sitting: how many of each category, and their names.
//
// Exports `presentPanel` and `presentCount` (a panel and its count, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { category, person, say } from "../i18n.js";

/** @import { Counts, Room, Snapshot } from "../types.js" */

/**
 * How many are in the sitting.
 * @param {Room} room
 */
export function presentCount({ state }) {
  return { count: state.presence.count };
}

/** @param {Room} room */
export function presentPanel({ state }) {
  if (["closed", "cancelled"].includes(state.sitting.state)) return nothing;
  const { count, present, by_category } = state.presence;
  return html`${count ? groups(by_category) : html`<p class="quiet">${say("nobody_present")}</p>`}
    ${count ? names(state, present, count) : nothing}`;
}

/** @param {Counts} byCategory */
function groups(byCategory) {
  const rows = Object.entries(byCategory).sort(([, one], [, other]) => other - one);
  return html`<ul class="rows">
    ${rows.map(([code, n]) => html`<li>${category(code)} <span class="panel__count">${n}</span></li>`)}
  </ul>`;
}

/** @param {Snapshot} state @param {number[]} present @param {number} count */
function names(state, present, count) {
  const named = present.filter((id) => state.people[String(id)]);
  return html`<details><summary>${say("present_names")}</summary>
    <ul class="rows">${repeat(named, (id) => id, (id) => html`<li>${person(state, id)}</li>`)}</ul>
    ${named.length < count ? html`<p class="quiet">${say("present_more", { count: count - named.length })}</p>` : nothing}
  </details>`;
}
