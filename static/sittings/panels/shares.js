// @ts-check
// How the time that was spoken is shared among the categories of participants.
//
// Exports `sharesPanel` (a panel, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { minutes } from "../timer.js";
import { category, say } from "../i18n.js";
import { spentOf } from "../state/queue.js";

/** @import { Room, Snapshot } from "../types.js" */

/** @param {Room} room */
export function sharesPanel({ state }) {
  const rows = Object.entries(state.speakers.spoken.categories).sort(([, one], [, other]) => other - one);
  const total = rows.reduce((sum, [, seconds]) => sum + seconds, 0);
  const limited = Object.keys(state.speakers.quotas).length > 0;
  if (!total && !limited) return nothing;
  return html`<h3 class="panel__title" id="shares-title">
      ${say("shares_title")} <span class="panel__count">${minutes(total)}</span>
    </h3>
    ${limited ? left(state) : nothing}
    <dl class="tally">${rows.map(([code, seconds]) => html`<div><dt>${category(code)}</dt>
      <dd>${minutes(seconds)} <progress value=${seconds} max=${total} aria-label=${category(code)}></progress></dd></div>`)}
    </dl>`;
}

// What each group that has a quota has left of it.
/** @param {Snapshot} state */
function left(state) {
  const { quotas, quota_scope } = state.speakers;
  const spent = spentOf(state);
  return html`<p class="quiet">${say("quota_scope")} ${say(`quota_scope_${quota_scope}`)}</p>
    <dl class="tally">${Object.entries(quotas).map(([code, quota]) => {
      const rest = Math.max(0, quota - (spent[code] ?? 0));
      return html`<div><dt>${category(code)}</dt><dd>${say(rest ? "quota_left" : "quota_spent",
        { left: minutes(rest), quota: minutes(quota) })} <progress value=${quota - rest} max=${quota}
          aria-label=${category(code)}></progress></dd></div>`;
    })}</dl>`;
}
