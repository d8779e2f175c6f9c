// @ts-check
// Announces sentences to screen readers through the live region of the layout.
//
// Exports `announce`; used by follow.js, room.js and timer.js.

const region = /** @type {HTMLElement} */ (document.getElementById("announcer"));
/** @type {string[]} */
let waiting = [];
let timer = 0;

/**
 * Announce `sentence`; those that come within 300 ms are read together, in order.
 * @param {string} sentence
 */
export function announce(sentence) {
  waiting.push(sentence);
  clearTimeout(timer);
  timer = setTimeout(speak, 300);
}

function speak() {
  region.textContent = waiting.join(" ");
  waiting = [];
}
