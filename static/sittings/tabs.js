// @ts-check
// The three tabs of the chair's console (ARIA Authoring Practices, Tabs), and how something in one
// of them is brought into view. This browser remembers which one was chosen last, for all sittings.
//
// Exports `startTabs`, `drawTabs` and `reveal`; used by room.js and keys.js.

import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { COUNTS } from "./panels/index.js";
import { say } from "./i18n.js";

/** @import { Room } from "./types.js" */

const PLACE = "tab";

const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[role=tab]")]);

/** @type {Record<string, (at: number) => number>} */
const STEPS = {
  ArrowLeft: (at) => (at + tabs.length - 1) % tabs.length,
  ArrowRight: (at) => (at + 1) % tabs.length,
  Home: () => 0,
  End: () => tabs.length - 1,
};

/**
 * Shows the tab that the reader chose last, and has the tabs chosen by a click and by the arrow keys.
 * @param {Storage} storage
 */
export function startTabs(storage = localStorage) {
  const kept = tabs.find(({ id }) => id === storage.getItem(PLACE));
  if (kept) choose(kept);
  /** @param {HTMLElement} tab */
  const pick = (tab) => {
    choose(tab);
    storage.setItem(PLACE, tab.id);
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => pick(tab));
    tab.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[step(tabs.indexOf(tab))];
      pick(next);
      next.focus();
    });
  }
}

/**
 * Says on each tab how much in it waits for the chair.
 * @param {Room} room
 */
export function drawTabs(room) {
  for (const tab of tabs) {
    const folds = /** @type {HTMLElement[]} */ ([...panelOf(tab).querySelectorAll(".fold")]);
    const waits = folds.reduce((sum, { id }) => sum + (COUNTS[id.replace("fold-", "")]?.(room).waits ?? 0), 0);
    render(waits ? html` <strong class="fold__waits">${say("waits", { count: waits })}</strong>` : nothing,
      /** @type {HTMLElement} */ (tab.querySelector("[data-waits]")));
  }
}

/**
 * Opens the fold and chooses the tab in which an element stands.
 * @param {Element} element
 */
export function reveal(element) {
  for (const fold of /** @type {HTMLDetailsElement[]} */ (ancestors(element, "details"))) fold.open = true;
  const panel = element.closest("[role=tabpanel]");
  const tab = tabs.find((one) => panelOf(one) === panel);
  if (tab) choose(tab);
}

/** @param {HTMLElement} chosen */
function choose(chosen) {
  for (const tab of tabs) {
    const is = tab === chosen;
    tab.setAttribute("aria-selected", String(is));
    tab.tabIndex = is ? 0 : -1;
    panelOf(tab).toggleAttribute("data-chosen", is);
  }
}

/** @param {HTMLElement} tab */
function panelOf(tab) {
  return /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute("aria-controls") ?? ""));
}

/** @param {Element} element @param {string} selector */
function ancestors(element, selector) {
  const found = [];
  for (let one = element.closest(selector); one; one = one.parentElement?.closest(selector) ?? null) found.push(one);
  return found;
}
