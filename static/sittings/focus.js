// Keeps who works by keyboard in place when the page is drawn anew.

/**
 * Runs `draw`. If what had the focus is gone afterwards, the title of its panel or fold gets
 * it, so that the reader goes on from there rather than from the top of the page.
 */
export function keepFocus(draw) {
  const before = document.activeElement;
  const panel = before?.closest("section");
  draw();
  if (!panel || before.isConnected) return;
  const title = titleOf(panel);
  if (title.localName !== "summary") title.tabIndex = -1;
  title.focus();
}

function titleOf(panel) {
  const title = panel.hidden ? null : panel.querySelector(".panel__title");
  const fold = panel.closest(".fold:not([hidden])");
  return title ?? fold?.querySelector("summary") ?? document.getElementById("main");
}
