// @ts-check
// The speaker's clock: the time left, a warning before the end, the time overrun; without a limit
// the time taken.
//
// Exports `startTimer`, which room.js calls once; `reading`, what the clock shows, which screen.js
// shows too; and `minutes`, which panels/shares.js uses too.

import { announce } from "../js/announce.js";
import { say } from "./i18n.js";

/** @import { Floor, Mine, Room } from "./types.js" */

const WARN_AT = 30; // seconds before the end
const WARNINGS = ["time_ending", "time_over"];

/**
 * Shows the clock in an element, second by second; `room()` is {state, mine} as they are now.
 * The speaker and the chair hear when the end is near, and when it has come.
 * @param {HTMLElement} element
 * @param {() => Pick<Room, "state" | "mine">} room
 */
export function startTimer(element, room) {
  let heard = "";
  const tick = () => {
    const { state, mine } = room();
    const shown = reading(state.floor, mine, Date.now());
    element.hidden = !shown;
    if (!shown) return;
    element.textContent = say(shown.word, { left: shown.left });
    element.dataset.state = shown.word;
    const floor = /** @type {Floor} */ (state.floor); // without one nothing is shown
    const moment = `${floor.hand_id} ${shown.word}`;
    if (moment !== heard && concerns(floor, mine) && WARNINGS.includes(shown.word)) {
      announce(say(shown.word, { left: shown.left }));
    }
    heard = moment;
  };
  setInterval(tick, 1000);
  return tick;
}

/**
 * What the clock shows at a moment of this device: {word, left}; nothing without a speaker.
 * @param {Pick<Floor, "since" | "seconds"> | null} floor
 * @param {Partial<Mine>} mine
 * @param {number} now
 */
export function reading(floor, { clock_ahead = 0 }, now) {
  if (!floor) return null;
  const taken = Math.max(0, Math.floor((now + clock_ahead - Date.parse(floor.since)) / 1000));
  if (!floor.seconds) return { word: "time_taken", left: minutes(taken) };
  const left = floor.seconds - taken;
  const word = left < 0 ? "time_over" : left <= WARN_AT ? "time_ending" : "time_left";
  return { word, left: minutes(Math.abs(left)) };
}

/**
 * Seconds as minutes and seconds.
 * @param {number} seconds
 */
export function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {Floor} floor @param {Mine} mine */
function concerns(floor, { person_id, may }) {
  return floor.person_id === person_id || may.includes("give_floor");
}
