// @ts-check
// The form of a ballot that takes more than one press. Its fields keep the choice while the page is
// redrawn.
//
// Exports `form`, its fields (`ticks`, `lists`) and how to read them (`ticked`, `listed`); used by
// the kinds of poll beside it.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { say } from "../../i18n.js";

/** @import { FormOptions, Poll } from "../../types.js" */

/**
 * A ballot as a form.
 * @param {FormOptions} ballot
 */
export function form({ poll, hint, parts, read, cast, label, blank = true }) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    cast(read(/** @type {HTMLFormElement} */ (event.target)));
  };
  return html`<form class="form" novalidate @submit=${submit}>
    <fieldset>
      <legend class="visually-hidden">${poll.question}</legend>
      <p class="quiet">${hint}</p>
      ${parts}
    </fieldset>
    <div class="panel__actions">
      <button type="submit" class="btn btn-primary">${label}</button>
      ${blank ? html`<button type="button" class="btn btn-outline-primary"
        @click=${() => cast("blank")}>${say("blank")}</button>` : nothing}
    </div>
  </form>`;
}

/**
 * A box to tick for each option, or a button of which one alone is pressed.
 * @param {Poll} poll
 * @param {"checkbox" | "radio"} type
 * @param {(string | null | undefined)[]} chosen
 * @param {string} scope
 */
export function ticks(poll, type, chosen, scope) {
  return poll.options.map((label, index) => {
    const rank = String(index + 1);
    const id = `${scope}-${poll.id}-${rank}`;
    return html`<div class="form-check">
      <input class="form-check-input" type=${type} name="option" id=${id} value=${rank} ?checked=${chosen.includes(rank)}>
      <label class="form-check-label" for=${id}>${label}</label>
    </div>`;
  });
}

/**
 * For each option a list of values to choose one of; `values` are pairs of value and words.
 * @param {Poll} poll
 * @param {string[][]} values
 * @param {Record<string, string>} chosen
 * @param {string} scope
 */
export function lists(poll, values, chosen, scope) {
  return poll.options.map((label, index) => {
    const id = `${scope}-${poll.id}-${index + 1}`;
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <select class="form-select" id=${id} name="option" data-rank=${index + 1}>
        ${values.map(([value, words]) => html`<option value=${value}
          ?selected=${chosen[index + 1] === value}>${words || nothing}</option>`)}
      </select>
    </div>`;
  });
}

/**
 * What is chosen in the lists of a form: pairs of an option and a value, without the empty.
 * @param {ParentNode} elements
 * @returns {[string, string][]}
 */
export function listed(elements) {
  return /** @type {HTMLSelectElement[]} */ ([...elements.querySelectorAll("select[data-rank]")])
    .filter(({ value }) => value)
    .map(({ dataset, value }) => [dataset.rank ?? "", value]);
}

/**
 * The values of the boxes that are ticked.
 * @param {ParentNode} elements
 */
export function ticked(elements) {
  return /** @type {HTMLInputElement[]} */ ([...elements.querySelectorAll("input:checked")]).map(({ value }) => value);
}
