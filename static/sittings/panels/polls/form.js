// The form of a ballot that is more than one press: what is being chosen is the form's own,
// so that drawing the page anew changes nothing in it.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { say } from "../../i18n.js";

/**
 * A ballot as a form.
 * parts: its fieldsets; hint: how to fill it in; read: the choice, from the form's elements;
 * cast: takes the choice; label: of its button; blank: whether a blank ballot is offered.
 */
export function form({ poll, hint, parts, read, cast, label, blank = true }) {
  const submit = (event) => {
    event.preventDefault();
    cast(read(event.target));
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

/** A box to tick for each option, or a button of which one alone is pressed. */
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

/** For each option a list of values to choose one of; `values` are pairs of value and words. */
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

/** What is chosen in the lists of a form: pairs of an option and a value, without the empty. */
export function listed(elements) {
  return [...elements.querySelectorAll("select[data-rank]")]
    .map(({ dataset, value }) => [dataset.rank, value])
    .filter(([, value]) => value);
}

/** The values of the boxes that are ticked. */
export function ticked(elements) {
  return [...elements.querySelectorAll("input:checked")].map(({ value }) => value);
}
