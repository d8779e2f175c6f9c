// @ts-check
// The projector of a hall: the current point, the speaker and their time, the poll. It watches and
// takes no part.
//
// templates/sittings/screen.html loads this module.

import { open } from "../js/socket.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { arithmetic } from "./arithmetic.js";
import { Live } from "./live.js";
import { currentPoint, openPoll } from "./state.js";
import { standingNow } from "./quorum.js";
import { headline, keyName } from "./tally.js";
import { grounds, person, say } from "./i18n.js";

/** @import { Floor, Poll, Snapshot } from "./types.js" */

const RESULT_FOR = 120_000;

const screen = /** @type {HTMLElement} */ (document.getElementById("screen"));
const line = /** @type {HTMLElement} */ (document.getElementById("connection"));
/** @param {string} id */
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "");
/** @type {import("./live.js").Tell} */
const tell = {
  changed: draw, happened() {}, elsewhere() {}, catching() {},
  linked: () => stand(""), lost: () => stand(say("disconnected")),
  refused: ({ error, detail }) => stand(error === "not_found" ? say("rehearsal_over") : detail ?? ""),
};
const live = new Live(open(), read("snapshot"), read("mine"), tell, "watch");

/** @param {string} words */
function stand(words) {
  line.textContent = words;
}

function draw() {
  const { state } = live;
  render(state.sitting.state === "open" ? course(state) : standing(state), screen);
}

/** @param {Snapshot} state */
function standing({ sitting }) {
  return html`<p class="big">${say(sitting.state === "closed" ? "is_closed" : "is_convened")}</p>`;
}

/** @param {Snapshot} state */
function course(state) {
  const point = currentPoint(state);
  const asked = poll(state); // takes the room of what is not going on
  const silence = asked === nothing ? html`<p class="calm">${say("nobody_speaks")}</p>` : nothing;
  return html`<p class="big">${point ? `${point.rank}. ${point.title}` : say("no_point")}</p>
    ${state.floor ? floor(state.floor, state) : silence}
    ${asked}
    <p class="calm">${say("present_count", state.presence)}</p>
    ${quorum(state)}`;
}

/** @param {Snapshot} state */
function quorum(state) {
  const now = standingNow(state);
  return now ? html`<p class=${state.presence.quorum?.met ? "calm" : "warn"}>${now}</p>` : nothing;
}

/** @param {Floor} floor @param {Snapshot} state */
function floor({ person_id, since }, state) {
  return html`<p class="speaker">${person(state, person_id)} <time>${elapsed(since)}</time></p>`;
}

/** @param {Snapshot} state */
function poll(state) {
  const open = openPoll(state);
  if (open) {
    return html`<section class="poll"><p>${open.question}</p>
      <p class="count">${state.turnout ? say("turnout", state.turnout) : nothing}</p></section>`;
  }
  const last = state.polls.at(-1);
  if (!last || now() - Date.parse(last.closed_at ?? "") > RESULT_FOR) return nothing;
  return html`<section class="poll"><p>${last.question}</p>
    ${outcome(last)}</section>`;
}

// What a hall reads from afar: how it ended, the counts, and small the reason.
/** @param {Poll} last */
function outcome(last) {
  if (last.state === "annulled") return html`<p class="reason">${say(`annulled_${last.annulled_because}`)}</p>`;
  const counts = headline(last.tally ?? {}).map(([key, count]) => `${keyName(key, last.options)}: ${count}`);
  return html`<p class="count">${say(last.carried ? "is_carried" : "is_not_carried")}</p>
    <p>${counts.join(", ")}</p>
    <p class="reason">${grounds(last)} ${arithmetic(last)}</p>`;
}

function now() {
  return Date.now() + live.mine.clock_ahead;
}

/** @param {string} since */
function elapsed(since) {
  const seconds = Math.max(0, Math.floor((now() - Date.parse(since)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

setInterval(draw, 1000);
draw();
