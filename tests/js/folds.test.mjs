// The folds of the room: open as the reader left them, hidden where there is nothing in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, openPage, Store } from "./page.mjs";
import { room, snapshot } from "./rooms.mjs";

const fold = (id, { wide = false, hidden = [false] } = {}) =>
  new Element({ id: `fold-${id}`, dataset: wide ? { wide: "" } : {} })
    .put("summary", new Element()).put("[data-count]", new Element())
    .put(".panel", ...hidden.map((one) => new Element({ hidden: one })));

const folds = {
  questions: fold("questions"), present: fold("present", { wide: true, hidden: [true, false] }), agenda: fold("agenda", { hidden: [true, true] }),
};
openPage().put(".fold", ...Object.values(folds));
let isWide = false;
globalThis.matchMedia = () => ({ matches: isWide });
const { drawFolds, startFolds } = await import("../../static/sittings/folds.js");

const open = () => Object.values(folds).map((one) => one.open);

test("at first those that want to are open on a wide screen", () => {
  startFolds(new Store());
  assert.deepEqual(open(), [false, false, false]);
  isWide = true;
  startFolds(new Store());
  assert.deepEqual(open(), [false, true, false]);
});

test("they are open as the reader left them, whatever the screen", () => {
  const storage = new Store();
  startFolds(storage);
  folds.questions.querySelector("summary").fire("click");
  folds.present.querySelector("summary").fire("click");
  assert.deepEqual(JSON.parse(storage.getItem("folds")), { "fold-questions": true, "fold-present": false });
  startFolds(storage);
  assert.deepEqual(open(), [true, false, false]);
});

test("a store with something else in it is as none", () => {
  const storage = new Store();
  storage.setItem("folds", "oops");
  startFolds(storage);
  assert.deepEqual(open(), [false, true, false]);
});

test("titles say how much is in a fold and how much waits; empty folds are hidden", () => {
  const ownQuestions = { asked: [], upvoted: [], moderated: [{ reason: null }, { reason: "Off topic" }] };
  drawFolds(room({ state: snapshot({ questions: [{ id: 1 }, { id: 2 }] }), ownQuestions }));
  const count = (name) => folds[name].querySelector("[data-count]").text;
  assert.equal(count("questions"), "2 Waiting: 1");
  assert.equal(count("present"), "1");
  assert.equal(count("agenda"), "");
  assert.deepEqual(Object.values(folds).map(({ hidden }) => hidden), [false, false, true]);
});
