// @ts-check
// How the time that was spoken is shared among the categories of participants.
//
// Exports `sharesPanel` (a panel, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { minutes } from "../timer.js";
import { category, say } from "../i18n.js";

/** @import { Room } from "../types.js" */

/** @param {Room} room */
export function sharesPanel({ state }) {
  const rows = Object.entries(state.speakers.spoken.categories).sort(([, one], [, other]) => other - one);
  const total = rows.reduce((sum, [, seconds]) => sum + seconds, 0);
  if (!total) return nothing;
  return html`<h3 class="panel__title" id="shares-title">
      ${say("shares_title")} <span class="panel__count">${minutes(total)}</span>
    </h3>
    <dl class="tally">${rows.map(([code, seconds]) => html`<div><dt>${category(code)}</dt>
      <dd>${minutes(seconds)} <progress value=${seconds} max=${total} aria-label=${category(code)}></progress></dd></div>`)}
    </dl>`;
}
