// @ts-check
// Keeps the keyboard focus in place when the page is redrawn.
//
// Exports `keepFocus`; used by room.js.

/**
 * Runs `draw`. If what had the focus is gone afterwards, the title of its panel or fold gets
 * it, so that the reader goes on from there rather than from the top of the page.
 * @param {() => void} draw
 */
export function keepFocus(draw) {
  const before = document.activeElement;
  const panel = before?.closest("section") ?? null;
  draw();
  if (!before || !panel || before.isConnected) return;
  const title = titleOf(panel);
  if (title.localName !== "summary") title.tabIndex = -1;
  title.focus();
}

/** @param {HTMLElement} panel @returns {HTMLElement} */
function titleOf(panel) {
  const title = panel.hidden ? null : /** @type {HTMLElement | null} */ (panel.querySelector(".panel__title"));
  const fold = panel.closest(".fold:not([hidden])");
  return title ?? fold?.querySelector("summary") ?? /** @type {HTMLElement} */ (document.getElementById("main"));
}
