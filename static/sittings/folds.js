// @ts-check
// The folds of the room. This browser remembers which of them are open, for all sittings.
//
// Exports `startFolds` and `drawFolds`; used by room.js.

import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { COUNTS } from "./panels/index.js";
import { say } from "./i18n.js";

/** @import { Room } from "./types.js" */

const PLACE = "folds";
const WIDE = "(min-width: 992px)";

const folds = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".fold")]);

/**
 * Opens the folds as the reader left them, and notes from now on which are opened and closed.
 * @param {Storage} storage
 */
export function startFolds(storage = localStorage) {
  const kept = read(storage);
  for (const fold of folds) {
    fold.open = kept[fold.id] ?? ("wide" in fold.dataset && matchMedia(WIDE).matches);
    fold.querySelector("summary")?.addEventListener("click", () => {
      storage.setItem(PLACE, JSON.stringify({ ...read(storage), [fold.id]: !fold.open }));
    });
  }
}

/**
 * Says beside each title how much is in it and waits; hides folds in which nothing is shown.
 * @param {Room} room
 */
export function drawFolds(room) {
  for (const fold of folds) {
    fold.hidden = /** @type {HTMLElement[]} */ ([...fold.querySelectorAll(".panel")]).every(({ hidden }) => hidden);
    const place = /** @type {HTMLElement} */ (fold.querySelector("[data-count]"));
    render(beside(room, fold.id.replace("fold-", "")), place);
  }
}

/** @param {Room} room @param {string} name */
function beside(room, name) {
  const { count, waits } = COUNTS[name]?.(room) ?? {};
  return html`${count === undefined ? nothing : html`<span class="panel__count">${count}</span>`}
    ${waits ? html`<strong class="fold__waits">${say("waits", { count: waits })}</strong>` : nothing}`;
}

/** @param {Storage} storage @returns {Record<string, boolean>} */
function read(storage) {
  try {
    return JSON.parse(storage.getItem(PLACE) ?? "null") ?? {};
  } catch {
    return {};
  }
}
