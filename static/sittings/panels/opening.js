// @ts-check
// Before the opening: how many wait, and for who chairs the roll call and the beginning of the works.
//
// Exports `opening`; used by panels/sitting.js.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { day, person, say } from "../i18n.js";
import { standingNow } from "../quorum.js";
import { reasonForm } from "./reason.js";

/** @import { Room } from "../types.js" */

// Rehearsals have ids from here on (consultazione/core/log); they begin on any day.
const REHEARSALS_FROM = 1e12;

/**
 * What is said of a convened sitting, and the next step of who opens it. Where a quorum is asked
 * for the roll is called first; else the sitting is opened with one button.
 * @param {Room} room
 */
export function opening(room) {
  const { sitting, presence } = room.state;
  const called = sitting.roll_called_at !== null;
  return html`<p class="floor">${called
      ? say("is_roll_call", { name: person(room.state, sitting.presided_by) }) : say("is_convened")}</p>
    ${presence.count ? html`<p>${say("waiting_here", { count: presence.count })}</p>` : nothing}
    ${called && presence.quorum ? html`<p>${standingNow(room.state)}</p>${elsewise(room)}` : nothing}
    ${step(room, called)}`;
}

/**
 * Where the chair goes who does not begin without the quorum.
 * @param {Room} room
 */
function elsewise({ state, mine, urls }) {
  if (state.presence.quorum?.met || !mine.may.includes("open_sitting")) return nothing;
  return html`<p>${say("without_quorum")} <a href=${urls.sittingPage}>${say("without_quorum_link")}</a></p>`;
}

/** @param {Room} room @param {boolean} called */
function step(room, called) {
  const asksQuorum = room.state.presence.quorum !== null;
  if (asksQuorum && !called) {
    return act(room, "call_roll", say("call_roll"), "sitting.call_roll", undefined, say("call_roll_hint"));
  }
  const words = asksQuorum ? "begin_works" : "open_sitting";
  return act(room, "open_sitting", say(words), "sitting.open", say(`${words}_ask`));
}

/**
 * A button; before the day of the convocation a form that asks why.
 * @param {Room} room
 * @param {string} permission
 * @param {string} label
 * @param {string} message
 * @param {string} [question]
 * @param {string} [hint]
 */
function act(room, permission, label, message, question, hint) {
  if (!room.mine.may.includes(permission)) return nothing;
  const { id, starts_at, roll_called_at } = room.state.sitting;
  const data = { sitting: id };
  const date = inRome(new Date(starts_at));
  if (id < REHEARSALS_FROM && roll_called_at === null && date > inRome(new Date(Date.now() + room.mine.clock_ahead))) {
    return reasonForm(room, {
      name: "sitting", words: label, label: say("begin_early", { day: day(date) }),
      message, data, field: "early_reason",
    });
  }
  return html`<div class="panel__actions">${button(room, {
    name: "sitting", label, tone: "primary", question, message, data,
  })}</div>${hint ? html`<p class="quiet">${hint}</p>` : nothing}`;
}

/**
 * The day of a moment on Italian calendars, as YYYY-MM-DD.
 * @param {Date} moment
 */
function inRome(moment) {
  return moment.toLocaleDateString("sv-SE", { timeZone: "Europe/Rome" });
}
