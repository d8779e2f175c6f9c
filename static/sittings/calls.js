// @ts-check
// What calls for the reader at once: a vote that is open to them, the floor that is theirs. It is said in a
// bar that stays in view, in the title of the page, and by a device that vibrates.
//
// Exports `startCalls`, which room.js calls once, and `callsOf`.

import { announce } from "../js/announce.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { button } from "./button.js";
import { awaitsVote } from "./entitled.js";
import { say } from "./i18n.js";
import { openPoll } from "./state.js";

/** @import { Room } from "./types.js" */

/**
 * @typedef {object} Call
 * @property {string} key tells it from earlier ones
 * @property {string} short what is called for
 * @property {string} [question] of the poll
 * @property {number} [hand] that has the floor
 */

const PATTERN = [200, 100, 200]; // milliseconds

/**
 * What calls for the reader now, the most urgent first.
 * @param {Pick<Room, "state" | "mine">} room
 * @returns {Call[]}
 */
export function callsOf({ state, mine }) {
  const poll = openPoll(state);
  const { floor } = state;
  /** @type {Call[]} */
  const calls = [];
  if (floor && floor.person_id === mine.person_id) {
    calls.push({ key: `floor-${floor.hand_id}`, short: say("call_floor"), hand: floor.hand_id });
  }
  if (poll && awaitsVote({ state, mine }, poll)) {
    calls.push({ key: `poll-${poll.id}`, short: say("call_vote"), question: poll.question });
  }
  return calls;
}

/**
 * Returns what draws the bar and the title; new calls are told once.
 * @param {HTMLElement} bar
 */
export function startCalls(bar) {
  const title = document.title;
  /** @type {Set<string>} */
  let told = new Set();
  /** @param {Room} room */
  return (room) => {
    const calls = callsOf(room);
    const fresh = calls.filter(({ key }) => !told.has(key));
    if (fresh.length) vibrate();
    // That a poll is open is read out as an entry; so is whose the floor is, but not to whom.
    for (const { hand, short } of fresh) if (hand) announce(short);
    told = new Set(calls.map(({ key }) => key));
    document.title = [...calls.map(({ short }) => short), title].join(" – ");
    bar.hidden = !calls.length;
    render(calls.map((call) => line(room, call)), bar);
  };
}

/** @param {Room} room @param {Call} call */
function line(room, { short, question, hand }) {
  return html`<div class="call"><p class="call__words"><strong>${short}</strong>${question ? `: ${question}` : nothing}</p>
    ${hand
      ? button(room, {
        name: "floor", label: say("end_my_floor"), tone: "primary btn-sm", noted: false,
        message: "floor.end", data: { hand },
      })
      : html`<button type="button" class="btn btn-primary btn-sm" @click=${goToPoll}>${say("call_go")}</button>`}</div>`;
}

function goToPoll() {
  const heading = /** @type {HTMLElement} */ (document.getElementById("poll-title"));
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

// Browsers refuse it, with a warning, before the reader has touched the page.
function vibrate() {
  if (!navigator.userActivation?.hasBeenActive) return;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  navigator.vibrate?.(PATTERN);
}
