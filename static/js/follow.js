// @ts-check
// Tells the reader of a page when its stream has news. Nothing on the page changes by itself: the
// reader reloads when they want to. Pages with the mark-up below load this module; it exports
// nothing.
//
// <div data-follow="table:3" data-after="41" data-progress="Step {step} of {of}: {label}">
//   <p data-news hidden>…<a href="">…</a></p>
//   <p data-working hidden><span></span> <progress></progress></p>
// </div>

import { announce } from "./announce.js";
import { follow, open } from "./socket.js";

/** @typedef {import("./socket.js").Progress} Progress */

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-follow]"));
if (root) {
  const news = part(root, "[data-news]");
  const working = part(root, "[data-working]");
  const show = () => {
    if (news.hidden) announce((news.textContent ?? "").trim());
    news.hidden = false;
    working.hidden = true;
  };
  const { follow: stream = "", after, progress: pattern = "" } = root.dataset;
  follow(open(), stream, Number(after), { news: show, progress: (report) => work(working, pattern, report) });
}

/** @param {HTMLElement} working @param {string} pattern @param {Progress} report */
function work(working, pattern, { step, of, label }) {
  /** @type {Record<string, string | number>} */
  const values = { step, of, label };
  const sentence = pattern.replace(/\{(\w+)\}/g, (_all, key) => String(values[key]));
  part(working, "span").textContent = sentence;
  Object.assign(part(working, "progress"), { value: step, max: of });
  working.hidden = step >= of;
}

/** @param {HTMLElement} whole @param {string} selector @returns {HTMLElement} */
function part(whole, selector) {
  return /** @type {HTMLElement} */ (whole.querySelector(selector));
}
