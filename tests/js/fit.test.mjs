// What the screen of a hall shows is made as small as its edges ask for.

import assert from "node:assert/strict";
import { test } from "node:test";

let isWide = true;
globalThis.matchMedia = () => ({ matches: isWide });
const { fit } = await import("../../static/sittings/fit.js");

// Of so much content that letters of the whole size would take `height` pixels.
const content = (height) => ({
  style: { fontSize: "" }, clientHeight: 500, clientWidth: 900, scrollWidth: 900,
  get scrollHeight() {
    return Math.max(500, height * (parseFloat(this.style.fontSize) || 1));
  },
});
const sizeOf = (height) => {
  const element = content(height);
  fit(element);
  return element.style.fontSize;
};

test("letters keep their size where all is in view, and are no smaller than they must be", () => {
  assert.equal(sizeOf(500), "");
  const size = parseFloat(sizeOf(1000));
  assert.ok(size <= 0.5 && size > 0.46, String(size));
});

test("however much there is it comes to an end, and what is held in the hand scrolls instead", () => {
  assert.ok(parseFloat(sizeOf(100_000)) > 0.2);
  isWide = false;
  assert.equal(sizeOf(1000), "");
});
