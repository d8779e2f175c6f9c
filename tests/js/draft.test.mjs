// The draft of a block of the plan: kept until it is saved, offered once, lost never.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Element, openPage } from "./page.mjs";

openPage();
globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
mock.timers.enable({ apis: ["setTimeout"] });
const { keep } = await import("../../static/plan/draft.js");

/** Opens the editor of block 9 at a version with a text; gives back its parts. */
function open(version, text, extra = {}) {
  globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
  const body = new Element({ value: text, focus() { this.focused = true; } });
  const form = new Element({ elements: { namedItem: () => body }, requestSubmit() { this.sent = true; } });
  const [take, drop] = [new Element(), new Element()];
  const offer = new Element({ hidden: true, dataset: { draft: "9", version: String(version), ...extra } })
    .put("[data-take]", take).put("[data-drop]", drop);
  keep(offer, form);
  return { body, form, offer, take, drop };
}

function type(editor, text) {
  editor.body.value = text;
  editor.body.fire("input");
}

beforeEach(() => openPage());

test("what was typed and not saved is offered, and can be taken up again", () => {
  const first = open(3, "Prima.");
  assert.equal(first.offer.hidden, true);
  type(first, "Dopo.");
  mock.timers.tick(400);
  const second = open(3, "Prima.");
  assert.equal(second.offer.hidden, false);
  second.take.fire("click");
  assert.deepEqual([second.body.value, second.body.focused, second.offer.hidden], ["Dopo.", true, true]);
});

test("who leaves at once loses nothing", () => {
  const first = open(3, "Prima.");
  type(first, "Dopo.");
  globalThis.window.fire("pagehide");
  assert.equal(open(3, "Prima.").offer.hidden, false);
});

test("what was saved is not offered; what was sent in vain is", () => {
  const first = open(3, "Prima.");
  type(first, "Dopo.");
  first.form.fire("submit");
  assert.equal(open(3, "Prima.").offer.hidden, false);
  assert.equal(open(4, "Dopo.").offer.hidden, true);
  assert.equal(open(4, "Altro.").offer.hidden, true);
});

test("a text that was not sent is offered although somebody else has saved meanwhile", () => {
  const first = open(3, "Prima.");
  type(first, "Dopo.");
  mock.timers.tick(400);
  const later = open(4, "Di un altro.");
  assert.equal(later.offer.hidden, false);
  later.drop.fire("click");
  assert.equal(open(4, "Di un altro.").offer.hidden, true);
});

test("a form that comes back with what was typed offers nothing", () => {
  const first = open(3, "Prima.");
  type(first, "Dopo.");
  mock.timers.tick(400);
  assert.equal(open(3, "Dopo in due.", { sent: "" }).offer.hidden, true);
});

test("Ctrl and Enter send the form", () => {
  const editor = open(3, "Prima.");
  editor.form.fire("keydown", { key: "Enter" });
  assert.equal(editor.form.sent, undefined);
  editor.form.fire("keydown", { key: "Enter", ctrlKey: true });
  assert.equal(editor.form.sent, true);
});
