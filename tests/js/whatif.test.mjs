// The what-if page: the effect follows what is typed, and the answer that counts is the last.

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { Element, openPage } from "./page.mjs";

const form = new Element({ fields: {} });
form.dataset = { whatif: "/riparto/simulazione?parte=effetto", said: "Shown anew." };
const effect = new Element({
  shown: "before",
  busy: null,
  setAttribute(_name, value) { this.busy = value; },
  removeAttribute() { this.busy = null; },
  replaceChildren(text) { this.shown = text; },
});
openPage("en", { effect }).put("[data-whatif]", form);
globalThis.DOMParser = class { parseFromString(text) { return { body: { childNodes: [text] } }; } };
mock.timers.enable({ apis: ["setTimeout"] });
const asked = [];
globalThis.fetch = (address, { method }) => new Promise((resolve, reject) => {
  asked.push({ address, method, answer: (status, text) => resolve({ status, text: () => Promise.resolve(text) }), fail: reject });
});
await import("../../static/sharing/whatif.js");

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** Types, and lets the pause pass; returns what the server is asked. */
function type(name = "amount-7") {
  form.fire("input", { target: { name } });
  mock.timers.tick(300);
  return asked.at(-1);
}

describe("a what-if", () => {
  test("asks once for what was typed in one go, and shows the answer", async () => {
    form.fire("input", { target: { name: "amount-7" } });
    mock.timers.tick(200);
    assert.equal(asked.length, 0);
    const request = type();
    assert.equal(asked.length, 1);
    assert.deepEqual([request.address, request.method, effect.busy], ["/riparto/simulazione?parte=effetto", "POST", "true"]);
    request.answer(200, "+300 €");
    await settled();
    assert.deepEqual([effect.shown, effect.busy], ["+300 €", null]);
  });

  test("shows what is wrong", async () => {
    type().answer(422, "The percentages make 110.");
    await settled();
    assert.equal(effect.shown, "The percentages make 110.");
  });

  test("leaves an answer out that came after a later one", async () => {
    const [first, second] = [type(), type()];
    second.answer(200, "second");
    await settled();
    first.answer(200, "first");
    await settled();
    assert.equal(effect.shown, "second");
  });

  test("keeps what it shows if the server cannot say", async () => {
    type().answer(429, "Too many requests");
    await settled();
    type().fail(new TypeError("no line"));
    await settled();
    assert.deepEqual([effect.shown, effect.busy], ["second", null]);
  });

  test("does not ask for the name under which it is stored", () => {
    const before = asked.length;
    type("name");
    assert.equal(asked.length, before);
  });
});
