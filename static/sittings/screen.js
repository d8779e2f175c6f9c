// @ts-check
// The projector of a hall: the current point, the speaker and their time, the poll; or the break. It
// watches and takes no part.
//
// templates/sittings/screen.html loads this module.

import { open } from "../js/socket.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { arithmetic } from "./arithmetic.js";
import { Live } from "./live.js";
import { fit } from "./fit.js";
import { currentPoint, pollAtHand } from "./state.js";
import { standingNow } from "./quorum.js";
import { headline, keyName } from "./tally.js";
import { applauseNow } from "./panels/applause.js";
import { annulment, verdict } from "./verdict.js";
import { reading } from "./timer.js";
import { grounds, person, say, time } from "./i18n.js";

/** @import { Floor, Poll, Sitting, Snapshot } from "./types.js" */

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
  fit(screen);
}

/** @param {Snapshot} state */
function standing({ sitting }) {
  return html`<p class="big">${say(`is_${sitting.state}`)}</p>`;
}

/** @param {Snapshot} state */
function course(state) {
  const point = currentPoint(state);
  const { suspended } = state.sitting;
  return html`${suspended ? pause(suspended) : nothing}
    <p class=${suspended ? "calm" : "big"}>${point ? `${point.rank}. ${point.title}` : say("no_point")}</p>
    ${suspended ? nothing : going(state)}
    <p class="calm">${say("present_count", state.presence)}</p>
    ${quorum(state)}`;
}

/** @param {NonNullable<Sitting["suspended"]>} suspended */
function pause({ since, reason }) {
  return html`<p class="big pause">${say("is_suspended", { time: time(since), reason })}</p>`;
}

/** @param {Snapshot} state */
function going(state) {
  const asked = poll(state); // takes the room of what is not going on
  const silence = asked === nothing ? html`<p class="calm">${say("nobody_speaks")}</p>` : nothing;
  const count = applauseNow(state, live.applause);
  const applause = count ? html`<p class="calm">${say("applause", { count })}</p>` : nothing;
  return html`${state.floor ? floor(state.floor, state) : silence}${applause}${asked}`;
}

/** @param {Snapshot} state */
function quorum(state) {
  const now = standingNow(state);
  return now ? html`<p class=${state.presence.quorum?.met ? "calm" : "warn"}>${now}</p>` : nothing;
}

/** @param {Floor} floor @param {Snapshot} state */
function floor(floor, state) {
  const { word = "", left = "" } = reading(floor, live.mine, Date.now()) ?? {};
  return html`<p class="speaker">${person(state, floor.person_id)} <time data-state=${word}>${say(word, { left })}</time></p>`;
}

/** @param {Snapshot} state */
function poll(state) {
  const shown = pollAtHand(state);
  if (!shown) return nothing;
  if (shown.state === "open") return asking(shown, state);
  if (now() - Date.parse(shown.closed_at ?? "") > RESULT_FOR) return nothing;
  return html`<section class="poll"><p>${of(shown, state)}${shown.question}</p>
    ${outcome(shown)}</section>`;
}

/** @param {Poll} poll @param {Snapshot} state */
function asking({ question, options, effect }, { turnout }) {
  const opinion = effect === "consultative" ? html`<p class="reason">${say("opinion_title")}: ${say("is_opinion")}</p>` : nothing;
  return html`<section class="poll">${opinion}<p>${question}</p>
    ${options.length ? html`<ol class="options">${options.map((label) => html`<li>${label}</li>`)}</ol>` : nothing}
    <p class="count">${turnout ? say("turnout", turnout) : nothing}</p></section>`;
}

// Between two points a result says on which of them it was.
/** @param {Poll} poll @param {Snapshot} state */
function of({ point_id }, state) {
  const point = currentPoint(state) ? undefined : state.agenda.find(({ id }) => id === point_id);
  return point ? html`<span class="calm">${point.rank}. ${point.title}:</span> ` : nothing;
}

// What a hall reads from afar: how it ended, the counts, and small the reason.
/** @param {Poll} last */
function outcome(last) {
  if (last.state === "annulled") return html`<p class="reason">${annulment(last)}</p>`;
  const counts = headline(last.tally ?? {}).map(([key, count]) => html`<li>${keyName(key, last.options)}: <strong>${count}</strong></li>`);
  return html`<p class="count">${verdict(last)}</p>
    <ul class="options">${counts}</ul>
    <p class="reason">${grounds(last)} ${arithmetic(last)}</p>`;
}

function now() {
  return Date.now() + live.mine.clock_ahead;
}

addEventListener("resize", () => fit(screen));
document.fonts.ready.then(() => fit(screen));
setInterval(draw, 1000);
draw();
