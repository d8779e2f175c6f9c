// @ts-check
// The form in which the chair says how long each group may speak in all.
//
// Exports `quotaForm`; used by panels/conduct.js.

import { html } from "../../vendor/lit-html/lit-html.js";
import { note } from "../button.js";
import { category, say } from "../i18n.js";

/** @import { Room } from "../types.js" */

const ACT = "set-quotas";
const MOST_MINUTES = 1440;

/**
 * A field for each group that is in the room, has spoken or has a quota.
 * @param {Room} room
 */
export function quotaForm(room) {
  const { presence, speakers } = room.state;
  const groups = [...new Set([
    ...Object.keys(speakers.quotas), ...Object.keys(presence.by_category),
    ...Object.keys(speakers.spoken.categories),
  ])].sort();
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const quotas = Object.fromEntries(groups
      .map((code) => [code, Math.round(Number(given.get(code)) * 60)])
      .filter(([, seconds]) => seconds));
    room.acts.send(ACT, "speakers.quotas",
      { sitting: room.state.sitting.id, quotas, quota_scope: given.get("scope") });
  };
  return html`<details><summary>${say("quotas_title")}</summary>
    <form class="form" @submit=${submit}>
      <p class="quiet">${say("quotas_hint")}</p>
      ${groups.map((code) => minutesOf(code, speakers.quotas[code]))}
      <label for="quota-scope">${say("quota_scope")}</label>
      <select class="form-select" id="quota-scope" name="scope">
        ${["sitting", "point"].map((scope) => html`<option value=${scope}
          ?selected=${speakers.quota_scope === scope}>${say(`quota_scope_${scope}`)}</option>`)}
      </select>
      <button type="submit" class="btn btn-outline-primary btn-sm">${say("set_quotas")}</button>
      ${note(room.acts.of(ACT))}
    </form></details>`;
}

/** @param {string} code @param {number} [seconds] */
function minutesOf(code, seconds) {
  const id = `quota-${code}`;
  return html`<label for=${id}>${say("quota_of", { category: category(code) })}</label>
    <input class="form-control" id=${id} name=${code} type="number" min="1" max=${MOST_MINUTES}
      inputmode="numeric" value=${seconds ? seconds / 60 : ""}>`;
}
