// @ts-check
// The status line: the state of the connection, and whether the reader's acts have been sent.
//
// Exports `showConnection` and `connectionWords`; used by room.js.

import { render, html, nothing } from "../vendor/lit-html/lit-html.js";
import { say } from "./i18n.js";

/** @import { Room } from "./types.js" */

/**
 * @typedef {object} Standing how the page stands with the server
 * @property {string} state a name in STATES
 * @property {number} [count] how many entries are still to come
 * @property {string} [detail] said instead of the words of the state
 * @property {() => void} [comeBack] for a button that goes on here
 */

/** @type {Record<string, {tone: "lost" | "live", words: string}>} */
const STATES = {
  connecting: { tone: "lost", words: "connecting" },
  live: { tone: "live", words: "connected" },
  catching: { tone: "lost", words: "catching_up" },
  lost: { tone: "lost", words: "disconnected" },
  signed_out: { tone: "lost", words: "signed_out" },
  left: { tone: "lost", words: "left" },
  over: { tone: "lost", words: "rehearsal_over" },
  taken_over: { tone: "lost", words: "taken_over" },
};

/**
 * Draws the line.
 * @param {HTMLElement} element
 * @param {Standing & Pick<Room, "acts">} standing
 */
export function showConnection(element, { state, count, detail, acts, comeBack }) {
  const { tone, words } = STATES[state];
  element.dataset.state = tone;
  render(
    html`${detail ?? say(words, { count: count || "" })} ${sending(acts)}
      ${comeBack ? html`<button type="button" class="btn btn-outline-primary" @click=${comeBack}>${say("come_back")}</button>` : nothing}`,
    element,
  );
}

/**
 * The words of a state, to be read out.
 * @param {string} state
 */
export function connectionWords(state) {
  return say(STATES[state].words);
}

/** @param {Room["acts"]} acts */
function sending(acts) {
  const [waiting, busy, sent] = /** @type {const} */ (["waiting", "sending", "sent"]).map((status) => acts.count(status));
  if (waiting) return say("acts_waiting", { count: waiting });
  if (busy) return say("acts_sending");
  return sent ? say("acts_sent") : nothing;
}
