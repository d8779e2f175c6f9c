// @ts-check
// A poll on options in order of preference, by choosing a place for each; counted in rounds. A
// kind of poll, see index.js.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { choiceName, countName, say } from "../../i18n.js";
import { form, listed, lists } from "./form.js";

/** @import { BallotOptions, Counts, Poll } from "../../types.js" */

/**
 * A list of places for each option.
 * @param {BallotOptions} options
 */
export function ballot({ poll, chosen, cast, label, scope }) {
  const order = chosen && chosen !== "blank" ? chosen.split(">") : [];
  const given = Object.fromEntries(order.map((rank, index) => [rank, String(index + 1)]));
  const places = poll.options.map((_label, index) => String(index + 1));
  const values = [["", say("no_place")], ...places.map((place) => [place, say("place", { place })])];
  return form({
    poll, cast, label, hint: say("rank_some"), parts: lists(poll, values, given, scope), read: orderOf,
  });
}

/**
 * The options in the order that was given.
 * @param {Poll} poll
 * @param {string} choice
 */
export function said(poll, choice) {
  if (choice === "blank") return choiceName(choice);
  return choice.split(">").map((rank, index) => `${index + 1}. ${poll.options[Number(rank) - 1]}`).join(", ");
}

/**
 * The votes of each option in each round.
 * @param {Poll} poll
 * @param {Counts} tally
 */
export function result(poll, tally) {
  const rounds = Math.max(...Object.keys(tally).map((key) => Number(key.split("/")[1] ? key.split("/")[0] : 0)));
  const numbers = Array.from({ length: rounds }, (_none, index) => index + 1);
  /** @param {string | number} key */
  const cells = (key) => numbers.map((round) => html`<td>${tally[`${round}/${key}`] ?? "–"}</td>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${poll.question}>
    <table class="board">
      <thead><tr><th scope="col">${say("option")}</th>
        ${numbers.map((round) => html`<th scope="col">${say("round", { round })}</th>`)}</tr></thead>
      <tbody>${poll.options.map((label, index) => html`<tr><th scope="row">${label}</th>${cells(index + 1)}</tr>`)}
        <tr><th scope="row">${countName("exhausted")}</th>${cells("exhausted")}</tr></tbody>
    </table></div>
    <p>${countName("blank")}: ${tally.blank}</p>`;
}

// Two options on one place are no order: an empty choice, which the server refuses in words.
/** @param {ParentNode} elements */
function orderOf(elements) {
  const placed = listed(elements);
  const places = new Set(placed.map(([, place]) => place));
  if (places.size !== placed.length) return "";
  return placed.sort(([, one], [, other]) => Number(one) - Number(other)).map(([rank]) => rank).join(">");
}
