// Keeps who works by keyboard in place when the page is drawn anew.

/**
 * Runs `draw`. If what had the focus is gone afterwards, its panel's title gets it, so that
 * the reader goes on from there rather than from the top of the page.
 */
export function keepFocus(draw) {
  const before = document.activeElement;
  const panel = before?.closest("section");
  draw();
  if (!panel || before.isConnected) return;
  const title = panel.hidden ? document.getElementById("main") : panel.querySelector("h2");
  title.tabIndex = -1;
  title.focus();
}
