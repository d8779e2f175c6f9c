// Stock phrases in a draft: where the cursor stands, and by words that are sought.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, openPage } from "./page.mjs";

openPage();
globalThis.Event = class { constructor(type) { this.type = type; } };
const { insert, phrases } = await import("../../static/minutes/phrases.js");

/** A field whose cursor stands at `|`, or which has two for what is selected. */
function field(text) {
  const [before, ...rest] = text.split("|");
  const [inside, after] = rest.length > 1 ? rest : ["", rest[0] ?? ""];
  const made = new Element({
    value: before + inside + after, selectionStart: before.length,
    selectionEnd: before.length + inside.length, heard: [],
  });
  made.setRangeText = (words, start, end) => {
    made.value = made.value.slice(0, start) + words + made.value.slice(end);
    made.selectionStart = made.selectionEnd = start + words.length;
  };
  made.dispatchEvent = ({ type }) => made.heard.push(type);
  made.focus = () => { made.focused = true; };
  return made;
}

test("a phrase goes where the cursor stands, apart from the words around it", () => {
  for (const [text, found] of [
    ["|", "Si vota. "],
    ["Prima.|", "Prima. Si vota. "],
    ["Prima. |Dopo.", "Prima. Si vota. Dopo."],
    ["Prima.| Dopo.", "Prima. Si vota. Dopo."],
    ["Prima. |questo| Dopo.", "Prima. Si vota. Dopo."],
  ]) {
    const made = field(text);
    insert(made, "Si vota.");
    assert.equal(made.value, found);
    assert.deepEqual(made.heard, ["input"]);
  }
});

/** A draft with two texts and a list of two shelves. */
function draft() {
  const texts = { first: field("Uno.|"), second: field("Due.|") };
  const buttons = Object.keys(texts).map((id) => new Element({ hidden: true, dataset: { phrasesFor: id } }));
  const offered = ["Si vota.", "Si apre la discussione.", "Il tavolo prende atto."].map(
    (textContent) => new Element({ textContent }));
  const shelves = [offered.slice(0, 2), offered.slice(2)].map((of) => new Element().put("[data-phrase]", ...of));
  const [filter, close, none] = [new Element({ value: "", focus() {} }), new Element(), new Element({ hidden: true })];
  const dialog = new Element({ open: false })
    .put("[type=search]", filter).put("[data-phrases-close]", close).put("[data-phrases-none]", none)
    .put("[data-shelf]", ...shelves).put("[data-phrase]", ...offered);
  dialog.showModal = () => { dialog.open = true; };
  dialog.close = () => { dialog.open = false; dialog.fire("close"); };
  globalThis.document = {
    querySelectorAll: () => buttons, getElementById: (id) => texts[id] ?? null,
  };
  phrases(dialog);
  return { texts, buttons, offered, shelves, filter, close, none, dialog };
}

test("the button of a text opens the list, and what is picked goes into that text", () => {
  const { texts, buttons, offered, dialog } = draft();
  assert.deepEqual(buttons.map(({ hidden }) => hidden), [false, false]);
  buttons[1].fire("click");
  assert.ok(dialog.open);
  offered[2].fire("click");
  assert.equal(texts.second.value, "Due. Il tavolo prende atto. ");
  assert.equal(texts.first.value, "Uno.");
  assert.ok(texts.second.focused && !dialog.open);
});

test("the list opens with all phrases, whatever was sought before", () => {
  const { buttons, offered, filter, close } = draft();
  buttons[0].fire("click");
  filter.value = "altro";
  filter.fire("input");
  close.fire("click");
  buttons[1].fire("click");
  assert.equal(filter.value, "");
  assert.ok(offered.every(({ hidden }) => !hidden));
});

test("whoever closes the list goes on writing where they were", () => {
  const { texts, buttons, close, dialog } = draft();
  buttons[0].fire("click");
  close.fire("click");
  assert.ok(!dialog.open && texts.first.focused);
  assert.equal(texts.first.value, "Uno.");
});

test("the list shows the phrases that have the words sought", () => {
  const { offered, shelves, filter, none } = draft();
  filter.value = "SI disc";
  filter.fire("input");
  assert.deepEqual(offered.map(({ hidden }) => hidden), [true, false, true]);
  assert.deepEqual(shelves.map(({ hidden }) => hidden), [false, true]);
  filter.value = "altro";
  filter.fire("input");
  assert.ok(!none.hidden);
  filter.value = "";
  filter.fire("input");
  assert.ok(none.hidden && offered.every(({ hidden }) => !hidden));
});
