// @ts-check
// A poll in which each option gets a grade. A kind of poll, see index.js.

import { html } from "../../../vendor/lit-html/lit-html.js";
import { choiceName, decimal, say } from "../../i18n.js";
import { form, listed, lists } from "./form.js";

/** @import { BallotOptions, Counts, Poll } from "../../types.js" */

/** @param {number} to */
const span = (to) => Array.from({ length: to }, (_none, index) => String(index + 1));

/**
 * A list of grades for each option.
 * @param {BallotOptions} options
 */
export function ballot({ poll, chosen, cast, label, scope }) {
  const given = Object.fromEntries((chosen ?? "").split(",").map((part) => part.split("=")));
  const grades = [["", say("no_grade")], ...span(poll.rules.grades).map((grade) => [grade, grade])];
  return form({
    poll, cast, label, hint: say("grade_all", poll.rules), parts: lists(poll, grades, given, scope),
    read: (elements) => listed(elements).map(([rank, grade]) => `${rank}=${grade}`).join(","),
  });
}

/**
 * The grades that were given.
 * @param {Poll} poll
 * @param {string} choice
 */
export function said(poll, choice) {
  if (choice === "blank") return choiceName(choice);
  /** @param {string[]} part */
  const named = ([rank, grade]) => `${poll.options[Number(rank) - 1]}: ${grade}`;
  return choice.split(",").map((part) => named(part.split("="))).join(", ");
}

/**
 * How often each option got each grade, its points and its mean.
 * @param {Poll} poll
 * @param {Counts} tally
 */
export function result(poll, tally) {
  const grades = span(poll.rules.grades);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${poll.question}>
    <table class="board">
      <thead><tr><th scope="col">${say("option")}</th>
        ${grades.map((grade) => html`<th scope="col">${say("grade", { grade })}</th>`)}
        <th scope="col">${say("points")}</th><th scope="col">${say("mean")}</th></tr></thead>
      <tbody>${poll.options.map((label, index) => row(label, index + 1, tally, grades))}</tbody>
    </table></div>
    <p>${choiceName("blank")}: ${tally.blank}</p>`;
}

/** @param {string} label @param {number} rank @param {Counts} tally @param {string[]} grades */
function row(label, rank, tally, grades) {
  const given = grades.map((grade) => tally[`${rank}=${grade}`]);
  const ballots = given.reduce((sum, count) => sum + count, 0);
  const mean = ballots ? tally[rank] / ballots : 0;
  return html`<tr><th scope="row">${label}</th>
    ${given.map((count) => html`<td>${count}</td>`)}
    <td>${tally[rank]}</td><td>${decimal(mean)}</td></tr>`;
}
