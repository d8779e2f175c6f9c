// @ts-check
// Makes what a screen shows small enough that nothing runs over its edge.
//
// Exports `fit`; used by screen.js.

const WIDE = "(min-width: 768px)"; // smaller ones are held in the hand, and scroll
const STEP = 0.94;
const SMALLEST = 0.3;

/**
 * Sets the size of an element's letters, as a part of what its style sheet says: the whole where all
 * of its content is in view.
 * @param {HTMLElement} element
 */
export function fit(element) {
  const { style } = element;
  let size = 1;
  style.fontSize = "";
  if (!matchMedia(WIDE).matches) return;
  while (size > SMALLEST && isTooMuch(element)) {
    size *= STEP;
    style.fontSize = `${size}em`;
  }
}

/** @param {HTMLElement} element */
function isTooMuch({ scrollHeight, clientHeight, scrollWidth, clientWidth }) {
  return scrollHeight > clientHeight || scrollWidth > clientWidth;
}
